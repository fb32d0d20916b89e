import type { ReactElement } from 'react'
import { Status, type StatusTone } from '../../../ui/status.tsx'
import styles from '../settings.module.css'

/** One thing that was looked at, with a sentence. */
export function Finding({ tone, name, words }: { readonly tone: StatusTone; readonly name: string; readonly words: string }): ReactElement {
  return (
    <div className={styles.finding}>
      <Status tone={tone}>{name}</Status>
      <span className={styles.hint}>{words}</span>
    </div>
  )
}
