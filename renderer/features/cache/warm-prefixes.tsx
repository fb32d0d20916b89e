import { Flame } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { KeepWarm, WarmPrefixSummary } from '../../../shared/api/prompt-cache.ts'
import { asNanoUsd } from '../../../shared/money.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { formatMoney, formatUntil } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { keepWarm } from './actions.ts'
import styles from './cache.module.css'
import { useCache } from './store.ts'
import { CACHE_TEXTS } from './texts.ts'
import prefixes from './warm.module.css'

/** What of conversations is in providers' prompt caches now. */
export function WarmPrefixes(): ReactElement {
  const { warm: texts } = useTexts(CACHE_TEXTS)
  const warm = useCache((state) => state.warm)
  const failed = useCache((state) => state.warmFailed)
  const now = useNow(1_000, warm !== undefined && warm.length > 0)
  const live = warm?.filter(({ until }) => until > now) ?? []
  if (live.length === 0) {
    return (
      <div className={prefixes.warmSummary} data-idle>
        <Flame aria-hidden size={15} />
        <h2>{texts.title}</h2>
        <span className={styles.faint}>{failed ? texts.failed : warm === undefined ? '…' : texts.none}</span>
      </div>
    )
  }
  const worth = asNanoUsd(live.reduce((sum, prefix) => sum + (prefix.worth ?? 0), 0))
  return (
    <details className={prefixes.warm}>
      <summary className={prefixes.warmSummary}>
        <Flame aria-hidden size={15} />
        <h2>{texts.title}</h2>
        <span>{texts.summary(live.length, formatMoney(worth))}</span>
      </summary>
      <ul className={prefixes.warmList}>
        {live.map((prefix) => (
          <Prefix key={prefix.id} prefix={prefix} now={now} />
        ))}
      </ul>
    </details>
  )
}

function Prefix({ prefix, now }: { readonly prefix: WarmPrefixSummary; readonly now: number }): ReactElement {
  const { warm: texts, moreThanText } = useTexts(CACHE_TEXTS)
  const { title, endpoint, key, tokens, until, worth } = prefix
  return (
    <li className={prefixes.warmRow}>
      <span className={prefixes.warmTitle} dir="auto" title={title}>
        {title === '' ? moreThanText : title.replace(/\s+/g, ' ')}
      </span>
      <span className={prefixes.warmPlace}>
        {endpoint}
        {key !== undefined && `, ${key.label}`}
      </span>
      <span className={prefixes.warmFigure}>{texts.tokens(tokens)}</span>
      <span className={prefixes.warmFigure} title={texts.untilNote}>
        {texts.left(formatUntil(until, now))}
      </span>
      <span className={prefixes.warmFigure} title={texts.worthNote}>
        {formatMoney(worth)}
      </span>
      <Keep prefix={prefix} offer={prefix.keepWarm} />
    </li>
  )
}

function Keep({ prefix, offer }: { readonly prefix: WarmPrefixSummary; readonly offer: KeepWarm }): ReactElement {
  const { warm: texts } = useTexts(CACHE_TEXTS)
  const [running, setRunning] = useState(false)
  if (offer.is === 'not-offered') return <span className={prefixes.warmNote}>{texts.refusals[offer.reason]}</span>
  async function keep(): Promise<void> {
    setRunning(true)
    await keepWarm(prefix)
    setRunning(false)
  }
  const share = Math.max(1, Math.round(offer.paysFrom * 100))
  return (
    <Button small disabled={running} onClick={() => void keep()} title={texts.keepNote(share)}>
      {texts.keep(formatMoney(offer.cost))}
    </Button>
  )
}
