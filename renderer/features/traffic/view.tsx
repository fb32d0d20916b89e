import type { ReactElement } from 'react'

export function TrafficView(): ReactElement {
  return <h1>Traffic</h1>
}
