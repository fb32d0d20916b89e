import { Archive, Ellipsis, FlaskConical, RotateCw, Search, SearchX, SlidersHorizontal, Trash2, X } from 'lucide-react'
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import type { CacheStats } from '../../../shared/api/cache.ts'
import type { CacheEntrySummary } from '../../../shared/cache.ts'
import { formatUsd } from '../../../shared/money.ts'
import { usePlace } from '../../frame/route.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { Choice } from '../../ui/field.tsx'
import { formatBytes, formatCount, formatNoun } from '../../ui/figures.ts'
import { clearFilter, closeEntry, deleteEntry, followCache, loadMore, openEntry, retryCache, setCurrent, setFilter, toggleEntry } from './actions.ts'
import styles from './cache.module.css'
import { ClearDialog } from './clear-dialog.tsx'
import { COLUMNS } from './columns.tsx'
import { EntryDrawer } from './entry-drawer.tsx'
import { FirstAnswer } from './first-answer.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { type CacheFilter, type CacheList, isFiltered, useCache } from './store.ts'
import { Tester } from './tester.tsx'
import { TransferDialog } from './transfer-dialog.tsx'
import { WarmPrefixes } from './warm-prefixes.tsx'

type Shown = 'none' | 'settings' | 'tester' | 'clear' | 'transfer'

export function CacheView(): ReactElement {
  const { rest } = usePlace()
  const [shown, setShown] = useState<Shown>('none')
  useEffect(followCache, [])
  // an address such as #/cache/<key>, from another screen
  useEffect(() => {
    if (rest !== '') void openEntry(rest)
  }, [rest])
  const isOpen = useCache((state) => state.open.is !== 'closed')
  const close = (): void => setShown('none')
  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">Response cache</h1>
      <Strip />
      <WarmPrefixes />
      <FilterBar onShow={setShown} />
      <div className={styles.split}>
        <List onShow={setShown} />
        {isOpen && <EntryDrawer onClose={closeEntry} />}
      </div>
      <SettingsDialog open={shown === 'settings'} onClose={close} />
      <Tester open={shown === 'tester'} onClose={close} />
      <ClearDialog open={shown === 'clear'} onClose={close} />
      <TransferDialog open={shown === 'transfer'} onClose={close} />
    </div>
  )
}

