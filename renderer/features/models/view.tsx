import { Boxes, RotateCw, SearchX } from 'lucide-react'
import { type ReactElement, useEffect, useMemo, useState } from 'react'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { useMirror } from '../../client/mirror.ts'
import { models } from '../../client/mirrors.ts'
import { usePlace } from '../../frame/route.ts'
import { useScreenKey } from '../../frame/shortcuts/use-screen-key.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { ListArea, ListScreen, Split } from '../../ui/list-screen.tsx'
import { clearFilter, closeModel, followAddress, setCurrent, sortBy, toggleCompared, toggleModel } from './actions.ts'
import { CatalogBar } from './catalog-bar.tsx'
import { columnsIn } from './columns.tsx'
import { Comparison } from './comparison.tsx'
import { ModelDrawer } from './drawer.tsx'
import { Facets } from './facets.tsx'
import { chosenRows, isNarrowed, type SortBy, writeFilter } from './filter.ts'
import { OwnModelDialog } from './own-model-dialog.tsx'
import { useModels } from './store.ts'
import { MODELS_TEXTS } from './texts.ts'
import { Tray } from './tray.tsx'

const NO_ROWS: readonly ModelRow[] = []

export function ModelsView(): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const { rest } = usePlace()
  useEffect(() => followAddress(rest), [rest])
  useScreenKey('models', 'compareModel', compareCurrent)
  const list = useMirror(models)
  const all = list.is === 'ready' ? list.value : NO_ROWS
  const filter = useModels((state) => state.filter)
  const open = useModels((state) => state.open)
  const comparing = useModels((state) => state.comparing)
  const rows = useMemo(() => chosenRows(all, filter), [all, filter])
  const [adding, setAdding] = useState(false)
  return (
    <ListScreen title={texts.title}>
      <CatalogBar onAdd={() => setAdding(true)} />
      {comparing ? (
        <Comparison rows={all} />
      ) : (
        <>
          <Facets rows={all} shown={list.is === 'ready' ? rows.length : undefined} />
          <Split
            list={
              <ListArea>
                {list.is === 'loading' && <Skeleton rows={14} label={texts.loading} />}
                {list.is === 'failed' && (
                  <EmptyState icon={<Boxes />} title={texts.loadFailed} tone="bad">
                    <p>{list.failure.message}</p>
                    <Button icon={<RotateCw aria-hidden />} onClick={() => void models.refresh()}>
                      {texts.tryAgain}
                    </Button>
                  </EmptyState>
                )}
                {list.is === 'ready' && <List rows={rows} />}
              </ListArea>
            }
            detail={open !== undefined && <ModelDrawer id={open} rows={all} onClose={closeModel} />}
          />
        </>
      )}
      <Tray rows={all} />
      <OwnModelDialog open={adding} onClose={() => setAdding(false)} />
    </ListScreen>
  )
}

function List({ rows }: { readonly rows: readonly ModelRow[] }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const columns = useMemo(() => columnsIn(texts), [texts])
  const current = useModels((state) => state.current)
  const filter = useModels((state) => state.filter)
  const sorted = useMemo(() => ({ column: filter.sort, descending: filter.descending }), [filter])
  if (rows.length === 0 && isNarrowed(filter)) {
    return (
      <EmptyState icon={<SearchX />} title={texts.nothingFits}>
        <p>{texts.nothingFitsWhy}</p>
        <Button onClick={clearFilter}>{texts.showAll}</Button>
      </EmptyState>
    )
  }
  return (
    <DataTable
      label={texts.listLabel}
      rows={rows}
      columns={columns}
      rowId={idOf}
      current={current}
      onCurrent={setCurrent}
      onOpen={toggleModel}
      sorted={sorted}
      onSort={sortByColumn}
      order={writeFilter(filter)}
    />
  )
}

/** Puts the current model aside, or back. */
function compareCurrent(): boolean {
  const { current } = useModels.getState()
  if (current === undefined) return false
  toggleCompared(current)
  return true
}

const idOf = (row: ModelRow): string => row.id
const sortByColumn = (column: string): void => sortBy(column as SortBy)
