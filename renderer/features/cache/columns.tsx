import { Pin } from 'lucide-react'
import type { ReactElement } from 'react'
import type { CacheEntrySummary } from '../../../shared/cache.ts'
import { useTexts } from '../../i18n/texts.ts'
import type { Column } from '../../ui/data-table.tsx'
import { formatAgo, formatBytes, formatCount, formatMoney } from '../../ui/figures.ts'
import { Chip } from '../../ui/status.tsx'
import styles from './cache.module.css'
import { CACHE_TEXTS, type CacheTexts } from './texts.ts'
import { lifeLeft } from './words.ts'

/** Made when the screen is drawn, for the titles are in the language in use. */
export const columnsIn = ({ list: texts }: CacheTexts): readonly Column<CacheEntrySummary>[] => [
  { id: 'question', title: texts.columns.question, widthPx: 180, likesPx: 320, fill: true, yields: 0, cell: (entry) => <Question entry={entry} /> },
  {
    id: 'model',
    title: texts.columns.model,
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
    title: texts.columns.kind,
    widthPx: 84,
    yields: 4,
    cell: (entry) =>
      entry.kind === 'semantic' ? (
        <Chip tone="info" title={texts.semanticNote}>
          {texts.semantic}
        </Chip>
      ) : (
        <span className={styles.faint}>{texts.exact}</span>
      ),
  },
  { id: 'hits', title: texts.columns.hits, widthPx: 56, align: 'end', yields: 0, cell: (entry) => count(entry.hits) },
  {
    id: 'last',
    title: texts.columns.last,
    widthPx: 92,
    align: 'end',
    yields: 5,
    cell: (entry) => faintIf(entry.lastHitAt === undefined, formatAgo(entry.lastHitAt, Date.now())),
  },
  { id: 'age', title: texts.columns.made, widthPx: 92, align: 'end', yields: 6, cell: (entry) => formatAgo(entry.madeAt, Date.now()) },
  { id: 'life', title: texts.columns.expires, widthPx: 76, align: 'end', yields: 2, cell: (entry) => lifeLeft(entry, Date.now()) },
  { id: 'size', title: texts.columns.size, widthPx: 72, align: 'end', yields: 7, cell: (entry) => formatBytes(entry.bytes) },
  {
    id: 'saved',
    title: texts.columns.saved,
    widthPx: 104,
    align: 'end',
    yields: 1,
    cell: (entry) => faintIf(entry.saved === undefined, entry.hits === 0 ? '–' : formatMoney(entry.saved)),
  },
]

function count(hits: number): ReactElement {
  return faintIf(hits === 0, formatCount(hits))
}

function faintIf(faint: boolean, text: string): ReactElement {
  return <span className={faint ? styles.faint : undefined}>{text}</span>
}

function Question({ entry }: { readonly entry: CacheEntrySummary }): ReactElement {
  const texts = useTexts(CACHE_TEXTS)
  return (
    <span className={styles.question}>
      {entry.pinned && (
        <span className={styles.pin} title={texts.list.pinned}>
          <Pin aria-hidden size={13} />
          <span className="visually-hidden">{texts.list.pinned}</span>
        </span>
      )}
      <span className={styles.words} dir="auto" title={entry.question}>
        {entry.question === '' ? <span className={styles.faint}>{texts.moreThanText}</span> : entry.question.replace(/\s+/g, ' ')}
      </span>
    </span>
  )
}
