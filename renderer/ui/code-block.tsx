import type { ReactElement } from 'react'
import styles from './code-block.module.css'
import { CopyButton } from './copy-button.tsx'

export interface CodeBlockProps {
  readonly text: string
  /** What it is, for the copy button and screen readers: `curl snippet`. */
  readonly label: string
}

/** Code to read and take along. Wraps, and the copy button stays in the corner. */
export function CodeBlock({ text, label }: CodeBlockProps): ReactElement {
  return (
    <div className={styles.block}>
      <pre className={styles.code}>{text}</pre>
      <div className={styles.copy}>
        <CopyButton text={text} label={`Copy ${label}`} />
      </div>
    </div>
  )
}
