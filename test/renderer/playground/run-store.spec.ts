import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Surroundings, startRun, WINDOW } from '../../../renderer/features/playground/run-store.ts'
import type { RunEvent, RunSummary } from '../../../shared/api/playground.ts'
import { StreamError } from '../../../shared/contract.ts'

const SUMMARY: RunSummary = {
  outcome: 'ok',
  message: undefined,
  retryAfterSeconds: undefined,
  finish: 'stop',
  firstEventMs: 40,
  totalMs: 90,
  tokens: { input: 10, output: 20 },
  cost: undefined,
}

/** A clock that stands and frames that come when told. */
function surroundings() {
  let now = 1_000
  const waiting = new Set<() => void>()
  const where: Surroundings = {
    now: () => now,
    soon(flush) {
      waiting.add(flush)
      return () => waiting.delete(flush)
    },
  }
  return {
    where,
    pass: (ms: number) => {
      now += ms
    },
    frame() {
      for (const flush of waiting) {
        waiting.delete(flush)
        flush()
      }
    },
    pending: () => waiting.size,
  }
}

/** A stream that is fed by hand. */
function feed() {
  const queue: (RunEvent | Error | 'end')[] = []
  let wake = () => {}
  const push = async (...items: (RunEvent | Error | 'end')[]) => {
    queue.push(...items)
    wake()
    // let the reader take them all
    for (let turn = 0; turn < items.length + 3; turn += 1) await Promise.resolve()
    await new Promise((resolve) => setTimeout(resolve))
  }
  async function* events(signal: AbortSignal): AsyncGenerator<RunEvent> {
    signal.addEventListener('abort', () => wake())
    for (;;) {
      const item = queue.shift()
      if (item === 'end' || signal.aborted) return
      if (item instanceof Error) throw item
      if (item !== undefined) yield item
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  }
  return { push, events }
}

const text = (value: string): RunEvent => ({ type: 'text', text: value })

describe('a run', () => {
  it('tells its listeners once a frame, however many tokens came', async () => {
    const { where, frame, pending } = surroundings()
    const { push, events } = feed()
    const run = startRun('demo/swift', events, where)
    let told = 0
    run.store.subscribe(() => {
      told += 1
    })
    await push(text('One '), text('two '), text('three'))
    expect([told, pending(), run.store.getState().tail]).toEqual([0, 1, ''])
    expect(run.text()).toBe('One two three')
    frame()
    expect([told, pending(), run.store.getState().tail]).toEqual([1, 0, 'One two three'])
    await push('end')
  })

  it('shows what is gathered at once when it ends, without waiting for a frame', async () => {
    const { where, pending } = surroundings()
    const { push, events } = feed()
    const run = startRun('demo/swift', events, where)
    await push(text('All of it.'), { type: 'ended', summary: SUMMARY }, 'end')
    await run.done
    expect(run.store.getState()).toMatchObject({ tail: 'All of it.', phase: { is: 'ended', summary: { outcome: 'ok' } } })
    expect(pending()).toBe(0)
  })

  it('measures the time to the first token and the time it reasoned', async () => {
    const { where, pass, frame } = surroundings()
    const { push, events } = feed()
    const run = startRun('demo/scholar', events, where)
    pass(300)
    await push({ type: 'answering', servedBy: 'demo/scholar', simulated: true, attempts: 1 }, { type: 'reasoning', text: 'Hm.' })
    frame()
    expect(run.store.getState()).toMatchObject({ firstEventMs: 300, reasoning: 'Hm.', reasoningMs: undefined, simulated: true, phase: { is: 'answering' } })
    pass(700)
    await push(text('So.'))
    pass(400)
    await push(text(' Yes.'))
    frame()
    expect(run.store.getState()).toMatchObject({ firstEventMs: 300, reasoningMs: 700, tail: 'So. Yes.' })
    await push('end')
  })

  it('closes blocks as they finish and leaves them alone', async () => {
    const { where, frame } = surroundings()
    const { push, events } = feed()
    const run = startRun('demo/swift', events, where)
    await push(text('First paragraph.\n\nThe second begins'))
    frame()
    const { closed } = run.store.getState()
    expect(closed).toEqual(['First paragraph.\n\n'])
    await push(text(' and goes on'))
    frame()
    expect(run.store.getState().closed).toBe(closed)
    await push('end')
  })

  it('takes a tool call that comes again with more arguments for the same one', async () => {
    const { where, frame } = surroundings()
    const { push, events } = feed()
    const run = startRun('m', events, where)
    await push(
      { type: 'tool-call', index: 1, name: 'b', arguments: '{}' },
      { type: 'tool-call', index: 0, name: 'a', arguments: '{"x"' },
      { type: 'tool-call', index: 0, name: 'a', arguments: '{"x":1}' },
    )
    frame()
    expect(run.store.getState().toolCalls).toEqual([
      { index: 0, name: 'a', arguments: '{"x":1}' },
      { index: 1, name: 'b', arguments: '{}' },
    ])
    await push('end')
  })

  it('keeps what was said when the user stops it', async () => {
    const { where, pass } = surroundings()
    const { push, events } = feed()
    const run = startRun('m', events, where)
    await push(text('Half an ans'))
    pass(2_000)
    run.stop()
    await run.done
    expect(run.store.getState()).toMatchObject({ tail: 'Half an ans', phase: { is: 'stopped', totalMs: 2_000 } })
  })

  it('keeps what was said when the connection is lost, and says so', async () => {
    const { where } = surroundings()
    const { push, events } = feed()
    const run = startRun('m', events, where)
    await push(text('Half'), new StreamError({ kind: 'unavailable', message: 'Switchyard does not answer.' }))
    await run.done
    expect(run.store.getState()).toMatchObject({ tail: 'Half', phase: { is: 'lost', message: 'Switchyard does not answer.' } })
  })

  it('does not take a stream that merely stops for a finished answer', async () => {
    const { where } = surroundings()
    const { push, events } = feed()
    const run = startRun('m', events, where)
    await push(text('Half'), 'end')
    await run.done
    expect(run.store.getState().phase.is).toBe('lost')
  })
})

describe('the window’s flushes', () => {
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('come with the next frame, once', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 16))
    vi.stubGlobal('cancelAnimationFrame', (frame: ReturnType<typeof setTimeout>) => clearTimeout(frame))
    const flush = vi.fn()
    WINDOW.soon(flush)
    vi.advanceTimersByTime(20)
    expect(flush).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(2_000)
    expect(flush).toHaveBeenCalledTimes(1)
  })

  it('come by the timer where no frames are drawn, as in a hidden window', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    vi.stubGlobal('requestAnimationFrame', () => 1)
    vi.stubGlobal('cancelAnimationFrame', () => {})
    const flush = vi.fn()
    WINDOW.soon(flush)
    vi.advanceTimersByTime(499)
    expect(flush).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(flush).toHaveBeenCalledTimes(1)
  })

  it('can be called off', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 16))
    vi.stubGlobal('cancelAnimationFrame', (frame: ReturnType<typeof setTimeout>) => clearTimeout(frame))
    const flush = vi.fn()
    WINDOW.soon(flush)()
    vi.advanceTimersByTime(2_000)
    expect(flush).not.toHaveBeenCalled()
  })
})
