import { FlaskConical, Pin } from 'lucide-react'
import type { ReactElement } from 'react'
import { totalInput, totalOutput } from '../../../shared/chat.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { tokensPerSecond } from '../../../shared/traffic/match-filter.ts'
import { told } from '../../messages/words.ts'
import { classes } from '../../ui/button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { formatClock, formatCount, formatDay, formatListMoment, formatMoney, formatRate, formatSpan } from '../../ui/figures.ts'
import { Chip } from '../../ui/status.tsx'
import { showTab } from './actions.ts'
import { openCached } from './request-actions.ts'
import row from './row.module.css'
import { cacheStory, outcomeLabel, outcomeTone } from './story.ts'
import type { TrafficTexts } from './texts.ts'
import styles from './traffic.module.css'

/** Numbers of a request that has not ended are not unknown but not there yet. */
function figure(record: UsageRecord, known: boolean, text: string): ReactElement {
  if (!known && record.outcome === 'open') return <span className={styles.faint}>…</span>
  return <span className={known ? undefined : styles.faint}>{text}</span>
}

/** Make them once for each language: rows are drawn anew when they change. */
export function columnsIn(texts: TrafficTexts): readonly Column<UsageRecord>[] {
  const { columns } = texts
  return [
    {
      id: 'time',
      title: columns.time,
      widthPx: 102,
      yields: 0,
      cell: (record) => (
        <time dateTime={new Date(record.at).toISOString()} title={`${formatDay(record.at)} ${formatClock(record.at)}`} className={row.time}>
          {formatListMoment(record.at, Date.now())}
        </time>
      ),
    },
    {
      id: 'client',
      title: columns.client,
      widthPx: 156,
      yields: 4,
      cell: (record) => record.callerName ?? <span className={styles.faint}>{texts.unknownClient}</span>,
    },
    { id: 'model', title: columns.model, widthPx: 116, likesPx: 230, fill: true, yields: 0, cell: (record) => <Models record={record} texts={texts} /> },
    { id: 'outcome', title: columns.outcome, widthPx: 132, likesPx: 156, yields: 0, cell: (record) => <Outcome record={record} /> },
    {
      id: 'first',
      title: columns.first,
      widthPx: 68,
      align: 'end',
      yields: 3,
      cell: (record) => figure(record, record.firstEventMs !== undefined, formatSpan(record.firstEventMs)),
    },
    {
      id: 'total',
      title: columns.total,
      widthPx: 72,
      align: 'end',
      yields: 1,
      cell: (record) => figure(record, record.totalMs !== undefined, formatSpan(record.totalMs)),
    },
    {
      id: 'speed',
      title: columns.speed,
      widthPx: 60,
      align: 'end',
      yields: 6,
      cell: (record) => figure(record, tokensPerSecond(record) !== undefined, formatRate(tokensPerSecond(record))),
    },
    { id: 'input', title: columns.input, widthPx: 62, align: 'end', yields: 5, cell: (record) => tokens(record, totalInput(record.tokens)) },
    { id: 'cached', title: columns.cached, widthPx: 66, align: 'end', yields: 7, cell: (record) => tokens(record, record.tokens.cacheRead) },
    { id: 'output', title: columns.output, widthPx: 62, align: 'end', yields: 5, cell: (record) => tokens(record, totalOutput(record.tokens)) },
    {
      id: 'cost',
      title: columns.cost,
      widthPx: 100,
      align: 'end',
      yields: 2,
      cell: (record) =>
        figure(record, record.cost !== undefined, `${record.countedBy === 'estimate' && record.cost !== 0 ? '≈ ' : ''}${formatMoney(record.cost)}`),
    },
  ]
}

function tokens(record: UsageRecord, count: number | undefined): ReactElement {
  return figure(record, count !== undefined, formatCount(count))
}

function Models({ record, texts }: { readonly record: UsageRecord; readonly texts: TrafficTexts }): ReactElement {
  const moved = record.servedBy !== undefined && record.servedBy !== record.requested
  return (
    <span className={row.models} title={moved ? `${record.requested} → ${record.servedBy}` : record.requested}>
      {record.pinned === true && (
        <span className={row.pin} title={texts.pinned}>
          <Pin aria-hidden size={12} />
          <span className="visually-hidden">{texts.pinned}</span>
        </span>
      )}
      <span className={row.requested}>
        {record.requested === '' ? <span className={styles.faint}>{texts.notReadable}</span> : <ModelName id={record.requested} />}
      </span>
      {moved && (
        // a click opens the row as well, at the tab that says why
        <button type="button" tabIndex={-1} className={classes(row.served, row.chipButton)} onClick={() => showTab('why')}>
          <span aria-hidden="true">→</span>
          <span className="visually-hidden"> {texts.servedBy} </span> {record.servedBy}
        </button>
      )}
      {(record.cache?.kind === 'exact' || record.cache?.kind === 'semantic' || record.cache?.kind === 'merged') && (
        <button
          type="button"
          tabIndex={-1}
          className={classes(row.tries, row.chipButton)}
          onClick={(event) => {
            event.stopPropagation()
            void openCached(record.id)
          }}
        >
          <Chip tone="info" title={cacheStory(record.cache)}>
            {record.cache.kind === 'merged' ? texts.merged : texts.cached}
          </Chip>
        </button>
      )}
      {record.attempts.length > 1 && (
        <button type="button" tabIndex={-1} className={classes(row.tries, row.chipButton)} onClick={() => showTab('why')}>
          <Chip title={texts.triesWhy}>{texts.tries(record.attempts.length)}</Chip>
        </button>
      )}
      {record.simulated && (
        <>
          <span className={row.simulated}>
            <Chip title={texts.simulatedWhy}>{texts.simulated}</Chip>
          </span>
          <span className={row.simulatedIcon} title={texts.simulatedWhy}>
            <FlaskConical aria-hidden size={13} />
            <span className="visually-hidden">{texts.simulated}</span>
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
      {slash > 0 && <span className={row.modelProvider}>{id.slice(0, slash)}</span>}
      <span className={row.modelName}>{id.slice(slash)}</span>
    </>
  )
}

function Outcome({ record }: { readonly record: UsageRecord }): ReactElement {
  return (
    <span className={row.outcome} data-tone={outcomeTone(record)} title={record.message && told({ message: record.message, said: record.said })}>
      {record.outcome === 'open' ? <span className={row.live} aria-hidden="true" /> : <span className={row.code}>{record.status ?? '–'}</span>}
      <span className={row.outcomeWord}>{outcomeLabel(record)}</span>
    </span>
  )
}
