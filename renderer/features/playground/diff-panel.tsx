import { type ReactElement, useMemo } from 'react'
import { useStore } from 'zustand'
import { useTexts } from '../../i18n/texts.ts'
import { Drawer } from '../../ui/drawer.tsx'
import styles from './diff-panel.module.css'
import { toggleDiff, useDiff } from './diff-store.ts'
import type { Run, RunState } from './run-store.ts'
import { letterOf, type Pane, turnsOf, useConversation, useDesk } from './store.ts'
import { texts } from './texts.ts'
import { sameShare, wordDiff } from './word-diff.ts'

/** The newest answers of two panes, word by word. */
export function DiffPanel(): ReactElement | null {
  const t = useTexts(texts)
  const { open, one, other } = useDiff()
  const panes = useDesk((desk) => desk.panes)
  const conversation = useConversation()
  if (!open || panes.length < 2) return null
  const runOf = (place: number): Run | undefined => turnsOf(conversation, panes[place]?.id ?? '').at(-1)?.run
  const [first, second] = [runOf(one), runOf(other)]
  return (
    <Drawer label={t.diff.title} name="diff" title={t.diff.title} onClose={toggleDiff}>
      <div className={styles.choice}>
        <Which label={t.diff.from} panes={panes} value={one} onValue={(place) => useDiff.setState({ one: place })} />
        <span aria-hidden>→</span>
        <Which label={t.diff.to} panes={panes} value={other} onValue={(place) => useDiff.setState({ other: place })} />
      </div>
      {first === undefined || second === undefined ? <p className={styles.note}>{t.diff.nothing}</p> : <Compared one={first} other={second} />}
    </Drawer>
  )
}

interface WhichProps {
  readonly label: string
  readonly panes: readonly Pane[]
  readonly value: number
  readonly onValue: (place: number) => void
}

function Which({ label, panes, value, onValue }: WhichProps): ReactElement {
  return (
    <select aria-label={label} value={value} onChange={(event) => onValue(Number(event.target.value))}>
      {panes.map((pane, index) => (
        <option key={pane.id} value={index}>
          {letterOf(index)}
        </option>
      ))}
    </select>
  )
}

function Compared({ one, other }: { readonly one: Run; readonly other: Run }): ReactElement {
  const t = useTexts(texts)
  // while they are written the words change with every frame: only finished answers are compared
  const oneOver = useStore(one.store, isOver)
  const otherOver = useStore(other.store, isOver)
  const parts = useMemo(() => (oneOver && otherOver ? wordDiff(one.text(), other.text()) : undefined), [one, other, oneOver, otherOver])
  if (!oneOver || !otherOver) return <p className={styles.note}>{t.diff.later}</p>
  if (parts === undefined) return <p className={styles.note}>{t.diff.tooDifferent}</p>
  return (
    <>
      <p className={styles.note}>{t.diff.same(Math.round(sameShare(parts) * 100))}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which the keyboard must be able to do */}
      <section className={styles.text} tabIndex={0} aria-label={t.diff.title}>
        {parts.map(({ is, text }, index) => {
          const Mark = is === 'added' ? 'ins' : is === 'removed' ? 'del' : 'span'
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts are made anew together
          return <Mark key={index}>{text}</Mark>
        })}
      </section>
    </>
  )
}

function isOver({ phase }: RunState): boolean {
  return phase.is !== 'waiting' && phase.is !== 'answering'
}
