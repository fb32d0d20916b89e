import { Pin } from 'lucide-react'
import type { ReactElement } from 'react'
import type { CacheEntrySummary } from '../../../shared/cache.ts'
import { formatUsd } from '../../../shared/money.ts'
import type { Column } from '../../ui/data-table.tsx'
import { formatAgo, formatBytes, formatCount } from '../../ui/figures.ts'
import { Chip } from '../../ui/status.tsx'
import styles from './cache.module.css'
import { lifeLeft } from './words.ts'

export const COLUMNS: readonly Column<CacheEntrySummary>[] = [
  { id: 'question', title: 'Question', widthPx: 180, likesPx: 320, fill: true, yields: 0, cell: (entry) => <Question entry={entry} /> },
  {
    id: 'model',
    title: 'Model',
    widthPx: 190,
    yields: 3,
    cell: (entry) => (
      <span className={styles.dim} title={entry.model}>
        {entry.model.slice(entry.model.indexOf('/') + 1)}
      </span>
    ),
  },
  {
    id: 'kind',
    title: 'Kind',
    widthPx: 84,
    yields: 4,
    cell: (entry) =>
      entry.kind === 'semantic' ? (
        <Chip tone="info" title="Also answered questions in other words">
          semantic
        </Chip>
      ) : (
        <span className={styles.faint}>exact</span>
      ),
  },
  { id: 'hits', title: 'Hits', widthPx: 56, align: 'end', yields: 0, cell: (entry) => count(entry.hits) },
  {
    id: 'last',
    title: 'Last hit',
    widthPx: 92,
    align: 'end',
    yields: 5,
    cell: (entry) => faintIf(entry.lastHitAt === undefined, formatAgo(entry.lastHitAt, Date.now())),
  },
  { id: 'age', title: 'Made', widthPx: 92, align: 'end', yields: 6, cell: (entry) => formatAgo(entry.madeAt, Date.now()) },
  { id: 'life', title: 'Expires', widthPx: 76, align: 'end', yields: 2, cell: (entry) => lifeLeft(entry, Date.now()) },
  { id: 'size', title: 'Size', widthPx: 72, align: 'end', yields: 7, cell: (entry) => formatBytes(entry.bytes) },
  {
    id: 'saved',
    title: 'Saved',
    widthPx: 92,
    align: 'end',
    yields: 1,
    cell: (entry) => faintIf(entry.saved === undefined, entry.hits === 0 ? '–' : formatUsd(entry.saved)),
  },
]

function count(hits: number): ReactElement {
  return faintIf(hits === 0, formatCount(hits))
}

function faintIf(faint: boolean, text: string): ReactElement {
  return <span className={faint ? styles.faint : undefined}>{text}</span>
}

function Question({ entry }: { readonly entry: CacheEntrySummary }): ReactElement {
  return (
    <span className={styles.question} title={entry.question}>
      {entry.pinned && (
        <span className={styles.pin} title="Pinned">
          <Pin aria-hidden size={13} />
          <span className="visually-hidden">pinned</span>
        </span>
      )}
      <span className={styles.words}>{entry.question === '' ? <span className={styles.faint}>more than text</span> : entry.question.replace(/\s+/g, ' ')}</span>
    </span>
  )
}
