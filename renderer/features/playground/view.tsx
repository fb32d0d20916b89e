import { Eraser, Plus } from 'lucide-react'
import { type ReactElement, useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import type { NanoUsd } from '../../../shared/money.ts'
import { formatUsd } from '../../../shared/money.ts'
import { useMirror } from '../../client/mirror.ts'
import { models } from '../../client/mirrors.ts'
import { Button } from '../../ui/button.tsx'
import { modHint } from '../../ui/keyboard.ts'
import { addPane, clearConversation } from './actions.ts'
import { announcement } from './announcer.ts'
import { Composer } from './composer.tsx'
import { groupModels } from './model-list.ts'
import { PaneView } from './pane.tsx'
import { playgroundKey } from './shortcuts.ts'
import { type Conversation, isEmpty, MOST_PANES, useConversation, useDesk } from './store.ts'
import styles from './view.module.css'

/** Compare: one question, two to six models, side by side. */
export function PlaygroundView(): ReactElement {
  const list = useMirror(models)
  const panes = useDesk((desk) => desk.panes)
  const rows = list.is === 'ready' ? list.value : undefined
  const groups = useMemo(() => groupModels(rows ?? []), [rows])
  const byId = useMemo(() => new Map(rows?.map((row) => [row.id, row])), [rows])

  useEffect(() => {
    window.addEventListener('keydown', playgroundKey)
    return () => window.removeEventListener('keydown', playgroundKey)
  }, [])

  return (
    <div className={styles.view}>
      <Toolbar full={panes.length >= MOST_PANES} />
      {list.is === 'failed' && (
        <p className={styles.failed} role="alert">
          The list of models could not be read. {list.failure.message}
        </p>
      )}
      <div className={styles.panes}>
        {panes.map((pane, index) => (
          <PaneView key={pane.id} pane={pane} index={index} groups={groups} row={byId.get(pane.model)} known={rows !== undefined} />
        ))}
      </div>
      <Composer />
      <p className="visually-hidden" role="status">
        {useStore(announcement).text}
      </p>
    </div>
  )
}

function Toolbar({ full }: { readonly full: boolean }): ReactElement {
  const empty = useConversation(isEmpty)
  return (
    <header className={styles.toolbar}>
      <h1>Compare</h1>
      {!empty && <Spent />}
      <span className={styles.fill} />
      <Button small variant="quiet" icon={<Eraser aria-hidden />} disabled={empty} onClick={clearConversation}>
        Clear
      </Button>
      <Button small icon={<Plus aria-hidden />} disabled={full} title={full ? 'Six is the most' : `Add a model (${modHint('\\')})`} onClick={() => addPane()}>
        Add model
      </Button>
    </header>
  )
}

/** What this conversation has cost so far. Drawn anew when a run ends, not with every token. */
function Spent(): ReactElement {
  const conversation = useConversation()
  const { cost, unknown } = spentOn(conversation)
  return (
    <span className={styles.spent} title={unknown === 0 ? 'Cost of this conversation' : `Cost of this conversation; ${unknown} answers have no known cost`}>
      {formatUsd(cost)}
      {unknown > 0 && '+'} so far
    </span>
  )
}

export function spentOn(conversation: Conversation): { readonly cost: NanoUsd; readonly unknown: number } {
  let cost = 0
  let unknown = 0
  for (const { run } of Object.values(conversation.turns).flat()) {
    const { phase } = run.store.getState()
    if (phase.is === 'waiting' || phase.is === 'answering') continue
    if (phase.is === 'ended' && phase.summary.cost !== undefined) cost += phase.summary.cost
    else unknown += 1
  }
  return { cost: cost as NanoUsd, unknown }
}
