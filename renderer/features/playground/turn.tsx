import { Brain, ChevronLeft, ChevronRight, FileText, GitFork, Pencil, RotateCcw, Square, TriangleAlert, Wrench } from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import { useStore } from 'zustand'
import type { RunSummary } from '../../../shared/api/playground.ts'
import { useTexts } from '../../i18n/texts.ts'
import { told } from '../../messages/words.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { formatSpan } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { AnswerWhy } from '../routing/auto/answer-why.tsx'
import { regenerate, rerun, showBranch, stop } from './actions.ts'
import { forkTab } from './desk-actions.ts'
import markdown from './markdown.module.css'
import { Block, Tail } from './markdown.tsx'
import { MetricLine } from './metric-line.tsx'
import type { Run, ToolCall } from './run-store.ts'
import type { Turn } from './store.ts'
import { texts } from './texts.ts'
import styles from './turn.module.css'

/** A stream this quiet may have died without saying so; whether to wait is the user's choice. */
const QUIET_MS = 10_000

interface TurnViewProps {
  readonly turn: Turn
  readonly pane: string
  /** Only the last turn of a pane can be asked again. */
  readonly last: boolean
  /** The pane has another model by now, so the answer says whose it is. */
  readonly nameModel: boolean
  /** Nothing may tell which model it is. */
  readonly hidden: boolean
}

export function TurnView({ turn, pane, last, nameModel, hidden }: TurnViewProps): ReactElement {
  const t = useTexts(texts).turn
  const { run } = turn
  return (
    <article className={styles.turn} aria-label={hidden ? t.hiddenAnswer : t.answer(run.model)}>
      <Question turn={turn} pane={pane} />
      {nameModel && <p className={styles.model}>{run.model}</p>}
      <Reasoning run={run} />
      <div className={markdown.answer} dir="auto">
        <Closed run={run} />
        <Open run={run} />
      </div>
      <ToolCalls run={run} />
      <Progress run={run} pane={pane} />
      <Outcome run={run} pane={pane} last={last} hidden={hidden} />
      {!hidden && <Chosen run={run} />}
      {/* the last one's line is the foot of the pane */}
      {!last && !hidden && <MetricLine run={run} />}
    </article>
  )
}

/** The question, what can be done with it, and which of its answers is shown. */
function Question({ turn, pane }: { readonly turn: Turn; readonly pane: string }): ReactElement {
  const t = useTexts(texts).turn
  const [editing, setEditing] = useState<'no' | 'yes' | 'cancelled'>('no')
  if (editing === 'yes') return <Editor turn={turn} pane={pane} onDone={() => setEditing('no')} onCancel={() => setEditing('cancelled')} />
  const { shown, branches } = turn
  return (
    <div className={styles.question}>
      {turn.files.length > 0 && (
        <ul className={styles.attached} aria-label={t.files}>
          {turn.files.map((file, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: files of an asked question never change
            <li key={index}>
              <FileText aria-hidden size={13} /> {file.name}
            </li>
          ))}
        </ul>
      )}
      {turn.prompt !== '' && (
        <p className={styles.prompt} dir="auto">
          {turn.prompt}
        </p>
      )}
      <span className={styles.questionTools}>
        {branches.length > 1 && (
          <span className={styles.siblings}>
            <IconButton small label={t.previous} disabled={shown === 0} onClick={() => showBranch(pane, turn.id, shown - 1)}>
              <ChevronLeft aria-hidden />
            </IconButton>
            <span aria-label={t.sibling(shown + 1, branches.length)} role="img">
              {shown + 1}/{branches.length}
            </span>
            <IconButton small label={t.next} disabled={shown === branches.length - 1} onClick={() => showBranch(pane, turn.id, shown + 1)}>
              <ChevronRight aria-hidden />
            </IconButton>
          </span>
        )}
        {/* in the place of the field that had the focus */}
        <IconButton small label={t.edit} autoFocus={editing === 'cancelled'} onClick={() => setEditing('yes')}>
          <Pencil aria-hidden />
        </IconButton>
        <IconButton small label={t.fork} onClick={() => forkTab(turn.question, t.forkName(turn.prompt.slice(0, 24)))}>
          <GitFork aria-hidden />
        </IconButton>
      </span>
    </div>
  )
}

