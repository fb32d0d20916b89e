import { Component, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import styles from './boundary.module.css'

interface State {
  readonly failed: boolean
}

/** Keeps a screen that cannot be drawn from taking the frame with it. */
export class Boundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failed: false }

  static getDerivedStateFromError(): State {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <div className={styles.failed} role="alert">
        <h1>This screen could not be drawn</h1>
        <p>The rest of Switchyard goes on working. The developer console says what went wrong.</p>
        <Button onClick={() => this.setState({ failed: false })}>Try again</Button>
      </div>
    )
  }
}
