/**
 * One running answer. Each has a store of its own, outside any list, so that a token of one pane draws nothing in another. Text gathers in a string
 * and reaches the store once per animation frame; a timer does it where no frames come, as in a hidden window.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RunEvent, RunSummary } from '../../../shared/api/playground.ts'
import { StreamError } from '../../../shared/contract.ts'
import type { EndpointId, Ms, RequestId } from '../../../shared/ids.ts'
import type { AttemptFailure } from '../../../shared/messages/attempts.ts'
import type { Said } from '../../../shared/messages/message.ts'
import { words } from '../../messages/words.ts'
import { type Split, splitMore, UNSPLIT } from './blocks.ts'

const FLUSH_WITHOUT_FRAMES_MS = 500

export type Phase =
  | { readonly is: 'waiting' }
  | { readonly is: 'answering' }
  | { readonly is: 'ended'; readonly summary: RunSummary }
  /** By the user, here. What the engine had counted by then it did not tell. */
  | { readonly is: 'stopped'; readonly totalMs: Ms }
  /** The stream to the engine broke, or the engine refused to start. */
  | { readonly is: 'lost'; readonly message: string; readonly totalMs: Ms }

export interface ToolCall {
  readonly index: number
  readonly name: string
  readonly arguments: string
}

export interface RunState {
  /** Of the ledger; undefined until the engine has told it. */
  readonly id: RequestId | undefined
  readonly phase: Phase
  /** Finished Markdown blocks; the array changes only when one more is finished. */
  readonly closed: readonly string[]
  /** The block being written. */
  readonly tail: string
  readonly reasoning: string
  /** How long it reasoned; undefined while it still does, or did not. */
  readonly reasoningMs: Ms | undefined
  readonly toolCalls: readonly ToolCall[]
  readonly servedBy: EndpointId | undefined
  readonly simulated: boolean
  /** As seen here; the engine's own figure comes with the summary. */
  readonly firstEventMs: Ms | undefined
  readonly heardAt: Ms
}

export interface Run {
  readonly model: string
  readonly startedAt: Ms
  readonly store: StoreApi<RunState>
  /** Everything said so far, flushed or not. */
  text(): string
  stop(): void
  /** Resolves when the run is over, whatever way. Never rejects. */
  readonly done: Promise<void>
}

/** What a run needs of its surroundings; the defaults are the window's. */
export interface Surroundings {
  now(): Ms
  /** Calls `flush` once, at the next frame or soon. Answers how to call that off. */
  soon(flush: () => void): () => void
}

export const WINDOW: Surroundings = {
  now: () => Date.now(),
  soon(flush) {
    const calledOff = () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
    const once = () => {
      calledOff()
      flush()
    }
    const frame = requestAnimationFrame(once)
    const timer = setTimeout(once, FLUSH_WITHOUT_FRAMES_MS)
    return calledOff
  },
}

export function startRun(model: string, events: (signal: AbortSignal) => AsyncIterable<RunEvent>, { now, soon }: Surroundings = WINDOW): Run {
  const startedAt = now()
  const stopping = new AbortController()
  const store = createStore<RunState>(() => ({
    id: undefined,
    phase: { is: 'waiting' },
    closed: [],
    tail: '',
    reasoning: '',
    reasoningMs: undefined,
    toolCalls: [],
    servedBy: undefined,
    simulated: false,
    firstEventMs: undefined,
    heardAt: startedAt,
  }))

  let text = ''
  let reasoning = ''
  let split: Split = UNSPLIT
  /** Changes that wait for the next flush. */
  let waiting: Partial<RunState> = {}
  let callOff: (() => void) | undefined

  function flush(): void {
    callOff = undefined
    split = splitMore(split, text)
    store.setState({ ...waiting, closed: split.closed, tail: text.slice(split.openFrom), reasoning, heardAt: now() })
    waiting = {}
  }

  function later(changed: Partial<RunState>): void {
    waiting = { ...waiting, ...changed }
    callOff ??= soon(flush)
  }

  function finish(phase: Phase): void {
    callOff?.()
    waiting = { ...waiting, ...doneReasoning(), phase }
    flush()
  }

  const firstEvent = (): Partial<RunState> => (seen('firstEventMs') === undefined ? { firstEventMs: now() - startedAt, phase: { is: 'answering' } } : {})
  const seen = <K extends keyof RunState>(key: K): RunState[K] => (Object.hasOwn(waiting, key) ? (waiting[key] as RunState[K]) : store.getState()[key])
  const doneReasoning = (): Partial<RunState> =>
    reasoning !== '' && seen('reasoningMs') === undefined ? { reasoningMs: now() - startedAt - (seen('firstEventMs') ?? 0) } : {}

  function receive(event: RunEvent): void {
    switch (event.type) {
      case 'started':
        later({ id: event.id })
        break
      case 'answering':
        later({ servedBy: event.servedBy, simulated: event.simulated })
        break
      case 'text':
        text += event.text
        later({ ...firstEvent(), ...doneReasoning() })
        break
      case 'reasoning':
        reasoning += event.text
        later(firstEvent())
        break
      case 'tool-call':
        later({ ...firstEvent(), ...doneReasoning(), toolCalls: withCall(seen('toolCalls'), event) })
        break
      case 'ended':
        finish({ is: 'ended', summary: event.summary })
        break
    }
  }

  async function listen(): Promise<void> {
    const broke = (said: Said): Phase => ({ is: 'lost', message: words(said), totalMs: now() - startedAt })
    const over = () => store.getState().phase.is === 'ended'
    try {
      for await (const event of events(stopping.signal)) receive(event)
      if (stopping.signal.aborted && !over()) finish({ is: 'stopped', totalMs: now() - startedAt })
      else if (!over()) finish(broke({ code: 'answer-broke-off' } satisfies AttemptFailure))
    } catch (thrown) {
      if (!over())
        finish(
          broke(thrown instanceof StreamError ? (thrown.failure.said ?? thrown.failure.message) : ({ code: 'answer-unreadable' } satisfies AttemptFailure)),
        )
    }
  }

  return { model, startedAt, store, text: () => text, stop: () => stopping.abort(), done: listen() }
}

/** Tool calls arrive whole, and may arrive again with more arguments. */
function withCall(calls: readonly ToolCall[], { index, name, arguments: given }: ToolCall): readonly ToolCall[] {
  return [...calls.filter((call) => call.index !== index), { index, name, arguments: given }].sort((one, other) => one.index - other.index)
}
