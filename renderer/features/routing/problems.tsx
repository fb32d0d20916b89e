import type { ReactElement } from 'react'
import type { RoutingProblem } from '../../../shared/api/routing.ts'
import { useTexts } from '../../i18n/texts.ts'
import { words } from '../../messages/words.ts'
import { Notice } from '../../ui/status.tsx'
import styles from './routing.module.css'
import { ROUTING_TEXTS } from './texts.ts'

/** What stands in the way of saving, or is only worth a look, each with its place. */
export function Problems({
  title,
  problems,
  tone,
}: {
  readonly title: string
  readonly problems: readonly RoutingProblem[]
  readonly tone: 'bad' | 'warn'
}): ReactElement | null {
  const texts = useTexts(ROUTING_TEXTS)
  if (problems.length === 0) return null
  return (
    <Notice tone={tone}>
      <strong>{title}</strong>
      <ul className={styles.problems}>
        {problems
          .map(({ at, message }) => ({ at, text: words(message) }))
          .map(({ at, text }) => (
            <li key={`${at} ${text}`}>
              <code>{at === '' ? texts.wholeFile : at}</code> {text}
            </li>
          ))}
      </ul>
    </Notice>
  )
}
