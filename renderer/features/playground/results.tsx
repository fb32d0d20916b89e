import { ChevronRight, Coins, Text, Zap } from 'lucide-react'
import { type ReactElement, type ReactNode, useMemo, useState, useSyncExternalStore } from 'react'
import type { NanoUsd } from '../../../shared/money.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, classes } from '../../ui/button.tsx'
import { formatCount, formatMoney, formatSpan } from '../../ui/figures.ts'
import { reveal } from './desk-actions.ts'
import styles from './results.module.css'
import type { Run } from './run-store.ts'
import { isHidden, letterOf, turnsOf, useConversation, useDesk } from './store.ts'
import { texts } from './texts.ts'
import { votable, vote } from './vote-actions.ts'
import { type Finished, finishedOf, type Winner, waterfallOf, winnersOf } from './winners.ts'

/** One line under the panes from the first question on, so that nothing moves when there is something to say: who was ahead, or the vote. */
export function Results(): ReactElement | null {
  const desk = useDesk()
  const conversation = useConversation()
  const newest = desk.panes.map((pane) => turnsOf(conversation, pane.id).at(-1))
  const question = newest.find((turn) => turn !== undefined)?.question
  if (desk.panes.length < 2 || question === undefined) return null
  const runs = newest.flatMap((turn, place) => (turn?.question === question ? [{ pane: desk.panes[place]?.id ?? '', run: turn.run }] : []))
  return <div className={styles.results}>{isHidden(desk, conversation) ? <VoteLine /> : <WinnerLine runs={runs} />}</div>
}

function VoteLine(): ReactElement {
  const t = useTexts(texts)
  const desk = useDesk()
  const conversation = useConversation()
  const on = votable(desk, conversation)
  if (on === undefined) return <p className={styles.quiet}>{t.votes.later}</p>
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset lays itself out in its own way
    <div className={styles.vote} role="group" aria-label={t.votes.which}>
      <b>{t.votes.which}</b>
      {on.places.map((place) => (
        <Button key={place} small onClick={() => void vote({ is: 'place', place })} title={String(place + 1)}>
          {letterOf(place)}
        </Button>
      ))}
      <Button small onClick={() => void vote({ is: 'tie' })} title="0">
        {t.votes.tie}
      </Button>
      <Button small onClick={() => void vote({ is: 'both-bad' })} title="9">
        {on.places.length > 2 ? t.votes.allBad : t.votes.bothBad}
      </Button>
      <label className={styles.tag}>
        {t.votes.tag}
        <input value={desk.tag} maxLength={40} list="vote-tags" onChange={(event) => useDesk.setState({ tag: event.target.value.toLowerCase() })} />
      </label>
      <datalist id="vote-tags">
        {Object.entries(t.votes.tags).map(([tag, name]) => (
          <option key={tag} value={tag}>
            {name}
          </option>
        ))}
      </datalist>
      <Button small variant="quiet" onClick={reveal}>
        {t.votes.reveal}
      </Button>
    </div>
  )
}

interface PaneRun {
  readonly pane: string
  readonly run: Run
}

/** The good answers among the runs; the same array until one more has ended. */
function useFinished(runs: readonly PaneRun[]): readonly Finished[] {
  const key = useSyncExternalStore(
    (changed) => {
      const stops = runs.map(({ run }) => run.store.subscribe((state, before) => state.phase !== before.phase && changed()))
      return () => {
        for (const stop of stops) stop()
      }
    },
    () => runs.map(({ run }) => run.store.getState().phase.is).join(),
  )
  const ids = runs.map(({ pane, run }) => `${pane}${run.startedAt}`).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys stand for the runs and their phases
  return useMemo(() => runs.flatMap(({ pane, run }) => finishedOf(pane, run.store.getState()) ?? []), [key, ids])
}

function WinnerLine({ runs }: { readonly runs: readonly PaneRun[] }): ReactElement {
  const t = useTexts(texts)
  const panes = useDesk((desk) => desk.panes)
  const [open, setOpen] = useState(false)
  const finished = useFinished(runs)
  const running = useConversation((conversation) => runs.some(({ pane }) => conversation.running.includes(pane)))
  if (running || finished.length < 2) return <p className={styles.quiet}>{running ? t.winners.later : t.winners.none}</p>
  const letter = (pane: string) => letterOf(panes.findIndex(({ id }) => id === pane))
  const { fastest, cheapest, longest } = winnersOf(finished)
  return (
    <>
      {open && <Waterfall finished={finished} letter={letter} />}
      <div className={styles.line}>
        <Crown icon={<Zap aria-hidden size={13} />} label={t.winners.fastest} winner={fastest} letter={letter} format={formatSpan} />
        <Crown
          icon={<Coins aria-hidden size={13} />}
          label={t.winners.cheapest}
          winner={cheapest}
          letter={letter}
          format={(cost) => formatMoney(cost as NanoUsd)}
        />
        <Crown
          icon={<Text aria-hidden size={13} />}
          label={t.winners.longest}
          winner={longest}
          letter={letter}
          format={(tokens) => `${formatCount(tokens)} tok`}
        />
        <Button
          small
          variant="quiet"
          aria-expanded={open}
          className={classes(styles.toggle, open && styles.open)}
          icon={<ChevronRight aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          {t.winners.waterfall}
        </Button>
      </div>
    </>
  )
}

interface CrownProps {
  readonly icon: ReactNode
  readonly label: string
  readonly winner: Winner | undefined
  readonly letter: (pane: string) => string
  readonly format: (value: number) => string
}

function Crown({ icon, label, winner, letter, format }: CrownProps): ReactElement {
  const t = useTexts(texts)
  return (
    <span className={styles.crown} title={winner === undefined ? t.winners.tied : undefined}>
      {icon}
      {label}
      {winner === undefined ? (
        <i>–</i>
      ) : (
        <>
          <b>{letter(winner.pane)}</b> <i>{format(winner.value)}</i>
        </>
      )}
    </span>
  )
}

/** How long each waited and wrote, as bars with the numbers beside them. */
function Waterfall({ finished, letter }: { readonly finished: readonly Finished[]; readonly letter: (pane: string) => string }): ReactElement {
  const t = useTexts(texts)
  return (
    <table className={styles.waterfall}>
      <caption className="visually-hidden">{t.winners.waterfall}</caption>
      <thead className="visually-hidden">
        <tr>
          <th>{t.winners.pane}</th>
          <th>{t.winners.bars}</th>
          <th>{t.winners.waited}</th>
          <th>{t.winners.wrote}</th>
        </tr>
      </thead>
      <tbody>
        {waterfallOf(finished).map(({ pane, waitMs, writeMs, waitShare, writeShare }) => (
          <tr key={pane}>
            <th scope="row">{letter(pane)}</th>
            <td className={styles.bars}>
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect className={styles.wait} x="0" y="0" width={waitShare * 100} height="8" />
                <rect className={styles.write} x={waitShare * 100} y="0" width={writeShare * 100} height="8" />
              </svg>
            </td>
            <td>{t.winners.wait(formatSpan(waitMs))}</td>
            <td>{t.winners.write(formatSpan(writeMs))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
