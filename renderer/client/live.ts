import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Api } from '../../shared/api/api.ts'
import type { LiveEvent } from '../../shared/api/traffic.ts'
import { type Client, StreamError } from '../../shared/contract.ts'
import type { Ms } from '../../shared/ids.ts'
import { client } from './client.ts'

/** Waits between tries to reconnect; the last one repeats. The engine is on this machine, so trying is cheap. */
const RECONNECT_AFTER_MS: readonly Ms[] = [300, 600, 1_200, 2_500, 5_000]

export type Connection =
  | { readonly is: 'connecting' }
  | { readonly is: 'live' }
  /** `since`: when the stream broke. */
  | { readonly is: 'lost'; readonly since: Ms }

export type Topic = Exclude<LiveEvent['topic'], 'hello'>
export type EventOf<T extends Topic> = LiveEvent & { readonly topic: T }

/**
 * What changes in the engine, as it changes. Events are numbered within one stream: after a gap, and after every (re)connect, `onResync` listeners
 * are called because something may have been missed; whoever keeps a copy asks for it anew.
 */
export interface Live {
  readonly connection: StoreApi<Connection>
  on<T extends Topic>(topic: T, listener: (event: EventOf<T>) => void): () => void
  onResync(listener: () => void): () => void
  /** Listens until `signal` aborts or the session is over; reconnects by itself. */
  run(signal: AbortSignal): Promise<void>
}

export function createLive(changes: Client<Api>['live.changes'], now: () => Ms = Date.now, wait: typeof sleep = sleep): Live {
  const connection = createStore<Connection>(() => ({ is: 'connecting' }))
  const byTopic = new Map<Topic, Set<(event: LiveEvent) => void>>()
  const resyncs = new Set<() => void>()

  function receive(event: LiveEvent, expected: number): void {
    if (connection.getState().is !== 'live') connection.setState({ is: 'live' }, true)
    if (event.topic === 'hello' || event.seq !== expected) for (const listener of resyncs) listener()
    if (event.topic !== 'hello') for (const listener of byTopic.get(event.topic) ?? []) listener(event)
  }

  return {
    connection,
    on(topic, listener) {
      const listeners = byTopic.get(topic) ?? new Set()
      byTopic.set(topic, listeners)
      const heard = listener as (event: LiveEvent) => void
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    onResync(listener) {
      resyncs.add(listener)
      return () => resyncs.delete(listener)
    },
    async run(signal) {
      for (let failures = 0; !signal.aborted; failures += 1) {
        let expected = 1
        try {
          for await (const event of changes({}, signal)) {
            receive(event, expected)
            expected = event.seq + 1
            failures = 0
          }
        } catch (thrown) {
          // Nothing to wait for: after sign-in run() is called again.
          if (thrown instanceof StreamError && thrown.failure.kind === 'signed-out') return
        }
        if (signal.aborted) return
        if (connection.getState().is !== 'lost') connection.setState({ is: 'lost', since: now() }, true)
        await wait(RECONNECT_AFTER_MS[Math.min(failures, RECONNECT_AFTER_MS.length - 1)] ?? 0, signal)
      }
    },
  }
}

/** Resolves after `ms`, or at once when `signal` aborts. */
function sleep(ms: Ms, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}

/** The one stream of changes of this window. */
export const live: Live = createLive(client['live.changes'])
