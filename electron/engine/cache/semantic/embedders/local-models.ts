/** Which of the offered models are on this machine. Nothing is brought unless somebody has agreed to that very commit. */
import { join } from 'node:path'
import type { LocalModelState, LocalModelSummary } from '../../../../../shared/local-models.ts'
import type { Send } from '../../../attempt/send.ts'
import { fetchModel, ModelError, onDisk, removeModel } from './model-files.ts'
import { bytesOf, type ModelOffer } from './models.ts'

export interface LocalModelsFacts {
  /** Holds a folder for each model. */
  readonly folder: string
  readonly hub: string
  readonly offers: readonly ModelOffer[]
  /** Follows redirects. */
  readonly send: Send
  readonly now: () => number
  /** Something that `list` tells is different now. */
  readonly onChange: () => void
  /** A model that was agreed to has come. */
  readonly onReady: (id: string) => void
}

export interface LocalModels {
  list(): Promise<readonly LocalModelSummary[]>
  offer(id: string): ModelOffer | undefined
  placeOf(offer: ModelOffer): string
  /** Whether it can be started, as far as is known; the disk is looked at in the background at the first question. */
  isReady(offer: ModelOffer): boolean
  /** Begins to bring a model; `list` tells how far it is. A second call changes nothing. */
  download(offer: ModelOffer): void
  /** Stops bringing it, and takes away what has come. */
  cancel(offer: ModelOffer): Promise<void>
  remove(offer: ModelOffer): Promise<void>
  /** It was found to be unusable when it was started. */
  broken(offer: ModelOffer, error: ModelError): void
  /** Ends what is under way; what has come is gone on from next time. */
  close(): Promise<void>
}

/** Progress is told this often. */
const TOLD_EVERY_MS = 250

interface Loading {
  readonly stop: AbortController
  readonly ended: Promise<void>
}

export function localModels({ folder, hub, offers, send, now, onChange, onReady }: LocalModelsFacts): LocalModels {
  const states = new Map<string, LocalModelState>()
  const looking = new Map<string, Promise<LocalModelState>>()
  const loading = new Map<string, Loading>()
  const placeOf = ({ id }: ModelOffer): string => join(folder, id)

  function is(offer: ModelOffer, state: LocalModelState): LocalModelState {
    states.set(offer.id, state)
    onChange()
    return state
  }
  async function look(offer: ModelOffer): Promise<LocalModelState> {
    const { received, whole } = await onDisk(offer, placeOf(offer))
    // what has happened meanwhile is newer than what was seen on the disk
    return states.get(offer.id) ?? is(offer, whole ? { is: 'ready' } : { is: 'absent', received })
  }
  function stateOf(offer: ModelOffer): Promise<LocalModelState> {
    const known = states.get(offer.id)
    if (known !== undefined) return Promise.resolve(known)
    const seen = looking.get(offer.id) ?? look(offer).finally(() => looking.delete(offer.id))
    looking.set(offer.id, seen)
    return seen
  }

  async function bring(offer: ModelOffer, signal: AbortSignal): Promise<void> {
    let told = now()
    try {
      await fetchModel(offer, {
        place: placeOf(offer),
        hub,
        send,
        signal,
        onProgress: (received) => {
          states.set(offer.id, { is: 'loading', received })
          if (now() - told < TOLD_EVERY_MS) return
          told = now()
          onChange()
        },
      })
      loading.delete(offer.id)
      is(offer, { is: 'ready' })
      onReady(offer.id)
    } catch (thrown) {
      loading.delete(offer.id)
      if (signal.aborted) return
      const { received } = await onDisk(offer, placeOf(offer))
      const error = thrown instanceof ModelError ? thrown : new ModelError({ code: 'unusable', why: thrown instanceof Error ? thrown.message : String(thrown) })
      is(offer, { is: 'failed', problem: error.problem, message: error.message, received })
    }
  }
  async function stop(offer: ModelOffer): Promise<void> {
    const running = loading.get(offer.id)
    running?.stop.abort(new Error('the download was stopped'))
    await running?.ended
  }
  async function remove(offer: ModelOffer): Promise<void> {
    await stop(offer)
    await removeModel(placeOf(offer))
    is(offer, { is: 'absent', received: 0 })
  }

  return {
    list: () =>
      Promise.all(
        offers.map(async (offer) => ({
          id: offer.id,
          repository: offer.repository,
          revision: offer.revision,
          host: new URL(hub).host,
          licence: offer.licence,
          bytes: bytesOf(offer),
          folder: placeOf(offer),
          state: await stateOf(offer),
        })),
      ),
    offer: (id) => offers.find((offer) => offer.id === id),
    placeOf,
    isReady(offer) {
      const known = states.get(offer.id)
      if (known === undefined) void stateOf(offer)
      return known?.is === 'ready'
    },
    download(offer) {
      if (loading.has(offer.id) || states.get(offer.id)?.is === 'ready') return
      const before = states.get(offer.id)
      is(offer, { is: 'loading', received: before !== undefined && 'received' in before ? before.received : 0 })
      const controller = new AbortController()
      loading.set(offer.id, { stop: controller, ended: bring(offer, controller.signal) })
    },
    async cancel(offer) {
      if (loading.has(offer.id)) await remove(offer)
    },
    remove,
    broken(offer, error) {
      is(offer, { is: 'failed', problem: error.problem, message: error.message, received: 0 })
    },
    async close() {
      await Promise.all(offers.map(stop))
    },
  }
}
