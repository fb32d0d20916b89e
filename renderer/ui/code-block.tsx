import type { ReactElement } from 'react'
import { useTexts } from '../i18n/texts.ts'
import styles from './code-block.module.css'
import { CopyButton } from './copy-button.tsx'
import { UI_TEXTS } from './texts.ts'

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
        <CopyButton text={text} label={useTexts(UI_TEXTS).copy(label)} />
      </div>
    </div>
  )
}
