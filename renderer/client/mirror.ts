import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ApiFailure, Result } from '../../shared/contract.ts'
import type { Ms } from '../../shared/ids.ts'
import { type Live, live, type Topic } from './live.ts'

/** A small thing the engine knows, copied whole. A failed refresh keeps the last value: the offline banner says that it may be old. */
export type Mirrored<T> = { readonly is: 'loading' } | { readonly is: 'ready'; readonly value: T } | { readonly is: 'failed'; readonly failure: ApiFailure }

export interface Mirror<T> {
  readonly store: StoreApi<Mirrored<T>>
  /** Asks anew; calls while one is under way are merged into one more. */
  refresh(): Promise<void>
  /** Loads at the first call and follows the changes from then on. */
  start(): void
}

/**
 * Keeps a copy of what `load` answers: asked for when first used, again when one of `topics` changes or the stream of changes was interrupted.
 * Changes are answered at most once in `leastMs`.
 */
export function mirrorOf<T>(
  load: () => Promise<Result<T>>,
  topics: readonly Topic[],
  leastMs: Ms = 0,
  source: Pick<Live, 'on' | 'onResync'> = live,
): Mirror<T> {
  const store = createStore<Mirrored<T>>(() => ({ is: 'loading' }))
  let started = false
  let running: Promise<void> | undefined
  let again = false
  let timer: ReturnType<typeof setTimeout> | undefined

  async function refreshOnce(): Promise<void> {
    const result = await load()
    if (result.ok) store.setState({ is: 'ready', value: result.value }, true)
    else if (store.getState().is !== 'ready') store.setState({ is: 'failed', failure: result.failure }, true)
  }

  function refresh(): Promise<void> {
    if (running !== undefined) {
      again = true
      return running
    }
    running = (async () => {
      do {
        again = false
        await refreshOnce()
      } while (again)
      running = undefined
    })()
    return running
  }

  function soon(): void {
    if (timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      void refresh()
    }, leastMs)
  }

  return {
    store,
    refresh,
    start() {
      if (started) return
      started = true
      for (const topic of topics) source.on(topic, soon)
      source.onResync(soon)
      void refresh()
    },
  }
}

/** The mirror's present state; loads it when nobody has yet. */
export function useMirror<T>(mirror: Mirror<T>): Mirrored<T> {
  useEffect(() => mirror.start(), [mirror])
  return useStore(mirror.store)
}

/** The mirrored value, or undefined while there is none. */
export function useMirrored<T>(mirror: Mirror<T>): T | undefined {
  const state = useMirror(mirror)
  return state.is === 'ready' ? state.value : undefined
}
