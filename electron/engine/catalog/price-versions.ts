/** Every price that a request was charged at is kept under a name of its own, so that a sum can be explained after the price has changed. */
import { createHash } from 'node:crypto'
import type { EndpointId, Ms } from '../../../shared/ids.ts'
import type { Prices } from '../../../shared/routing.ts'
import type { Storage } from '../storage/storage.ts'

export class PriceVersions {
  readonly #storage: Pick<Storage, 'putPriceVersion'>
  readonly #now: () => Ms
  readonly #onError: (error: Error) => void
  /** Asked for with every request, so hashed once for each price. */
  readonly #known = new WeakMap<Prices, Map<EndpointId, string>>()

  constructor(storage: Pick<Storage, 'putPriceVersion'>, now: () => Ms, onError: (error: Error) => void) {
    this.#storage = storage
    this.#now = now
    this.#onError = onError
  }

  /** Keeps the price where it is new, without waiting for that. */
  versionOf(endpoint: EndpointId, prices: Prices): string {
    let known = this.#known.get(prices)
    if (known === undefined) {
      known = new Map()
      this.#known.set(prices, known)
    }
    const before = known.get(endpoint)
    if (before !== undefined) return before
    const id = createHash('sha256')
      .update(JSON.stringify([endpoint, prices]))
      .digest('hex')
      .slice(0, 16)
    known.set(endpoint, id)
    this.#storage.putPriceVersion({ id, endpoint, since: this.#now(), prices }).catch((error: unknown) => {
      this.#known.get(prices)?.delete(endpoint)
      this.#onError(error instanceof Error ? error : new Error(String(error)))
    })
    return id
  }
}
