import type { ReactElement } from 'react'
import { classes } from './button.tsx'
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <pre className={classes(styles.code, capped && styles.capped)} aria-label={label} tabIndex={capped ? 0 : undefined}>
        {text}
      </pre>
      <div className={styles.copy}>
        <CopyButton text={text} label={`Copy ${label}`} />
      </div>
    </div>
  )
}
