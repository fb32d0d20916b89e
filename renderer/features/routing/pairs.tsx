import { type ReactElement, useState } from 'react'
import type { ShadowPair } from '../../../shared/api/routing.ts'
import type { TrafficDetail } from '../../../shared/api/traffic.ts'
import { hashOf } from '../../frame/route.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Told } from '../../messages/told.tsx'
import { Skeleton } from '../../ui/empty-state.tsx'
import { formatMoney, formatSpan } from '../../ui/figures.ts'
import { Notice } from '../../ui/status.tsx'
import { loadPair } from './actions.ts'
import styles from './routing.module.css'
import { usePairs } from './store.ts'
import { ROUTING_TEXTS } from './texts.ts'

const SHOWN = 20

/** Original and shadow of the same request, side by side once they are opened. */
export function Pairs({ pairs }: { readonly pairs: readonly ShadowPair[] }): ReactElement {
  const texts = useTexts(ROUTING_TEXTS).results
  return (
    <ul className={styles.steps} aria-label={texts.pairs}>
      {pairs.slice(0, SHOWN).map((pair) => (
        <li key={pair.shadow}>
          <Pair pair={pair} />
        </li>
      ))}
    </ul>
  )
}

function Pair({ pair }: { readonly pair: ShadowPair }): ReactElement {
  const [open, setOpen] = useState(false)
  return (
    <details
      className={styles.pair}
      onToggle={(event) => {
        setOpen(event.currentTarget.open)
        if (event.currentTarget.open) void loadPair(pair)
      }}
    >
      <summary>{`${pair.name}, ${new Date(pair.at).toLocaleString()}`}</summary>
      {open && <Sides pair={pair} />}
    </details>
  )
}

function Sides({ pair }: { readonly pair: ShadowPair }): ReactElement {
  const texts = useTexts(ROUTING_TEXTS)
  const state = usePairs((pairs) => pairs[pair.shadow])
  if (state?.is === 'failed') return <Notice tone="bad">{state.message}</Notice>
  if (state?.is !== 'answered') return <Skeleton rows={3} label={texts.loading} />
  return (
    <div className={styles.sides}>
      <Side title={texts.results.original} detail={state.value.original} />
      <Side title={texts.results.shadow} detail={state.value.shadow} />
    </div>
  )
}

function Side({ title, detail: { record, exchange } }: { readonly title: string; readonly detail: TrafficDetail }): ReactElement {
  const texts = useTexts(ROUTING_TEXTS).results
  const answer = exchange?.answer
  const said =
    answer === undefined ? '' : [answer.text, ...answer.toolCalls.map(({ name, arguments: given }) => `${name}(${given})`)].filter(Boolean).join('\n')
  const spanOf = (ms: number | undefined): string => (ms === undefined ? 'n/a' : formatSpan(ms))
  return (
    <section className={styles.side} aria-label={title}>
      <h3 className={styles.sideTitle}>
        {title} <a href={hashOf('traffic', record.id)}>{record.servedBy ?? record.requested}</a>
      </h3>
      <p className={styles.faint}>{texts.figures(formatMoney(record.cost), spanOf(record.firstEventMs), spanOf(record.totalMs))}</p>
      {record.outcome !== 'ok' && (
        <Notice tone="bad">{record.message === undefined ? record.outcome : <Told of={{ message: record.message, said: record.said }} />}</Notice>
      )}
      <pre className={styles.said}>{said === '' ? texts.notKept : said}</pre>
    </section>
  )
}
