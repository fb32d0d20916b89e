import type { ReactElement, ReactNode } from 'react'
import { type Tokens, totalInput, totalOutput } from '../../../shared/chat.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { formatUsd } from '../../../shared/money.ts'
import { hashOf } from '../../frame/route.ts'
import { formatMoment, formatRate, formatSpan, UNKNOWN } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { Notice } from '../../ui/status.tsx'
import { DIALECTS } from './dialects.ts'
import { tokensPerSecond } from './rows.ts'
import { cacheStory, whatHappened } from './story.ts'
import styles from './traffic.module.css'
import { type Bar, waterfall } from './waterfall.ts'

export function SummaryTab({ record }: { readonly record: UsageRecord }): ReactElement {
  return (
    <>
      <p className={styles.story}>{whatHappened(record)}</p>
      {record.message !== undefined && (
        <Notice tone={record.outcome === 'cancelled' ? 'idle' : 'bad'}>
          <span className={styles.wrapped}>{record.message}</span>
        </Notice>
      )}
      {record.simulated && <Notice tone="info">Simulated: this model is made up by Switchyard itself and costs nothing.</Notice>}
      <CacheUsed record={record} />
      <Attempts record={record} />
      <div className={styles.pair}>
        <TokenTable tokens={record.tokens} countedBy={record.countedBy} />
        <Facts record={record} />
      </div>
      <Cost record={record} />
    </>
  )
}

/** What the response cache did, where it had a part. */
function CacheUsed({ record }: { readonly record: UsageRecord }): ReactElement | null {
  const { cache } = record
  if (cache === undefined) return null
  return (
    <section className={styles.block} aria-label="Response cache">
      <h3 className={styles.blockTitle}>Response cache</h3>
      <p>
        {cacheStory(cache)}{' '}
        {cache.kind === 'exact' || cache.kind === 'semantic' ? (
          <a href={hashOf('cache', cache.key)}>Open the cached answer</a>
        ) : (
          cache.kind === 'merged' && <a href={hashOf('traffic', cache.with)}>Open that request</a>
        )}
      </p>
    </section>
  )
}

function Attempts({ record }: { readonly record: UsageRecord }): ReactElement {
  const now = useNow(record.outcome === 'open' ? 250 : 60_000)
  const { bars, totalMs } = waterfall(record, now)
  return (
    <section className={styles.block} aria-label="Attempts">
      <h3 className={styles.blockTitle}>
        Attempts
        <span className={styles.axis}>{bars.length > 0 && formatSpan(totalMs)}</span>
      </h3>
      {bars.length === 0 ? (
        <p className={styles.faint}>No provider was called.</p>
      ) : (
        <ol className={styles.waterfall}>
          {bars.map((bar, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: attempts are only ever appended, and one endpoint may be tried twice
            <Attempt key={index} bar={bar} />
          ))}
        </ol>
      )}
    </section>
  )
}

function Attempt({ bar }: { readonly bar: Bar }): ReactElement {
  return (
    <li className={styles.attempt}>
      <div className={styles.attemptLine}>
        <span className={styles.attemptName}>{bar.endpoint}</span>
        <span className={styles.attemptLabel} data-phase={bar.phase}>
          {bar.label}
        </span>
      </div>
      <div className={styles.track} data-phase={bar.phase} aria-hidden="true">
        <span className={styles.waited} style={{ left: `${bar.start * 100}%`, width: `${bar.waited * 100}%` }} />
        {bar.streamedMs > 0 && <span className={styles.streamed} style={{ left: `${(bar.start + bar.waited) * 100}%`, width: `${bar.streamed * 100}%` }} />}
      </div>
      {bar.message !== undefined && <p className={styles.attemptMessage}>{bar.message}</p>}
    </li>
  )
}

const BUCKETS: readonly { readonly key: keyof Tokens; readonly name: string }[] = [
  { key: 'input', name: 'Input, not cached' },
  { key: 'cacheRead', name: 'Read from cache' },
  { key: 'cacheWrite5m', name: 'Cached for 5 min' },
  { key: 'cacheWrite1h', name: 'Cached for 1 h' },
  { key: 'output', name: 'Output' },
  { key: 'reasoning', name: 'Reasoning' },
]

function TokenTable({ tokens, countedBy }: { readonly tokens: Tokens; readonly countedBy: UsageRecord['countedBy'] }): ReactElement {
  const counted = countedBy === 'provider' ? 'as the provider counted' : countedBy === 'estimate' ? 'estimated by Switchyard' : 'nobody counted'
  return (
    <section className={styles.block} aria-label="Tokens">
      <h3 className={styles.blockTitle}>
        Tokens <span className={styles.axis}>{counted}</span>
      </h3>
      <dl className={styles.facts}>
        {BUCKETS.map(({ key, name }) => (
          <Fact key={key} name={name}>
            {exact(tokens[key])}
          </Fact>
        ))}
        <Fact name="All in">{exact(totalInput(tokens))}</Fact>
        <Fact name="All out">{exact(totalOutput(tokens))}</Fact>
      </dl>
    </section>
  )
}

/** Where a row came from, for those that no client made. */
const SOURCES: Readonly<Partial<Record<UsageRecord['source'], string>>> = { playground: 'Playground', 'cache-check': 'Cache check', shadow: 'Shadow run' }

function Facts({ record }: { readonly record: UsageRecord }): ReactElement {
  const now = useNow(60_000)
  const speed = tokensPerSecond(record)
  return (
    <section className={styles.block} aria-label="Facts">
      <h3 className={styles.blockTitle}>Facts</h3>
      <dl className={styles.facts}>
        <Fact name="Arrived">{formatMoment(record.at, now)}</Fact>
        <Fact name="From">{SOURCES[record.source] ?? record.callerName ?? 'unknown'}</Fact>
        <Fact name="Format">{DIALECTS[record.dialect]}</Fact>
        <Fact name="Streamed">{record.streamed ? 'yes' : 'no'}</Fact>
        <Fact name="First content">{formatSpan(record.firstEventMs)}</Fact>
        <Fact name="Whole">{formatSpan(record.totalMs)}</Fact>
        <Fact name="Speed">{speed === undefined ? UNKNOWN : `${formatRate(speed)} tok/s`}</Fact>
        <Fact name="Ended by">{record.finish ?? UNKNOWN}</Fact>
      </dl>
    </section>
  )
}

function Cost({ record }: { readonly record: UsageRecord }): ReactElement {
  const source =
    record.cost === undefined
      ? record.outcome === 'open'
        ? 'Known when the request has ended.'
        : 'Not known: there is no price for this model, or nobody counted its tokens.'
      : record.pricesAsOf === undefined
        ? 'No price list was needed.'
        : `With prices as of ${record.pricesAsOf}.`
  return (
    <section className={styles.block} aria-label="Cost">
      <h3 className={styles.blockTitle}>Cost</h3>
      <p className={styles.cost}>
        <b>{formatUsd(record.cost)}</b>
        <span className={styles.faint}>{source}</span>
      </p>
      {record.saved !== undefined && record.saved > 0 && (
        <p className={styles.cost}>
          <b>{formatUsd(record.saved)}</b>
          <span className={styles.faint}>saved: what the answer would have cost from {record.servedBy ?? 'its model'}.</span>
        </p>
      )}
    </section>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd data-unknown={children === UNKNOWN || undefined}>{children}</dd>
    </div>
  )
}

function exact(count: number | undefined): string {
  return count === undefined ? UNKNOWN : count.toLocaleString('en-US')
}