interface EditorProps {
  readonly turn: Turn
  readonly pane: string
  readonly onDone: () => void
  readonly onCancel: () => void
}

function Editor({ turn, pane, onDone, onCancel }: EditorProps): ReactElement {
  const t = useTexts(texts).turn
  const [prompt, setPrompt] = useState(turn.prompt)
  const go = (only: string | undefined) => {
    rerun(turn, prompt, only)
    onDone()
  }
  return (
    <div className={styles.editor}>
      <textarea
        dir="auto"
        // biome-ignore lint/a11y/noAutofocus: it takes the place of what was pressed
        autoFocus
        value={prompt}
        rows={3}
        aria-label={t.edit}
        onChange={(event) => setPrompt(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel()
          else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) go(event.shiftKey ? pane : undefined)
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <Button small variant="primary" disabled={prompt.trim() === ''} onClick={() => go(undefined)}>
        {t.rerunAll}
      </Button>
      <Button small disabled={prompt.trim() === ''} onClick={() => go(pane)}>
        {t.rerunHere}
      </Button>
      <Button small variant="quiet" onClick={onCancel}>
        {t.cancel}
      </Button>
    </div>
  )
}

function Closed({ run }: { readonly run: Run }): ReactNode {
  const blocks = useStore(run.store, (state) => state.closed)
  return blocks.map((text, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever added at the end, so their place is their name
    <Block key={index} text={text} />
  ))
}

/** Hears every flush, as does the metric line; nothing else does. */
function Open({ run }: { readonly run: Run }): ReactElement {
  const text = useStore(run.store, (state) => state.tail)
  return <Tail text={text} />
}

function Reasoning({ run }: { readonly run: Run }): ReactElement | null {
  const has = useStore(run.store, (state) => state.reasoning !== '')
  const tookMs = useStore(run.store, (state) => state.reasoningMs)
  const [open, setOpen] = useState(false)
  const t = useTexts(texts).turn
  if (!has) return null
  return (
    <details className={styles.reasoning} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Brain aria-hidden size={14} />
        {tookMs === undefined ? t.reasoning : t.reasoned(formatSpan(tookMs))}
      </summary>
      {open && <ReasoningText run={run} />}
    </details>
  )
}

function ReasoningText({ run }: { readonly run: Run }): ReactElement {
  return <p dir="auto">{useStore(run.store, (state) => state.reasoning).trim()}</p>
}

function ToolCalls({ run }: { readonly run: Run }): ReactElement | null {
  const calls = useStore(run.store, (state) => state.toolCalls)
  const t = useTexts(texts).turn
  if (calls.length === 0) return null
  return (
    <ul className={styles.tools}>
      {calls.map((call) => (
        <li key={call.index}>
          <Wrench aria-hidden size={14} />
          <span>
            {t.wantsToCall} <code>{call.name}</code>
          </span>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, which the keyboard must be able to do */}
          <pre tabIndex={0}>{readable(call)}</pre>
        </li>
      ))}
    </ul>
  )
}

function readable({ arguments: text }: ToolCall): string {
  try {
    return JSON.stringify(JSON.parse(text === '' ? '{}' : text), null, 2)
  } catch {
    // still being written, or broken by the model: shown as it came
    return text
  }
}

/** What there is to say while it runs: how long already, and after a long silence what to do. */
function Progress({ run, pane }: { readonly run: Run; readonly pane: string }): ReactElement | null {
  const is = useStore(run.store, (state) => state.phase.is)
  const heardAt = useStore(run.store, (state) => state.heardAt)
  const t = useTexts(texts).turn
  const ticking = is === 'waiting' || is === 'answering'
  const now = useNow(100, ticking)
  if (!ticking) return null
  const quietMs = now - heardAt
  if (quietMs < QUIET_MS) return is === 'waiting' ? <p className={styles.waiting}>{t.waiting(formatElapsed(now - run.startedAt))}</p> : null
  return (
    <div className={styles.quiet}>
      <p>{t.quiet(Math.floor(quietMs / 1000))}</p>
      <Button small icon={<Square aria-hidden className={styles.stop} strokeWidth={0} />} onClick={() => stop(pane)}>
        {t.stop}
      </Button>
      <Button small icon={<RotateCcw aria-hidden />} onClick={() => regenerate(pane)}>
        {t.retry}
      </Button>
    </div>
  )
}

