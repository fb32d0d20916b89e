/**
 * Reasoning of earlier turns that a place has refused and served the same request without: later turns of the conversation, which hold it again, leave
 * it out at once, and take along what the place itself has thought since. In memory only, as hashes, for as long as turns still come with it.
 */
import { createHash } from 'node:crypto'
import type { Ms } from '../../../shared/ids.ts'
import type { Candidate } from '../../../shared/routing.ts'

/** Some long conversations of agents, each with hundreds of thoughts; about one MiB. */
const MOST_SEALS = 10_000
const UNUSED_MS = 24 * 3_600_000

/** By the seal of a thought, see `sealOf` in protocols/earlier-thoughts.ts. */
export type IsRefused = (seal: string) => boolean

/** Reasoning holds for an account as well as for a model. */
export type Place = Pick<Candidate, 'credential'> & { readonly endpoint: Pick<Candidate['endpoint'], 'id'> }

export class RefusedThoughts {
  readonly #now: () => Ms
  readonly #most: number
  /** By place and seal when it came last; what came last stands last. */
  readonly #places = new Map<string, Map<string, Ms>>()
  #size = 0

  constructor(now: () => Ms, most = MOST_SEALS) {
    this.#now = now
    this.#most = most
  }

  get size(): number {
    return this.#size
  }

  learn(place: Place, seals: readonly string[]): void {
    if (seals.length === 0) return
    const key = keyOf(place)
    const refused = this.#places.get(key) ?? new Map<string, Ms>()
    this.#size -= refused.size
    for (const seal of seals) used(refused, hashOf(seal), this.#now())
    this.#size += refused.size
    used(this.#places, key, refused)
    for (const [oldest, others] of this.#places) {
      for (const seal of others.keys()) {
        if (this.#size <= this.#most) return
        this.#drop(oldest, others, seal)
      }
    }
  }

  /** What is known of this place; undefined where it has refused nothing lately, as is usual. */
  at(place: Place): IsRefused | undefined {
    if (this.#size === 0) return undefined
    const key = keyOf(place)
    const refused = this.#places.get(key)
    if (refused === undefined) return undefined
    const now = this.#now()
    for (const [seal, at] of refused) {
      if (now - at <= UNUSED_MS) break
      this.#drop(key, refused, seal)
    }
    if (refused.size === 0) return undefined
    used(this.#places, key, refused)
    return (seal) => {
      const hash = hashOf(seal)
      if (!refused.has(hash)) return false
      used(refused, hash, now)
      return true
    }
  }

  #drop(key: string, refused: Map<string, Ms>, seal: string): void {
    refused.delete(seal)
    this.#size--
    if (refused.size === 0) this.#places.delete(key)
  }
}

function used<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key)
  map.set(key, value)
}

function keyOf({ endpoint, credential }: Place): string {
  return `${endpoint.id}\u0000${credential ?? ''}`
}

function hashOf(seal: string): string {
  return createHash('sha256').update(seal).digest('base64')
}
