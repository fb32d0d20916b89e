import { Flame } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { KeepWarm, WarmPrefixSummary } from '../../../shared/api/prompt-cache.ts'
import { asNanoUsd, formatUsd } from '../../../shared/money.ts'
import { Button } from '../../ui/button.tsx'
import { formatCount, formatNoun, formatUntil } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { keepWarm } from './actions.ts'
import styles from './cache.module.css'
import { useCache } from './store.ts'

/** What of conversations is in providers' prompt caches now; nothing at all while nothing is. */
export function WarmPrefixes(): ReactElement | undefined {
  const warm = useCache((state) => state.warm)
  const now = useNow(1_000, warm.length > 0)
  const live = warm.filter(({ until }) => until > now)
  if (live.length === 0) return undefined
  const worth = asNanoUsd(live.reduce((sum, prefix) => sum + (prefix.worth ?? 0), 0))
  return (
    <details className={styles.warm}>
      <summary className={styles.warmSummary}>
        <Flame aria-hidden size={15} />
        <h2>Prompt cache</h2>
        <span>
          {formatCount(live.length)} warm {live.length === 1 ? 'prefix' : 'prefixes'} at providers, worth {formatUsd(worth)} at the next turns
        </span>
      </summary>
      <ul className={styles.warmList}>
        {live.map((prefix) => (
          <Prefix key={prefix.id} prefix={prefix} now={now} />
        ))}
      </ul>
    </details>
  )
}

function Prefix({ prefix, now }: { readonly prefix: WarmPrefixSummary; readonly now: number }): ReactElement {
  const { title, endpoint, key, tokens, until, worth } = prefix
  return (
    <li className={styles.warmRow}>
      <span className={styles.warmTitle} title={title}>
        {title === '' ? 'More than text' : title.replace(/\s+/g, ' ')}
      </span>
      <span className={styles.warmPlace}>
        {endpoint}
        {key !== undefined && `, ${key.label}`}
      </span>
      <span className={styles.warmFigure}>{formatNoun(tokens, 'token')}</span>
      <span className={styles.warmFigure} title="As far as the provider’s rules tell">
        {formatUntil(until, now)} left
      </span>
      <span className={styles.warmFigure} title="What reading it saves at the next turn">
        {formatUsd(worth)}
      </span>
      <Keep prefix={prefix} offer={prefix.keepWarm} />
    </li>
  )
}

function Keep({ prefix, offer }: { readonly prefix: WarmPrefixSummary; readonly offer: KeepWarm }): ReactElement {
  const [running, setRunning] = useState(false)
  if (offer.is === 'not-offered') return <span className={styles.warmNote}>{offer.why}</span>
  async function keep(): Promise<void> {
    setRunning(true)
    await keepWarm(prefix)
    setRunning(false)
  }
  const share = Math.max(1, Math.round(offer.paysFrom * 100))
  return (
    <Button
      small
      disabled={running}
      onClick={() => void keep()}
      title={`Sends the last turn once more with the shortest answer. It pays when another turn within the time gained is likelier than ${share} %.`}
    >
      Keep warm for {formatUsd(offer.cost)}
    </Button>
  )
}
