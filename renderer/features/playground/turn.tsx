import { Brain, RotateCcw, Square, TriangleAlert, Wrench } from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import { useStore } from 'zustand'
import type { RunSummary } from '../../../shared/api/playground.ts'
import { Button } from '../../ui/button.tsx'
import { formatSpan } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { regenerate, stop } from './actions.ts'
import markdown from './markdown.module.css'
import { Block, Tail } from './markdown.tsx'
import { MetricLine } from './metric-line.tsx'
import type { Run, ToolCall } from './run-store.ts'
import type { Turn } from './store.ts'
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
}

export function TurnView({ turn, pane, last, nameModel }: TurnViewProps): ReactElement {
  const { run } = turn
  return (
    <article className={styles.turn} aria-label={`Answer of ${run.model}`}>
      <p className={styles.prompt}>{turn.prompt}</p>
      {nameModel && <p className={styles.model}>{run.model}</p>}
      <Reasoning run={run} />
      <div className={markdown.answer}>
        <Closed run={run} />
        <Open run={run} />
      </div>
      <ToolCalls run={run} />
      <Progress run={run} pane={pane} />
      <Outcome run={run} pane={pane} last={last} />
      {/* the last one's line is the foot of the pane */}
      {!last && <MetricLine run={run} />}
    </article>
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
  if (!has) return null
  return (
    <details className={styles.reasoning} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Brain aria-hidden size={14} />
        {tookMs === undefined ? 'Reasoning…' : `Reasoned for ${formatSpan(tookMs)}`}
      </summary>
      {open && <ReasoningText run={run} />}
    </details>
  )
}

function ReasoningText({ run }: { readonly run: Run }): ReactElement {
  return <p>{useStore(run.store, (state) => state.reasoning).trim()}</p>
}

function ToolCalls({ run }: { readonly run: Run }): ReactElement | null {
  const calls = useStore(run.store, (state) => state.toolCalls)
  if (calls.length === 0) return null
  return (
    <ul className={styles.tools}>
      {calls.map((call) => (
        <li key={call.index}>
          <Wrench aria-hidden size={14} />
          <span>
            Wants to call <code>{call.name}</code>
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
  const ticking = is === 'waiting' || is === 'answering'
  const now = useNow(100, ticking)
  if (!ticking) return null
  const quietMs = now - heardAt
  if (quietMs < QUIET_MS) return is === 'waiting' ? <p className={styles.waiting}>Waiting for the first token {formatElapsed(now - run.startedAt)}</p> : null
  return (
    <div className={styles.quiet}>
      <p>Nothing came for {Math.floor(quietMs / 1000)} s. Some models think this long; others are stuck.</p>
      <Button small icon={<Square aria-hidden className={styles.stop} strokeWidth={0} />} onClick={() => stop(pane)}>
        Stop
      </Button>
      <Button small icon={<RotateCcw aria-hidden />} onClick={() => regenerate(pane)}>
        Retry
      </Button>
    </div>
  )
}

/** In tenths of a second throughout, so that it counts evenly. */
function formatElapsed(ms: number): string {
  return ms < 60_000 ? `${(Math.max(0, ms) / 1000).toFixed(1)} s` : formatSpan(ms)
}

/** How it ended, when that was not simply well. */
function Outcome({ run, pane, last }: { readonly run: Run; readonly pane: string; readonly last: boolean }): ReactElement | null {
  const phase = useStore(run.store, (state) => state.phase)
  const unheard = useStore(run.store, (state) => state.closed.length === 0 && state.tail === '' && state.toolCalls.length === 0)
  switch (phase.is) {
    case 'waiting':
    case 'answering':
      return null
    case 'stopped':
      return <p className={styles.note}>Stopped after {formatSpan(phase.totalMs)}.</p>
    case 'lost':
      return <Failed message={phase.message} pane={pane} last={last} />
    case 'ended': {
      const { summary } = phase
      if (summary.outcome !== 'ok')
        return <Failed message={summary.message ?? 'The answer failed, and nobody said why.'} summary={summary} pane={pane} last={last} />
      if (summary.finish === 'length') return <p className={styles.note}>Cut off at the model’s output limit.</p>
      if (summary.finish === 'content-filter') return <p className={styles.note}>The provider’s content filter ended this answer.</p>
      return unheard ? <p className={styles.note}>The model answered with nothing.</p> : null
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
  return (
    <div className={styles.failed}>
      <TriangleAlert aria-hidden size={15} />
      <p>{message}</p>
      <div>
        {last && <RetryButton afterSeconds={summary?.retryAfterSeconds} onRetry={() => regenerate(pane)} />}
        {summary !== undefined && KEY_TROUBLE.has(summary.outcome) && <a href="#/providers">Look at the keys</a>}
      </div>
    </div>
  )
}

/** Counts the provider's wish down; pressing earlier is allowed, it may just fail again. */
function RetryButton({ afterSeconds, onRetry }: { readonly afterSeconds: number | undefined; readonly onRetry: () => void }): ReactElement {
  const [until] = useState(() => Date.now() + (afterSeconds ?? 0) * 1000)
  const now = useNow(1_000, afterSeconds !== undefined && Date.now() < until)
  const left = Math.ceil((until - now) / 1000)
  return (
    <Button small icon={<RotateCcw aria-hidden />} onClick={onRetry}>
      Try again{left > 0 && ` (best in ${left} s)`}
    </Button>
  )
}
