import { FlaskConical } from 'lucide-react'
import type { ReactElement } from 'react'
import { totalInput, totalOutput } from '../../../shared/chat.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { formatUsd } from '../../../shared/money.ts'
import type { Column } from '../../ui/data-table.tsx'
import { formatClock, formatCount, formatDay, formatListMoment, formatRate, formatSpan } from '../../ui/figures.ts'
import { Chip } from '../../ui/status.tsx'
import { tokensPerSecond } from './rows.ts'
import { cacheStory, outcomeLabel, outcomeTone } from './story.ts'
import styles from './traffic.module.css'

/** Numbers of a request that has not ended are not unknown but not there yet. */
function figure(record: UsageRecord, known: boolean, text: string): ReactElement {
  if (!known && record.outcome === 'open') return <span className={styles.faint}>…</span>
  return <span className={known ? undefined : styles.faint}>{text}</span>
}

export const COLUMNS: readonly Column<UsageRecord>[] = [
  {
    id: 'time',
    title: 'Time',
    widthPx: 92,
    yields: 0,
    cell: (record) => (
      <time dateTime={new Date(record.at).toISOString()} title={`${formatDay(record.at)} ${formatClock(record.at)}`} className={styles.time}>
        {formatListMoment(record.at, Date.now())}
      </time>
    ),
  },
  {
    id: 'client',
    title: 'Client',
    widthPx: 128,
    yields: 4,
    cell: (record) => record.callerName ?? <span className={styles.faint}>unknown</span>,
  },
  { id: 'model', title: 'Model', widthPx: 116, likesPx: 230, fill: true, yields: 0, cell: (record) => <Models record={record} /> },
  { id: 'outcome', title: 'Outcome', widthPx: 132, yields: 0, cell: (record) => <Outcome record={record} /> },
  {
    id: 'first',
    title: 'First',
    widthPx: 68,
    align: 'end',
    yields: 3,
    cell: (record) => figure(record, record.firstEventMs !== undefined, formatSpan(record.firstEventMs)),
  },
  {
    id: 'total',
    title: 'Total',
    widthPx: 72,
    align: 'end',
    yields: 1,
    cell: (record) => figure(record, record.totalMs !== undefined, formatSpan(record.totalMs)),
  },
  {
    id: 'speed',
    title: 'tok/s',
    widthPx: 60,
    align: 'end',
    yields: 6,
    cell: (record) => figure(record, tokensPerSecond(record) !== undefined, formatRate(tokensPerSecond(record))),
  },
  { id: 'input', title: 'In', widthPx: 62, align: 'end', yields: 5, cell: (record) => tokens(record, totalInput(record.tokens)) },
  { id: 'cached', title: 'Cached', widthPx: 66, align: 'end', yields: 7, cell: (record) => tokens(record, record.tokens.cacheRead) },
  { id: 'output', title: 'Out', widthPx: 62, align: 'end', yields: 5, cell: (record) => tokens(record, totalOutput(record.tokens)) },
  { id: 'cost', title: 'Cost', widthPx: 100, align: 'end', yields: 2, cell: (record) => figure(record, record.cost !== undefined, formatUsd(record.cost)) },
]

function tokens(record: UsageRecord, count: number | undefined): ReactElement {
  return figure(record, count !== undefined, formatCount(count))
}

const SIMULATED = 'Simulated: made up by Switchyard itself'

function Models({ record }: { readonly record: UsageRecord }): ReactElement {
  const moved = record.servedBy !== undefined && record.servedBy !== record.requested
  return (
    <span className={styles.models} title={moved ? `${record.requested} → ${record.servedBy}` : record.requested}>
      <span className={styles.requested}>
        {record.requested === '' ? <span className={styles.faint}>not readable</span> : <ModelName id={record.requested} />}
      </span>
      {moved && (
        <span className={styles.served}>
          <span aria-hidden="true">→</span>
          <span className="visually-hidden"> served by </span> {record.servedBy}
        </span>
      )}
      {(record.cache?.kind === 'exact' || record.cache?.kind === 'semantic' || record.cache?.kind === 'merged') && (
        <span className={styles.tries}>
          <Chip tone="info" title={cacheStory(record.cache)}>
            {record.cache.kind === 'merged' ? 'merged' : 'cached'}
          </Chip>
        </span>
      )}
      {record.attempts.length > 1 && (
        <span className={styles.tries}>
          <Chip title="How many times an endpoint was tried">{record.attempts.length} tries</Chip>
        </span>
      )}
      {record.simulated && (
        <>
          <span className={styles.simulated}>
            <Chip title={SIMULATED}>simulated</Chip>
          </span>
          <span className={styles.simulatedIcon} title={SIMULATED}>
            <FlaskConical aria-hidden size={13} />
            <span className="visually-hidden">simulated</span>
          </span>
        </>
      )}
    </span>
  )
}

/** The provider's part gives way first: `claude-sonnet-4-5` says more than `anthropic/cla…`. */
function ModelName({ id }: { readonly id: string }): ReactElement {
  const slash = id.indexOf('/') + 1
  return (
    <>
      {slash > 0 && <span className={styles.modelProvider}>{id.slice(0, slash)}</span>}
      <span className={styles.modelName}>{id.slice(slash)}</span>
    </>
  )
}

function Outcome({ record }: { readonly record: UsageRecord }): ReactElement {
  return (
    <span className={styles.outcome} data-tone={outcomeTone(record)} title={record.message}>
      {record.outcome === 'open' ? <span className={styles.live} aria-hidden="true" /> : <span className={styles.code}>{record.status ?? '–'}</span>}
      <span className={styles.outcomeWord}>{outcomeLabel(record)}</span>
    </span>
  )
}
