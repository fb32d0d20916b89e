import type { ReactElement } from 'react'

export function PlaygroundView(): ReactElement {
  return <h1>Playground</h1>
}
