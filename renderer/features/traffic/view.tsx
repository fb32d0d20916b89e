import { Activity, RotateCw, SearchX, Trash2 } from 'lucide-react'
import { type ReactElement, useEffect, useMemo } from 'react'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { usePlace } from '../../frame/route.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { ListArea, ListScreen, RowCount, Split, Toolbar } from '../../ui/list-screen.tsx'
import { closeDetail, openDetail, setCurrent, toggleDetail } from './actions.ts'
import { ClearDialog } from './clear-dialog.tsx'
import { columnsIn } from './columns.tsx'
import { DetailDrawer } from './detail-drawer.tsx'
import { DifferenceDrawer } from './difference.tsx'
import { FilterField } from './filter-field.tsx'
import { FirstRequest } from './first-request.tsx'
import { followTraffic, goToRow, retryTraffic, setFilter, showRange } from './list-actions.ts'
import { SavedFilters } from './saved-filters.tsx'
import { trafficKey } from './shortcuts.ts'
import { type TrafficList, useTraffic } from './store.ts'
import { TRAFFIC_TEXTS } from './texts.ts'

export function TrafficView(): ReactElement {
  const texts = useTexts(TRAFFIC_TEXTS)
  const { rest } = usePlace()
  useEffect(followTraffic, [])
  // an address such as #/traffic/<id>, from another screen
  useEffect(() => {
    if (rest !== '') void openDetail(rest)
  }, [rest])
  useEffect(() => {
    window.addEventListener('keydown', trafficKey)
    return () => window.removeEventListener('keydown', trafficKey)
  }, [])
  const isOpen = useTraffic((state) => state.detail.is !== 'closed')
  const isComparing = useTraffic((state) => state.difference.is === 'open')
  return (
    <ListScreen title={texts.title}>
      <FilterBar />
      <Split list={<List />} detail={isOpen ? <DetailDrawer onClose={closeDetail} /> : isComparing && <DifferenceDrawer />} />
      <ClearDialog />
    </ListScreen>
  )
}

function FilterBar(): ReactElement {
  const texts = useTexts(TRAFFIC_TEXTS)
  const list = useTraffic((state) => state.list)
  const count = list.is === 'ready' ? list.rows.length : undefined
  return (
    <Toolbar label={texts.filter.label}>
      <FilterField />
      <SavedFilters />
      <IconButton label={texts.actions.clear} disabled={count === undefined || count === 0} onClick={() => useTraffic.setState({ asking: 'clear' })}>
        <Trash2 aria-hidden />
      </IconButton>
      {count !== undefined && <RowCount>{texts.count(count)}</RowCount>}
    </Toolbar>
  )
}

function List(): ReactElement {
  const texts = useTexts(TRAFFIC_TEXTS)
  const list = useTraffic((state) => state.list)
  const current = useTraffic((state) => state.current)
  const columns = useMemo(() => columnsIn(texts), [texts])
  if (list.is === 'loading') {
    return (
      <ListArea>
        <Skeleton rows={18} label={texts.loading} />
      </ListArea>
    )
  }
  if (list.is === 'failed') {
    return (
      <ListArea>
        <EmptyState icon={<Activity />} title={texts.loadFailed} tone="bad">
          <p>{list.failure.message}</p>
          <Button icon={<RotateCw aria-hidden />} onClick={retryTraffic}>
            {texts.tryAgain}
          </Button>
        </EmptyState>
      </ListArea>
    )
  }
  if (list.rows.length === 0) {
    return <ListArea>{list.filter === '' ? <FirstRequest /> : <NothingFits />}</ListArea>
  }
  return (
    <ListArea>
      <DataTable
        label={texts.listLabel}
        rows={list.rows}
        columns={columns}
        rowId={idOf}
        rowTone={toneOf}
        current={current}
        order={list.filter}
        onCurrent={setCurrent}
        onOpen={toggleDetail}
        onRange={showRange}
        onGoTo={goToRow}
        waiting={(place) => texts.loadingRow(place.toLocaleString())}
        footer={<Footer list={list} />}
      />
    </ListArea>
  )
}

const idOf = (record: UsageRecord): string => record.id

function toneOf(record: UsageRecord): 'bad' | 'busy' | undefined {
  if (record.outcome === 'open') return 'busy'
  return record.outcome === 'ok' || record.outcome === 'cancelled' ? undefined : 'bad'
}

function Footer({ list }: { readonly list: Extract<TrafficList, { is: 'ready' }> }): ReactElement {
  const texts = useTexts(TRAFFIC_TEXTS)
  if (list.stale) {
    return (
      <>
        {texts.partFailed}
        <Button small onClick={retryTraffic}>
          {texts.tryAgain}
        </Button>
      </>
    )
  }
  return <>{texts.all(list.rows.length)}</>
}

function NothingFits(): ReactElement {
  const texts = useTexts(TRAFFIC_TEXTS)
  return (
    <EmptyState icon={<SearchX />} title={texts.nothingFits}>
      <p>{texts.nothingFitsWhy}</p>
      <Button onClick={() => setFilter('')}>{texts.showAll}</Button>
    </EmptyState>
  )
}
