import { Archive, Ban, Ellipsis, FlaskConical, GitCompareArrows, RotateCw, SearchX, SlidersHorizontal, Trash2 } from 'lucide-react'
import { type ReactElement, useEffect, useMemo, useState } from 'react'
import type { CacheStats } from '../../../shared/api/cache.ts'
import type { CacheEntrySummary } from '../../../shared/cache.ts'
import { usePlace } from '../../frame/route.ts'
import { useScreenKey } from '../../frame/shortcuts/use-screen-key.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { Choice } from '../../ui/field.tsx'
import { formatBytes, formatCount, formatMoney, localDecimals } from '../../ui/figures.ts'
import { FilterSelect, ListArea, ListScreen, Split, Toolbar, Tools } from '../../ui/list-screen.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { clearFilter, closeEntry, deleteEntry, followCache, loadMore, openEntry, retryCache, setCurrent, setFilter, toggleEntry } from './actions.ts'
import styles from './cache.module.css'
import { ClearDialog } from './clear-dialog.tsx'
import { columnsIn } from './columns.tsx'
import { EntryDrawer } from './entry-drawer.tsx'
import { ExplainDialog } from './explain-dialog.tsx'
import { FirstAnswer } from './first-answer.tsx'
import { NeverDialog } from './never-dialog.tsx'
import { SettingsDialog } from './settings/dialog.tsx'
import { type CacheFilter, type CacheList, isFiltered, useCache } from './store.ts'
import { Tester } from './tester.tsx'
import { CACHE_TEXTS, type CacheTexts } from './texts.ts'
import { TransferDialog } from './transfer-dialog.tsx'
import { WarmPrefixes } from './warm-prefixes.tsx'

type Shown = 'none' | 'settings' | 'tester' | 'explain' | 'never' | 'clear' | 'transfer'

export function CacheView(): ReactElement {
  const { rest } = usePlace()
  const texts = useTexts(CACHE_TEXTS)
  const [shown, setShown] = useState<Shown>('none')
  useEffect(followCache, [])
  useScreenKey('cache', 'deleteEntry', deleteCurrent)
  // an address such as #/cache/<key>, from another screen
  useEffect(() => {
    if (rest !== '') void openEntry(rest)
  }, [rest])
  const isOpen = useCache((state) => state.open.is !== 'closed')
  const close = (): void => setShown('none')
  return (
    <ListScreen title={texts.title}>
      <Strip />
      <WarmPrefixes />
      <FilterBar onShow={setShown} />
      <Split list={<List onShow={setShown} />} detail={isOpen && <EntryDrawer onClose={closeEntry} />} />
      <SettingsDialog open={shown === 'settings'} onClose={close} />
      <Tester open={shown === 'tester'} onClose={close} />
      <ExplainDialog open={shown === 'explain'} onClose={close} />
      <NeverDialog open={shown === 'never'} onClose={close} />
      <ClearDialog open={shown === 'clear'} onClose={close} />
      <TransferDialog open={shown === 'transfer'} onClose={close} />
    </ListScreen>
  )
}

