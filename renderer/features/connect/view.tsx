import type { ReactElement } from 'react'

export function ConnectView(): ReactElement {
  return <h1>Connect</h1>
}
