import type { ReactElement } from 'react'
import { type Tokens, totalInput, totalOutput } from '../../../shared/chat.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { tokensPerSecond } from '../../../shared/traffic/match-filter.ts'
import { hashOf } from '../../frame/route.ts'
import { language, useTexts } from '../../i18n/texts.ts'
import { Told } from '../../messages/told.tsx'
import { Block, Fact, Facts } from '../../ui/details.tsx'
import { formatMoment, formatMoney, formatRate, formatSpan, UNKNOWN } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { Notice } from '../../ui/status.tsx'
import { DIALECTS } from './dialects.ts'
import { DRAWER_TEXTS } from './drawer-texts.ts'
import { cacheStory, whatHappened } from './story.ts'
import styles from './traffic.module.css'
import { type Bar, waterfall } from './waterfall.ts'

export function SummaryTab({ record }: { readonly record: UsageRecord }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS)
  return (
    <>
      <p className={styles.story}>{whatHappened(record)}</p>
      {record.message !== undefined && (
        <Notice tone={record.outcome === 'cancelled' ? 'idle' : 'bad'}>
          <span className={styles.wrapped}>
            <Told of={{ message: record.message, said: record.said }} />
          </span>
        </Notice>
      )}
      {record.simulated && <Notice tone="info">{texts.simulatedNotice}</Notice>}
      <CacheUsed record={record} />
      <Attempts record={record} />
      <div className={styles.pair}>
        <TokenTable tokens={record.tokens} countedBy={record.countedBy} />
        <RequestFacts record={record} />
      </div>
      <Cost record={record} />
    </>
  )
}

/** What the response cache did, where it had a part. */
function CacheUsed({ record }: { readonly record: UsageRecord }): ReactElement | null {
  const texts = useTexts(DRAWER_TEXTS)
  const { cache } = record
  if (cache === undefined) return null
  return (
    <Block title={texts.responseCache}>
      <p>
        {cacheStory(cache)}{' '}
        {cache.kind === 'exact' || cache.kind === 'semantic' ? (
          <a href={hashOf('cache', cache.key)}>{texts.openEntry}</a>
        ) : (
          cache.kind === 'merged' && <a href={hashOf('traffic', cache.with)}>{texts.openRequest}</a>
        )}
      </p>
    </Block>
  )
}

function Attempts({ record }: { readonly record: UsageRecord }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS)
  const now = useNow(record.outcome === 'open' ? 250 : 60_000)
  const { bars, totalMs } = waterfall(record, now)
  return (
    <Block title={texts.attempts} note={bars.length > 0 && formatSpan(totalMs)}>
      {bars.length === 0 ? (
        <p className={styles.faint}>{texts.noAttempts}</p>
      ) : (
        <ol className={styles.waterfall}>
          {bars.map((bar, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: attempts are only ever appended, and one endpoint may be tried twice
            <Attempt key={index} bar={bar} />
          ))}
        </ol>
      )}
    </Block>
  )
}

/** As thin as a bar gets: its two edges. */
const LEAST_BAR_PX = 3

/** Where a bar begins: within its track however late and short it is. */
function beginning(part: number): string {
  return `min(${part * 100}%, 100% - ${LEAST_BAR_PX}px)`
}

/** Part of the axis below which a figure does not fit into a bar; it stands beside the name in any case. */
const ROOM_FOR_FIGURE = 0.14

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
        <span className={styles.waited} style={{ left: beginning(bar.start), width: `${bar.waited * 100}%` }}>
          {bar.waited >= ROOM_FOR_FIGURE && formatSpan(bar.waitedMs)}
        </span>
        {bar.streamedMs > 0 && (
          <span className={styles.streamed} style={{ left: beginning(bar.start + bar.waited), width: `${bar.streamed * 100}%` }}>
            {bar.streamed >= ROOM_FOR_FIGURE && formatSpan(bar.streamedMs)}
          </span>
        )}
      </div>
      {bar.told !== undefined && (
        <p className={styles.attemptMessage}>
          <Told of={bar.told} />
        </p>
      )}
    </li>
  )
}

const BUCKETS = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output', 'reasoning'] as const satisfies readonly (keyof Tokens)[]
/** Only where there is any. */
const RARE_BUCKETS = ['audioInput', 'audioCacheRead', 'audioOutput', 'imageInput', 'imageOutput'] as const satisfies readonly (keyof Tokens)[]

function TokenTable({ tokens, countedBy }: { readonly tokens: Tokens; readonly countedBy: UsageRecord['countedBy'] }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS)
  const shown = [...BUCKETS, ...RARE_BUCKETS.filter((bucket) => tokens[bucket] !== undefined)]
  return (
    <Block title={texts.tokens} note={texts.counted[countedBy ?? 'nobody']}>
      <Facts>
        {shown.map((bucket) => (
          <Fact key={bucket} name={texts.buckets[bucket]}>
            {exact(tokens[bucket])}
          </Fact>
        ))}
        <Fact name={texts.allIn}>{exact(totalInput(tokens))}</Fact>
        <Fact name={texts.allOut}>{exact(totalOutput(tokens))}</Fact>
      </Facts>
    </Block>
  )
}

function RequestFacts({ record }: { readonly record: UsageRecord }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS)
  const { fact } = texts
  const now = useNow(60_000)
  const speed = tokensPerSecond(record)
  return (
    <Block title={texts.facts}>
      <Facts>
        <Fact name={fact.arrived}>{formatMoment(record.at, now)}</Fact>
        <Fact name={fact.from}>{texts.sources[record.source] ?? record.callerName ?? texts.unknown}</Fact>
        <Fact name={fact.format}>{DIALECTS[record.dialect]}</Fact>
        <Fact name={fact.streamed}>{record.streamed ? texts.yes : texts.no}</Fact>
        <Fact name={fact.first}>{formatSpan(record.firstEventMs)}</Fact>
        <Fact name={fact.whole}>{formatSpan(record.totalMs)}</Fact>
        <Fact name={fact.speed}>{speed === undefined ? UNKNOWN : texts.why.speed(formatRate(speed))}</Fact>
        <Fact name={fact.ended}>{record.finish ?? UNKNOWN}</Fact>
      </Facts>
    </Block>
  )
}

/** The sum; the Cost tab says how it came about. */
export function Cost({ record }: { readonly record: UsageRecord }): ReactElement {
  const { cost: texts } = useTexts(DRAWER_TEXTS)
  const source =
    record.cost === undefined
      ? record.outcome === 'open'
        ? texts.open
        : texts.unknown
      : record.pricesAsOf === undefined
        ? texts.noList
        : texts.asOf(record.pricesAsOf)
  return (
    <Block title={texts.title}>
      <p className={styles.cost}>
        <b>{formatMoney(record.cost)}</b>
        <span className={styles.faint}>{source}</span>
      </p>
      {record.saved !== undefined && record.saved > 0 && (
        <p className={styles.cost}>
          <b>{formatMoney(record.saved)}</b>
          <span className={styles.faint}>{texts.saved(record.servedBy ?? texts.itsModel)}</span>
        </p>
      )}
    </Block>
  )
}

function exact(count: number | undefined): string {
  return count === undefined ? UNKNOWN : count.toLocaleString(language.getState().now)
}