/** What the response cache holds and has done, in one line. */
function Strip(): ReactElement {
  const { strip: texts } = useTexts(CACHE_TEXTS)
  const stats = useCache((state) => state.stats)
  return (
    <dl className={styles.strip} aria-label={texts.label}>
      {figuresOf(stats, texts).map(({ name, value, note }) => (
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

function figuresOf(stats: CacheStats | undefined, texts: CacheTexts['strip']): readonly Figure[] {
  if (stats === undefined) {
    return [texts.answers, texts.size, texts.hits, texts.saved, texts.nearMisses, texts.wrong].map((name) => ({ name, value: '…' }))
  }
  const { hits, semanticHits, checked, differed, wrong } = stats
  return [
    { name: texts.answers, value: formatCount(stats.entries), note: texts.answersNote(formatCount(stats.mostEntries), formatCount(stats.pinned)) },
    { name: texts.size, value: formatBytes(stats.bytes), note: texts.sizeNote(formatBytes(stats.mostBytes)) },
    { name: texts.hits, value: formatCount(hits), note: texts.hitsNote(formatCount(semanticHits)) },
    { name: texts.saved, value: formatMoney(stats.saved), note: texts.savedNote },
    { name: texts.nearMisses, value: formatCount(stats.nearMisses), note: texts.nearMissesNote },
    {
      name: texts.wrong,
      value: hits === 0 ? formatCount(wrong) : `${formatCount(wrong)} (${localDecimals(((100 * wrong) / hits).toFixed(1))} %)`,
      note: texts.wrongNote,
    },
    ...(checked === 0
      ? []
      : [
          {
            name: texts.checked,
            value: texts.differ(formatCount(differed), formatCount(checked)),
            note: texts.checkedNote(formatMoney(stats.checksCost)),
          },
        ]),
  ]
}

const KINDS = ['all', 'exact', 'semantic'] as const satisfies readonly CacheFilter['kind'][]
const SORTS = ['newest', 'hits', 'saved', 'largest'] as const satisfies readonly CacheFilter['sort'][]

function deleteCurrent(): boolean {
  const { current } = useCache.getState()
  if (current === undefined) return false
  void deleteEntry(current)
  return true
}

function FilterBar({ onShow }: { readonly onShow: (shown: Shown) => void }): ReactElement {
  const { bar: texts } = useTexts(CACHE_TEXTS)
  const filter = useCache((state) => state.filter)
  const models = useCache((state) => state.stats?.models)
  return (
    <Toolbar label={texts.label}>
      <SearchField label={texts.search} clearLabel={texts.clearSearch} text={filter.text} onText={(text) => setFilter({ text })} />
      <Choice
        label={texts.kind}
        hideLabel
        bar
        value={filter.kind}
        onValue={(kind) => setFilter({ kind })}
        options={KINDS.map((value) => ({ value, title: texts.kinds[value] }))}
      />
      <FilterSelect
        label={texts.model}
        value={filter.model}
        onValue={(model) => setFilter({ model })}
        options={[{ value: '', title: texts.allModels }, ...(models ?? []).map((id) => ({ value: id, title: id }))]}
      />
      <FilterSelect
        label={texts.order}
        value={filter.sort}
        onValue={(sort) => setFilter({ sort: sort as CacheFilter['sort'] })}
        options={SORTS.map((value) => ({ value, title: texts.sorts[value] }))}
      />
      <Tools>
        <IconButton label={texts.tester} onClick={() => onShow('tester')}>
          <FlaskConical aria-hidden />
        </IconButton>
        <IconButton label={texts.explain} onClick={() => onShow('explain')}>
          <GitCompareArrows aria-hidden />
        </IconButton>
        <IconButton label={texts.never} onClick={() => onShow('never')}>
          <Ban aria-hidden />
        </IconButton>
        <IconButton label={texts.clear} onClick={() => onShow('clear')}>
          <Trash2 aria-hidden />
        </IconButton>
        <IconButton label={texts.transfer} onClick={() => onShow('transfer')}>
          <Ellipsis aria-hidden />
        </IconButton>
        <IconButton label={texts.settings} onClick={() => onShow('settings')}>
          <SlidersHorizontal aria-hidden />
        </IconButton>
      </Tools>
    </Toolbar>
  )
}

function List({ onShow }: { readonly onShow: (shown: Shown) => void }): ReactElement {
  const everything = useTexts(CACHE_TEXTS)
  const { list: texts, tryAgain } = everything
  const columns = useMemo(() => columnsIn(everything), [everything])
  const list = useCache((state) => state.list)
  const current = useCache((state) => state.current)
  const filtered = useCache((state) => isFiltered(state.filter))
  if (list.is === 'loading') {
    return (
      <ListArea>
        <Skeleton rows={14} label={texts.loading} />
      </ListArea>
    )
  }
  if (list.is === 'failed') {
    return (
      <ListArea>
        <EmptyState icon={<Archive />} title={texts.failed} tone="bad">
          <p>{list.failure.message}</p>
          <Button icon={<RotateCw aria-hidden />} onClick={retryCache}>
            {tryAgain}
          </Button>
        </EmptyState>
      </ListArea>
    )
  }
  if (list.rows.length === 0) {
    return (
      <ListArea>
        {filtered ? (
          <EmptyState icon={<SearchX />} title={texts.nothingFits}>
            <p>{texts.nothingFitsWhy}</p>
            <Button onClick={clearFilter}>{texts.showAll}</Button>
          </EmptyState>
        ) : (
          <FirstAnswer onSettings={() => onShow('settings')} />
        )}
      </ListArea>
    )
  }
  return (
    <ListArea>
      <DataTable
        label={texts.label}
        rows={list.rows}
        columns={columns}
        rowId={keyOf}
        current={current}
        onCurrent={setCurrent}
        onOpen={toggleEntry}
        onNearEnd={loadMoreNow}
        footer={<Footer list={list} />}
      />
    </ListArea>
  )
}

const keyOf = (entry: CacheEntrySummary): string => entry.key
const loadMoreNow = (): void => void loadMore()

function Footer({ list }: { readonly list: Extract<CacheList, { is: 'ready' }> }): ReactElement {
  const { list: texts, tryAgain } = useTexts(CACHE_TEXTS)
  if (list.more === 'failed') {
    return (
      <>
        {texts.moreFailed}
        <Button small onClick={loadMoreNow}>
          {tryAgain}
        </Button>
      </>
    )
  }
  return <>{list.cursor === undefined ? texts.all(list.rows.length) : texts.loadingMore}</>
}
