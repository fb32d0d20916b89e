import { Component, type ReactNode } from 'react'
import { textsNow } from '../i18n/texts.ts'
import { Button } from '../ui/button.tsx'
import styles from './boundary.module.css'
import { FRAME_TEXTS } from './texts.ts'

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
    const texts = textsNow(FRAME_TEXTS)
    return (
      <div className={styles.failed} role="alert">
        <h1>{texts.screenFailed}</h1>
        <p>{texts.screenFailedMore}</p>
        <Button onClick={() => this.setState({ failed: false })}>{texts.tryAgain}</Button>
      </div>
    )
  }
}
