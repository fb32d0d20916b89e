import type { ReactElement } from 'react'
import styles from './code-block.module.css'
import { CopyButton } from './copy-button.tsx'

export interface CodeBlockProps {
  readonly text: string
  /** What it is, for the copy button and screen readers: `curl snippet`. */
  readonly label: string
  /** Scrolls instead of growing without end. */
  readonly capped?: boolean
}

/** Code to read and take along. Wraps, and the copy button stays in the corner. */
export function CodeBlock({ text, label, capped = false }: CodeBlockProps): ReactElement {
  return (
    <div className={styles.block}>
      {capped ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        <section className={styles.capped} aria-label={label} tabIndex={0}>
          <pre className={styles.code}>{text}</pre>
        </section>
      ) : (
        <pre className={styles.code}>{text}</pre>
      )}
      <div className={styles.copy}>
        <CopyButton text={text} label={`Copy ${label}`} />
      </div>
    </div>
  )
}
