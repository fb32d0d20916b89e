import { ArrowDown, Link2Off, RotateCcw, Square, X } from 'lucide-react'
import { memo, type ReactElement, useEffect } from 'react'
import { useStore } from 'zustand'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { regenerate, stop } from './actions.ts'
import { chooseModel, removePane } from './desk-actions.ts'
import { MetricLine } from './metric-line.tsx'
import { lackingFor } from './modality.ts'
import { contextLine, type ModelGroup, priceOf } from './model-list.ts'
import { ModelPicker } from './model-picker.tsx'
import styles from './pane.module.css'
import { PaneMenu } from './pane-menu.tsx'
import { useScrollSync } from './scroll-sync.ts'
import { SettingsPopover } from './settings-popover.tsx'
import { FEWEST_PANES, filesOf, isHidden, letterOf, type Pane, turnsOf, useConversation, useDesk } from './store.ts'
import { texts } from './texts.ts'
import { TurnView } from './turn.tsx'
import { useStickToEnd } from './use-stick-to-end.ts'
import { WarmNotice } from './warm-notice.tsx'

interface PaneViewProps {
  readonly pane: Pane
  readonly index: number
  readonly groups: readonly ModelGroup[]
  /** undefined while the list loads, and for a model that is not on it. */
  readonly row: ModelRow | undefined
  readonly known: boolean
}

/** Not drawn again while a question is typed or another pane answers. */
export const PaneView = memo(function PaneView({ pane, index, groups, row, known }: PaneViewProps): ReactElement {
  const t = useTexts(texts)
  const letter = letterOf(index)
  const turns = useStore(useConversation, (conversation) => turnsOf(conversation, pane.id))
  const running = useStore(useConversation, (conversation) => conversation.running.includes(pane.id))
  const active = useDesk((desk) => desk.active)
  const blind = useDesk((desk) => desk.blind)
  const hidden = useConversation((conversation) => isHidden({ blind, active }, conversation))
  const removable = useDesk((desk) => desk.panes.length > FEWEST_PANES)
  const syncScroll = useDesk((desk) => desk.syncScroll)
  const lacking = useConversation((conversation) => lackingFor(filesOf(conversation, active), row))
  const last = turns.at(-1)
  const { scroller, content, away, toEnd } = useStickToEnd(turns.length > 0)
  useScrollSync(scroller, syncScroll)

  // A new question is always shown, wherever one was reading.
  useEffect(() => {
    if (turns.length > 0) toEnd()
  }, [turns.length, toEnd])

  const name = hidden ? t.hiddenModel : (row?.name ?? pane.model)
  return (
    <section className={styles.pane} aria-label={t.pane.label(letter, name)} data-pane={index + 1}>
      <header className={styles.header}>
        <h2 className={styles.letter} aria-label={t.pane.heading(letter)}>
          {letter}
        </h2>
        {hidden ? (
          <span className={styles.hidden}>{t.hiddenModel}</span>
        ) : (
          <ModelPicker
            groups={groups}
            model={pane.model}
            row={row}
            label={t.pane.model(letter)}
            onChoose={(model) => chooseModel(pane.id, model)}
            notice={turns.length > 0 && <WarmNotice pane={pane.id} leaving="model" />}
          />
        )}
        {!hidden && row?.simulated && <span className={styles.chip}>{t.simulated}</span>}
        {pane.own !== undefined && <Link2Off className={styles.unlinked} size={14} role="img" aria-label={t.settings.unlinked} />}
        <span className={styles.actions}>
          <SettingsPopover pane={pane} letter={letter} />
          {running ? (
            <IconButton small label={t.pane.stop(letter)} onClick={() => stop(pane.id)}>
              <Square aria-hidden className={styles.stop} strokeWidth={0} />
            </IconButton>
          ) : (
            <IconButton small label={t.pane.regenerate(letter)} disabled={turns.length === 0} onClick={() => regenerate(pane.id)}>
              <RotateCcw aria-hidden />
            </IconButton>
          )}
          <PaneMenu pane={pane} index={index} letter={letter} hidden={hidden} />
          <IconButton small label={t.pane.remove(letter)} disabled={!removable} onClick={() => removePane(pane.id)}>
            <X aria-hidden />
          </IconButton>
        </span>
      </header>
      {lacking !== undefined && (
        <p className={styles.lacking} role="status">
          {t.lacking[lacking](name)}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which the keyboard must be able to do */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls, this groups answers */}
      <div ref={scroller} className={styles.scroller} tabIndex={0} role="group" aria-label={t.pane.answers(letter)} aria-busy={running}>
        <div ref={content} className={styles.content}>
          {turns.length === 0 && !hidden && <Idle row={row} model={pane.model} known={known} />}
          {turns.map((turn) => (
            <TurnView key={turn.id} turn={turn} pane={pane.id} last={turn === last} nameModel={!hidden && turn.run.model !== pane.model} hidden={hidden} />
          ))}
        </div>
      </div>
      {last !== undefined && <footer className={styles.footer}>{!hidden && <MetricLine run={last.run} />}</footer>}
      {away && (
        <Button small className={styles.toEnd} icon={<ArrowDown aria-hidden />} onClick={toEnd}>
          {t.pane.latest}
        </Button>
      )}
    </section>
  )
})

/** Before the first question: what one should know of the model. */
function Idle({ row, model, known }: { readonly row: ModelRow | undefined; readonly model: string; readonly known: boolean }): ReactElement | null {
  const t = useTexts(texts).idle
  if (!known) return <div className={styles.skeleton} aria-hidden />
  if (row === undefined) {
    return (
      <p className={styles.hint}>
        {t.unknown(model)} <a href="#/providers">{t.providers}</a>
      </p>
    )
  }
  const prices = row.price?.microUsdPerMillion
  return (
    <div className={styles.idle}>
      <dl>
        <Fact term={t.name}>
          <code>{row.id}</code>
        </Fact>
        <Fact term={t.context}>{contextLine(row.context) === undefined ? 'n/a' : t.tokens(contextLine(row.context) ?? '')}</Fact>
        {row.simulated ? (
          <Fact term={t.price}>{t.free}</Fact>
        ) : (
          <>
            <Fact term={t.input}>{priceOf(prices?.input)}</Fact>
            <Fact term={t.output}>{priceOf(prices?.output)}</Fact>
          </>
        )}
        {row.can !== undefined && <Fact term={t.can}>{row.can.length === 0 ? t.textOnly : row.can.map((need) => t.abilities[need]).join(', ')}</Fact>}
      </dl>
      {row.simulated && <p className={styles.hint}>{t.simulated}</p>}
      {row.unusableBecause !== undefined && <p className={styles.hint}>{row.unusableBecause}</p>}
    </div>
  )
}

function Fact({ term, children }: { readonly term: string; readonly children: React.ReactNode }): ReactElement {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