/** In tenths of a second throughout, so that it counts evenly. */
function formatElapsed(ms: number): string {
  return ms < 60_000 ? `${(Math.max(0, ms) / 1000).toFixed(1)} s` : formatSpan(ms)
}

/** Why this model, where another name than a model's was asked for. */
function Chosen({ run }: { readonly run: Run }): ReactElement | null {
  const id = useStore(run.store, (state) => state.id)
  const cost = useStore(run.store, ({ phase }) => (phase.is === 'ended' ? phase.summary.cost : undefined))
  const chosen = useStore(run.store, ({ phase, servedBy }) => phase.is === 'ended' && phase.summary.outcome === 'ok' && servedBy !== run.model)
  return id === undefined || !chosen ? null : <AnswerWhy request={id} cost={cost} />
}

/** How it ended, when that was not simply well. */
interface OutcomeProps {
  readonly run: Run
  readonly pane: string
  readonly last: boolean
  readonly hidden: boolean
}

function Outcome({ run, pane, last, hidden }: OutcomeProps): ReactElement | null {
  const t = useTexts(texts).turn
  const phase = useStore(run.store, (state) => state.phase)
  const unheard = useStore(run.store, (state) => state.closed.length === 0 && state.tail === '' && state.toolCalls.length === 0)
  switch (phase.is) {
    case 'waiting':
    case 'answering':
      return null
    case 'stopped':
      return <p className={styles.note}>{t.stopped(formatSpan(phase.totalMs))}</p>
    case 'lost':
      return <Failed message={hidden ? t.hiddenFailure : phase.message} pane={pane} last={last} />
    case 'ended': {
      const { summary } = phase
      if (summary.outcome !== 'ok')
        return (
          <Failed
            message={hidden ? t.hiddenFailure : summary.message === undefined ? t.failedSilently : told({ message: summary.message, said: summary.said })}
            summary={summary}
            pane={pane}
            last={last}
          />
        )
      if (summary.finish === 'length') return <p className={styles.note}>{t.cutOff}</p>
      if (summary.finish === 'content-filter') return <p className={styles.note}>{t.filtered}</p>
      return unheard ? <p className={styles.note}>{t.nothing}</p> : null
    }
  }
}

interface FailedProps {
  readonly message: string
  readonly summary?: RunSummary
  readonly pane: string
  readonly last: boolean
}

const KEY_TROUBLE: ReadonlySet<RunSummary['outcome']> = new Set(['no-credential', 'credential-refused', 'out-of-credit'])

function Failed({ message, summary, pane, last }: FailedProps): ReactElement {
  const t = useTexts(texts).turn
  return (
    <div className={styles.failed}>
      <TriangleAlert aria-hidden size={15} />
      <p>{message}</p>
      <div>
        {last && <RetryButton afterSeconds={summary?.retryAfterSeconds} onRetry={() => regenerate(pane)} />}
        {summary !== undefined && KEY_TROUBLE.has(summary.outcome) && <a href="#/providers">{t.keys}</a>}
      </div>
    </div>
  )
}

/** Counts the provider's wish down; pressing earlier is allowed, it may just fail again. */
function RetryButton({ afterSeconds, onRetry }: { readonly afterSeconds: number | undefined; readonly onRetry: () => void }): ReactElement {
  const [until] = useState(() => Date.now() + (afterSeconds ?? 0) * 1000)
  const now = useNow(1_000, afterSeconds !== undefined && Date.now() < until)
  const t = useTexts(texts).turn
  const left = Math.ceil((until - now) / 1000)
  return (
    <Button small icon={<RotateCcw aria-hidden />} onClick={onRetry}>
      {left > 0 ? t.tryAgainIn(left) : t.tryAgain}
    </Button>
  )
}
