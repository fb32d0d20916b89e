import { ArrowDown, RotateCcw, Square, X } from 'lucide-react'
import { type ReactElement, useEffect } from 'react'
import { useStore } from 'zustand'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { chooseModel, regenerate, removePane, stop } from './actions.ts'
import { MetricLine } from './metric-line.tsx'
import { contextLine, type ModelGroup, priceOf } from './model-list.ts'
import { ModelPicker } from './model-picker.tsx'
import styles from './pane.module.css'
import { FEWEST_PANES, letterOf, type Pane, turnsOf, useConversation, useDesk } from './store.ts'
import { TurnView } from './turn.tsx'
import { useStickToEnd } from './use-stick-to-end.ts'

interface PaneViewProps {
  readonly pane: Pane
  readonly index: number
  readonly groups: readonly ModelGroup[]
  /** undefined while the list loads, and for a model that is not on it. */
  readonly row: ModelRow | undefined
  readonly known: boolean
}

export function PaneView({ pane, index, groups, row, known }: PaneViewProps): ReactElement {
  const letter = letterOf(index)
  const turns = useStore(useConversation, (conversation) => turnsOf(conversation, pane.id))
  const running = useStore(useConversation, (conversation) => conversation.running.includes(pane.id))
  const removable = useDesk((desk) => desk.panes.length > FEWEST_PANES)
  const last = turns.at(-1)
  const { scroller, content, away, toEnd } = useStickToEnd(turns.length > 0)

  // A new question is always shown, wherever one was reading.
  useEffect(() => {
    if (turns.length > 0) toEnd()
  }, [turns.length, toEnd])

  return (
    <section className={styles.pane} aria-label={`Pane ${letter}, ${row?.name ?? pane.model}`} data-pane={index + 1}>
      <header className={styles.header}>
        <h2 className={styles.letter} aria-label={`Pane ${letter}`}>
          {letter}
        </h2>
        <ModelPicker groups={groups} model={pane.model} row={row} label={`Model of pane ${letter}`} onChoose={(model) => chooseModel(pane.id, model)} />
        {row?.simulated && <span className={styles.chip}>Simulated</span>}
        <span className={styles.actions}>
          {running ? (
            <IconButton small label={`Stop ${letter}`} onClick={() => stop(pane.id)}>
              <Square aria-hidden className={styles.stop} strokeWidth={0} />
            </IconButton>
          ) : (
            <IconButton small label={`Regenerate ${letter}`} disabled={turns.length === 0} onClick={() => regenerate(pane.id)}>
              <RotateCcw aria-hidden />
            </IconButton>
          )}
          <IconButton small label={`Remove ${letter}`} disabled={!removable} onClick={() => removePane(pane.id)}>
            <X aria-hidden />
          </IconButton>
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which the keyboard must be able to do */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls, this groups answers */}
      <div ref={scroller} className={styles.scroller} tabIndex={0} role="group" aria-label={`Answers of ${letter}`} aria-busy={running}>
        <div ref={content} className={styles.content}>
          {turns.length === 0 && <Idle row={row} model={pane.model} known={known} />}
          {turns.map((turn) => (
            <TurnView key={turn.id} turn={turn} pane={pane.id} last={turn === last} nameModel={turn.run.model !== pane.model} />
          ))}
        </div>
      </div>
      {last !== undefined && (
        <footer className={styles.footer}>
          <MetricLine run={last.run} />
        </footer>
      )}
      {away && (
        <Button small className={styles.toEnd} icon={<ArrowDown aria-hidden />} onClick={toEnd}>
          Latest
        </Button>
      )}
    </section>
  )
}

/** Before the first question: what one should know of the model. */
function Idle({ row, model, known }: { readonly row: ModelRow | undefined; readonly model: string; readonly known: boolean }): ReactElement | null {
  if (!known) return <div className={styles.skeleton} aria-hidden />
  if (row === undefined) {
    return (
      <p className={styles.hint}>
        No endpoint offers <code>{model}</code> now. Choose another model above, or add a key under <a href="#/providers">Providers</a>.
      </p>
    )
  }
  const prices = row.price?.microUsdPerMillion
  return (
    <div className={styles.idle}>
      <dl>
        <Fact term="Name">
          <code>{row.id}</code>
        </Fact>
        <Fact term="Context">{contextLine(row.context) === undefined ? 'n/a' : `${contextLine(row.context)} tokens`}</Fact>
        {row.simulated ? (
          <Fact term="Price">free</Fact>
        ) : (
          <>
            <Fact term="Input, per 1M tokens">{priceOf(prices?.input)}</Fact>
            <Fact term="Output, per 1M tokens">{priceOf(prices?.output)}</Fact>
          </>
        )}
        {row.can !== undefined && <Fact term="Can">{row.can.length === 0 ? 'text only' : row.can.map((need) => ABILITIES[need]).join(', ')}</Fact>}
      </dl>
      {row.simulated && <p className={styles.hint}>Its answers are made up by Switchyard itself: no key, no cost, nothing leaves this machine.</p>}
      {row.unusableBecause !== undefined && <p className={styles.hint}>{row.unusableBecause}</p>}
    </div>
  )
}

const ABILITIES: Readonly<Record<NonNullable<ModelRow['can']>[number], string>> = {
  tools: 'tools',
  vision: 'images',
  'json-schema': 'JSON schema',
  reasoning: 'reasoning',
  audio: 'audio',
  documents: 'documents',
}

function Fact({ term, children }: { readonly term: string; readonly children: React.ReactNode }): ReactElement {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
