import { Activity, RotateCw, Search, SearchX, X } from 'lucide-react'
import { type ReactElement, useEffect, useRef } from 'react'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { useMirrored } from '../../client/mirror.ts'
import { totals } from '../../client/mirrors.ts'
import { usePlace } from '../../frame/route.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { Choice } from '../../ui/field.tsx'
import { formatNoun } from '../../ui/figures.ts'
import { clearFilter, closeDetail, followTraffic, loadOlder, openDetail, retryTraffic, setCurrent, setFilter, toggleDetail } from './actions.ts'
import { COLUMNS } from './columns.tsx'
import { DetailDrawer } from './detail-drawer.tsx'
import { FirstRequest } from './first-request.tsx'
import { NO_FILTER, type OutcomeFilter } from './rows.ts'
import { type TrafficList, useTraffic } from './store.ts'
import styles from './traffic.module.css'

export function TrafficView(): ReactElement {
  const { rest } = usePlace()
  useEffect(followTraffic, [])
  // an address such as #/traffic/<id>, from another screen
  useEffect(() => {
    if (rest !== '') void openDetail(rest)
  }, [rest])
  const isOpen = useTraffic((state) => state.detail.is !== 'closed')
  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">Traffic</h1>
      <FilterBar />
      <div className={styles.split}>
        <List />
        {isOpen && <DetailDrawer onClose={closeDetail} />}
      </div>
    </div>
  )
}

const OUTCOMES: readonly { readonly value: OutcomeFilter; readonly title: string }[] = [
  { value: 'all', title: 'All' },
  { value: 'ok', title: 'OK' },
  { value: 'failed', title: 'Failed' },
  { value: 'open', title: 'Running' },
]

function FilterBar(): ReactElement {
  const filter = useTraffic((state) => state.filter)
  const field = useRef<HTMLInputElement>(null)
  useSlashKey(field)
  return (
    <search className={styles.bar} aria-label="Filter requests">
      <label className={styles.search}>
        <Search aria-hidden size={15} />
        <span className="visually-hidden">Filter by model, client or outcome</span>
        <input
          ref={field}
          type="text"
          className={styles.searchInput}
          placeholder="Filter by model, client or outcome"
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
          <IconButton label="Clear the filter" small onClick={() => setFilter({ text: '' })}>
            <X aria-hidden />
          </IconButton>
        )}
      </label>
      <Choice label="Outcome" hideLabel bar value={filter.outcome} onValue={(outcome) => setFilter({ outcome })} options={OUTCOMES} />
      <Today />
    </search>
  )
}

function Today(): ReactElement | null {
  const today = useMirrored(totals)
  if (today === undefined) return null
  return <span className={styles.today}>{`${formatNoun(today.requests, 'request')} today`}</span>
}

/** `/` goes to the filter, unless something is being typed. */
function useSlashKey(field: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (event.target instanceof HTMLElement && event.target.closest('input:not([type="radio"]), textarea, [contenteditable], [role="dialog"]') !== null)
        return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [field])
}

function List(): ReactElement {
  const list = useTraffic((state) => state.list)
  const current = useTraffic((state) => state.current)
  const isFiltered = useTraffic((state) => state.filter.text.trim() !== '' || state.filter.outcome !== NO_FILTER.outcome)
  if (list.is === 'loading') {
    return (
      <div className={styles.list}>
        <Skeleton rows={18} label="Loading requests" />
      </div>
    )
  }
  if (list.is === 'failed') {
    return (
      <div className={styles.list}>
        <EmptyState icon={<Activity />} title="The log could not be loaded" tone="bad">
          <p>{list.failure.message}</p>
          <Button icon={<RotateCw aria-hidden />} onClick={retryTraffic}>
            Try again
          </Button>
        </EmptyState>
      </div>
    )
  }
  if (list.rows.length === 0) {
    return <div className={styles.list}>{isFiltered ? <NothingFits /> : <FirstRequest />}</div>
  }
  return (
    <div className={styles.list}>
      <DataTable
        label="Requests, newest first"
        rows={list.rows}
        columns={COLUMNS}
        rowId={idOf}
        rowTone={toneOf}
        current={current}
        onCurrent={setCurrent}
        onOpen={toggleDetail}
        onNearEnd={loadOlderNow}
        footer={<Footer list={list} />}
      />
    </div>
  )
}

const idOf = (record: UsageRecord): string => record.id
const loadOlderNow = (): void => void loadOlder()

function toneOf(record: UsageRecord): 'bad' | 'busy' | undefined {
  if (record.outcome === 'open') return 'busy'
  return record.outcome === 'ok' || record.outcome === 'cancelled' ? undefined : 'bad'
}

function Footer({ list }: { readonly list: Extract<TrafficList, { is: 'ready' }> }): ReactElement {
  if (list.more === 'failed') {
    return (
      <>
        Older requests could not be loaded.
        <Button small onClick={loadOlderNow}>
          Try again
        </Button>
      </>
    )
  }
  return <>{list.cursor === undefined ? `That is all: ${formatNoun(list.rows.length, 'request')}.` : 'Loading older requests'}</>
}

function NothingFits(): ReactElement {
  return (
    <EmptyState icon={<SearchX />} title="No request fits">
      <p>The filter looks at the model, the client and the outcome.</p>
      <Button onClick={clearFilter}>Show all</Button>
    </EmptyState>
  )
}
