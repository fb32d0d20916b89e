import { lazy, type ReactElement, Suspense, useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { useMirror } from '../../client/mirror.ts'
import { models } from '../../client/mirrors.ts'
import { useNetwork } from '../../client/network.ts'
import { useTexts } from '../../i18n/texts.ts'
import { classes } from '../../ui/button.tsx'
import { nextSendings } from './actions.ts'
import { announcement } from './announcer.ts'
import { Composer } from './composer.tsx'
import { CostQuestion } from './cost-question.tsx'
import { DiffPanel } from './diff-panel.tsx'
import { forecastSoon } from './forecast.ts'
import { PaneTabs } from './layouts.tsx'
import { groupModels, type ModelGroup } from './model-list.ts'
import { PaneView } from './pane.tsx'
import { Results } from './results.tsx'
import { playgroundKey } from './shortcuts.ts'
import { MOST_PANES, useConversation, useDesk } from './store.ts'
import { TabStrip } from './tab-strip.tsx'
import { texts } from './texts.ts'
import { Toolbar } from './toolbar.tsx'
import styles from './view.module.css'

const MatrixView = lazy(async () => ({ default: (await import('./matrix/matrix-view.tsx')).MatrixView }))
const HistoryView = lazy(async () => ({ default: (await import('./library/history-view.tsx')).HistoryView }))
const LibraryView = lazy(async () => ({ default: (await import('./library/library-view.tsx')).LibraryView }))
const RatingsView = lazy(async () => ({ default: (await import('./library/ratings-view.tsx')).RatingsView }))

/** The playground: comparisons in tabs, and beside them what is made of many. */
export function PlaygroundView(): ReactElement {
  const t = useTexts(texts)
  const list = useMirror(models)
  const mode = useDesk((desk) => desk.mode)
  const rows = list.is === 'ready' ? list.value : undefined
  const offline = useNetwork().is === 'offline'
  const groups = useMemo(() => groupModels(rows ?? [], offline), [rows, offline])

  useEffect(() => {
    window.addEventListener('keydown', playgroundKey)
    return () => window.removeEventListener('keydown', playgroundKey)
  }, [])

  return (
    <div className={styles.view}>
      <Toolbar groups={groups} />
      {list.is === 'failed' && (
        <p className={styles.failed} role="alert">
          {t.modelsFailed} {list.failure.message}
        </p>
      )}
      {mode === 'compare' ? (
        <Compare groups={groups} known={rows !== undefined} />
      ) : (
        <Suspense fallback={<div className={styles.loading} aria-busy="true" />}>
          {mode === 'matrix' && <MatrixView groups={groups} />}
          {mode === 'history' && <HistoryView />}
          {mode === 'library' && <LibraryView />}
          {mode === 'ratings' && <RatingsView />}
        </Suspense>
      )}
      <CostQuestion />
      <p className="visually-hidden" role="status">
        {useStore(announcement).text}
      </p>
    </div>
  )
}

/** One question, one to six models, side by side. */
function Compare({ groups, known }: { readonly groups: readonly ModelGroup[]; readonly known: boolean }): ReactElement {
  const panes = useDesk((desk) => desk.panes)
  const layout = useDesk((desk) => desk.layout)
  const active = useDesk((desk) => desk.active)
  const front = useDesk((desk) => Math.min(desk.front, desk.panes.length - 1))
  const byId = useMemo(() => new Map(groups.flatMap(({ items }) => items.map((row) => [row.id, row]))), [groups])
  const single = layout === 'focus' || layout === 'tabs'
  return (
    <>
      <TabStrip />
      {single && panes.length > 1 && <PaneTabs byId={byId} front={front} />}
      <div className={styles.stage}>
        <div className={classes(styles.panes, layout === 'grid' && styles.grid)} data-count={Math.min(panes.length, MOST_PANES)} key={active}>
          {panes.map((pane, index) =>
            single && index !== front ? null : <PaneView key={pane.id} pane={pane} index={index} groups={groups} row={byId.get(pane.model)} known={known} />,
          )}
        </div>
        <DiffPanel />
      </div>
      <Forecasts />
      <Results />
      <Composer />
    </>
  )
}

/** Keeps the estimate beside Run up to date with all it depends on. Draws nothing, so that typing draws no pane. */
function Forecasts(): null {
  const { draft, panes, system, parameters } = useDesk()
  const turns = useConversation((conversation) => conversation.turns)
  const files = useConversation((conversation) => conversation.files)
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are what the estimate is made of
  useEffect(() => forecastSoon(nextSendings), [draft, panes, system, parameters, turns, files])
  return null
}
