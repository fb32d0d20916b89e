import { describe, expect, it, vi } from 'vitest'
import { createLive } from '../../../renderer/client/live.ts'
import { mirrorOf } from '../../../renderer/client/mirror.ts'
import type { LiveEvent } from '../../../shared/api/traffic.ts'
import { type Result, StreamError } from '../../../shared/contract.ts'

type Step = LiveEvent | Error

/** Each connection plays its steps and then stays open, or breaks with the last one. */
function connections(...scripts: (readonly Step[])[]) {
  let opened = 0
  async function* changes(_input: unknown, signal?: AbortSignal): AsyncGenerator<LiveEvent> {
    for (const step of scripts[opened++] ?? []) {
      if (step instanceof Error) throw step
      yield step
    }
    await new Promise((resolve) => signal?.addEventListener('abort', resolve))
  }
  return { changes, opened: () => opened }
}

const broken = new StreamError({ kind: 'unavailable', message: 'gone' })
const hello: LiveEvent = { seq: 1, topic: 'hello' }

describe('the stream of changes', () => {
  it('passes events to those who listen to their topic', async () => {
    const { changes } = connections([hello, { seq: 2, topic: 'keys' }, { seq: 3, topic: 'models' }])
    const live = createLive(changes)
    const stop = new AbortController()
    const keys = vi.fn()
    const leave = live.on('keys', keys)
    const running = live.run(stop.signal)
    await vi.waitFor(() => expect(keys).toHaveBeenCalledTimes(1))
    expect(live.connection.getState()).toEqual({ is: 'live' })
    leave()
    stop.abort()
    await running
    expect(keys).toHaveBeenCalledExactlyOnceWith({ seq: 2, topic: 'keys' })
  })

  it('asks for a new snapshot at every hello and at a gap, and not otherwise', async () => {
    const { changes } = connections([hello, { seq: 2, topic: 'keys' }, { seq: 4, topic: 'keys' }, { seq: 5, topic: 'keys' }])
    const live = createLive(changes)
    const stop = new AbortController()
    const resync = vi.fn()
    const keys = vi.fn()
    live.onResync(resync)
    live.on('keys', keys)
    const running = live.run(stop.signal)
    await vi.waitFor(() => expect(keys).toHaveBeenCalledTimes(3))
    expect(resync).toHaveBeenCalledTimes(2)
    stop.abort()
    await running
  })

  it('says that it is lost since it broke, waits longer each time, and comes back', async () => {
    const { changes } = connections([hello, broken], [broken], [broken], [hello, { seq: 2, topic: 'keys' }])
    const waits: number[] = []
    const states: unknown[] = []
    let now = 5_000
    const live = createLive(
      changes,
      () => now++,
      async (ms) => {
        waits.push(ms)
        states.push(live.connection.getState())
      },
    )
    const stop = new AbortController()
    const resync = vi.fn()
    live.onResync(resync)
    const running = live.run(stop.signal)
    await vi.waitFor(() => expect(resync).toHaveBeenCalledTimes(2))
    expect(waits).toEqual([300, 600, 1_200])
    expect(states).toEqual(Array(3).fill({ is: 'lost', since: 5_000 }))
    expect(live.connection.getState()).toEqual({ is: 'live' })
    stop.abort()
    await running
  })

  it('does not knock again when the session is over', async () => {
    const { changes, opened } = connections([new StreamError({ kind: 'signed-out', message: 'Sign in first.' })])
    await createLive(changes).run(new AbortController().signal)
    expect(opened()).toBe(1)
  })
})

describe('a mirror', () => {
  const source = () => {
    const listeners: Record<string, () => void> = {}
    return {
      fire: (topic: string) => listeners[topic]?.(),
      on: (topic: string, listener: (event: never) => void) => {
        listeners[topic] = listener as () => void
        return () => {}
      },
      onResync: (listener: () => void) => {
        listeners.resync = listener
        return () => {}
      },
    }
  }

  it('loads when first used, and again when its topic changes or events were missed', async () => {
    const from = source()
    let value = 0
    const mirror = mirrorOf(async () => ({ ok: true, value: ++value }) as const, ['keys'], 0, from)
    expect(mirror.store.getState()).toEqual({ is: 'loading' })
    mirror.start()
    mirror.start()
    await vi.waitFor(() => expect(mirror.store.getState()).toEqual({ is: 'ready', value: 1 }))
    from.fire('keys')
    await vi.waitFor(() => expect(mirror.store.getState()).toEqual({ is: 'ready', value: 2 }))
    from.fire('resync')
    await vi.waitFor(() => expect(mirror.store.getState()).toEqual({ is: 'ready', value: 3 }))
  })

  it('keeps its last value when asking fails', async () => {
    const load = vi.fn<() => Promise<Result<string>>>()
    load.mockResolvedValueOnce({ ok: true, value: 'kept' }).mockResolvedValueOnce({ ok: false, failure: { kind: 'unavailable', message: 'gone' } })
    const mirror = mirrorOf(load, [], 0, source())
    await mirror.refresh()
    await mirror.refresh()
    expect(load).toHaveBeenCalledTimes(2)
    expect(mirror.store.getState()).toEqual({ is: 'ready', value: 'kept' })
  })

  it('says why when it never had one', async () => {
    const failure = { kind: 'unavailable', message: 'gone' } as const
    const mirror = mirrorOf(async () => ({ ok: false, failure }) as const, [], 0, source())
    await mirror.refresh()
    expect(mirror.store.getState()).toEqual({ is: 'failed', failure })
  })

  it('merges calls that come while one is under way into one more', async () => {
    let asked = 0
    const mirror = mirrorOf(async () => ({ ok: true, value: ++asked }) as const, [], 0, source())
    await Promise.all([mirror.refresh(), mirror.refresh(), mirror.refresh(), mirror.refresh()])
    expect(asked).toBe(2)
  })
})
