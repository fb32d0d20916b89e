import type { ReactElement } from 'react'

export function ProvidersView(): ReactElement {
  return <h1>Providers</h1>
}