/** What the response cache holds and has done, in one line. */
function Strip(): ReactElement {
  const stats = useCache((state) => state.stats)
  return (
    <dl className={styles.strip} aria-label="The response cache in figures">
      {figuresOf(stats).map(({ name, value, note }) => (
        <div key={name} className={styles.figure} title={note}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface Figure {
  readonly name: string
  readonly value: string
  readonly note?: string
}

function figuresOf(stats: CacheStats | undefined): readonly Figure[] {
  if (stats === undefined) return ['Answers', 'Size', 'Hits', 'Saved', 'Near misses', 'Wrong'].map((name) => ({ name, value: '…' }))
  const { hits, semanticHits, checked, differed, wrong } = stats
  const days = '30 days'
  return [
    { name: 'Answers', value: formatCount(stats.entries), note: `At most ${formatCount(stats.mostEntries)}; ${formatCount(stats.pinned)} pinned` },
    { name: 'Size', value: formatBytes(stats.bytes), note: `At most ${formatBytes(stats.mostBytes)}` },
    { name: `Hits, ${days}`, value: formatCount(hits), note: `${formatCount(semanticHits)} of them in other words` },
    { name: 'Saved', value: formatUsd(stats.saved), note: 'What these hits would have cost from the models that gave the answers' },
    { name: 'Near misses', value: formatCount(stats.nearMisses), note: 'Questions in other words that a gate refused' },
    {
      name: 'Wrong',
      value: hits === 0 ? formatCount(wrong) : `${formatCount(wrong)} (${((100 * wrong) / hits).toFixed(1)} %)`,
      note: 'Hits that you said were wrong',
    },
    ...(checked === 0
      ? []
      : [
          {
            name: 'Checked',
            value: `${formatCount(differed)} of ${formatCount(checked)} differ`,
            note: `Asking again has cost ${formatUsd(stats.checksCost)}`,
          },
        ]),
  ]
}

const KINDS: readonly { readonly value: CacheFilter['kind']; readonly title: string }[] = [
  { value: 'all', title: 'All' },
  { value: 'exact', title: 'Exact' },
  { value: 'semantic', title: 'Semantic' },
]

const SORTS: readonly { readonly value: CacheFilter['sort']; readonly title: string }[] = [
  { value: 'newest', title: 'Newest' },
  { value: 'hits', title: 'Most hits' },
  { value: 'saved', title: 'Most saved' },
  { value: 'largest', title: 'Largest' },
]

function FilterBar({ onShow }: { readonly onShow: (shown: Shown) => void }): ReactElement {
  const filter = useCache((state) => state.filter)
  const models = useCache((state) => state.stats?.models)
  const field = useRef<HTMLInputElement>(null)
  useSlashKey(field)
  return (
    <search className={styles.bar} aria-label="Filter cached answers">
      <label className={styles.search}>
        <Search aria-hidden size={15} />
        <span className="visually-hidden">Search questions and answers</span>
        <input
          ref={field}
          type="text"
          className={styles.searchInput}
          placeholder="Search questions and answers"
          spellCheck={false}
          autoComplete="off"
          maxLength={200}
          value={filter.text}
          onChange={(event) => setFilter({ text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            // Esc here empties the field; it must not close the drawer as well
            event.preventDefault()
            if (filter.text === '') event.currentTarget.blur()
            else setFilter({ text: '' })
          }}
        />
        {filter.text === '' ? (
          <kbd className={styles.key}>/</kbd>
        ) : (
          <IconButton label="Clear the search" small onClick={() => setFilter({ text: '' })}>
            <X aria-hidden />
          </IconButton>
        )}
      </label>
      <Choice label="Kind" hideLabel bar value={filter.kind} onValue={(kind) => setFilter({ kind })} options={KINDS} />
      <Select
        label="Model"
        value={filter.model}
        onValue={(model) => setFilter({ model })}
        options={[{ value: '', title: 'All models' }, ...(models ?? []).map((id) => ({ value: id, title: id }))]}
      />
      <Select label="Order" value={filter.sort} onValue={(sort) => setFilter({ sort: sort as CacheFilter['sort'] })} options={SORTS} />
      <span className={styles.tools}>
        <IconButton label="Compare two questions" onClick={() => onShow('tester')}>
          <FlaskConical aria-hidden />
        </IconButton>
        <IconButton label="Remove answers" onClick={() => onShow('clear')}>
          <Trash2 aria-hidden />
        </IconButton>
        <IconButton label="Export and import" onClick={() => onShow('transfer')}>
          <Ellipsis aria-hidden />
        </IconButton>
        <IconButton label="Settings of the response cache" onClick={() => onShow('settings')}>
          <SlidersHorizontal aria-hidden />
        </IconButton>
      </span>
    </search>
  )
}

interface SelectProps {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly options: readonly { readonly value: string; readonly title: string }[]
}

function Select({ label, value, onValue, options }: SelectProps): ReactElement {
  return (
    <select className={styles.select} aria-label={label} value={value} onChange={(event) => onValue(event.target.value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.title}
        </option>
      ))}
    </select>
  )
}

/** `/` goes to the search, unless something is being typed. */
function useSlashKey(field: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    function onKeyDown(event: globalThis.KeyboardEvent): void {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (event.target instanceof HTMLElement && event.target.closest('input:not([type="radio"]), textarea, select, [role="dialog"]') !== null) return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [field])
}

function List({ onShow }: { readonly onShow: (shown: Shown) => void }): ReactElement {
  const list = useCache((state) => state.list)
  const current = useCache((state) => state.current)
  const filtered = useCache((state) => isFiltered(state.filter))
  if (list.is === 'loading') {
    return (
      <div className={styles.list}>
        <Skeleton rows={14} label="Loading cached answers" />
      </div>
    )
  }
  if (list.is === 'failed') {
    return (
      <div className={styles.list}>
        <EmptyState icon={<Archive />} title="The response cache could not be loaded" tone="bad">
          <p>{list.failure.message}</p>
          <Button icon={<RotateCw aria-hidden />} onClick={retryCache}>
            Try again
          </Button>
        </EmptyState>
      </div>
    )
  }
  if (list.rows.length === 0) {
    return (
      <div className={styles.list}>
        {filtered ? (
          <EmptyState icon={<SearchX />} title="No answer fits">
            <p>The search looks at whole words, and their beginnings, of questions and answers.</p>
            <Button onClick={clearFilter}>Show all</Button>
          </EmptyState>
        ) : (
          <FirstAnswer onSettings={() => onShow('settings')} />
        )}
      </div>
    )
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Delete' || current === undefined) return
    event.preventDefault()
    void deleteEntry(current)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the grid inside has the focus; this hears one more of its keys
    <div className={styles.list} onKeyDown={onKeyDown}>
      <DataTable
        label="Cached answers"
        rows={list.rows}
        columns={COLUMNS}
        rowId={keyOf}
        current={current}
        onCurrent={setCurrent}
        onOpen={toggleEntry}
        onNearEnd={loadMoreNow}
        footer={<Footer list={list} />}
      />
    </div>
  )
}

const keyOf = (entry: CacheEntrySummary): string => entry.key
const loadMoreNow = (): void => void loadMore()

function Footer({ list }: { readonly list: Extract<CacheList, { is: 'ready' }> }): ReactElement {
  if (list.more === 'failed') {
    return (
      <>
        More answers could not be loaded.
        <Button small onClick={loadMoreNow}>
          Try again
        </Button>
      </>
    )
  }
  return <>{list.cursor === undefined ? `That is all: ${formatNoun(list.rows.length, 'answer')}.` : 'Loading more answers'}</>
}
