/** What the user allows each of their keys: requests and tokens in a minute, requests at once. Counted here, over sliding minutes. */

import type { CredentialId, Ms } from '../../../shared/ids.ts'
import type { RouteReason } from '../../../shared/messages/routing.ts'

export interface KeyLimit {
  /** Among keys of one provider: how large a share of its requests this key gets. */
  readonly weight?: number | undefined
  /** Requests and tokens, in and out together, in any minute. */
  readonly rpm?: number | undefined
  readonly tpm?: number | undefined
  readonly concurrency?: number | undefined
}

const MINUTE_MS = 60_000

interface Use {
  running: number
  readonly startedAt: Ms[]
  readonly tokens: { readonly at: Ms; readonly count: number }[]
}

export class KeyLimits {
  readonly #now: () => Ms
  readonly #limits: () => Readonly<Record<CredentialId, KeyLimit>>
  readonly #uses = new Map<CredentialId, Use>()

  constructor(now: () => Ms, limits: () => Readonly<Record<CredentialId, KeyLimit>>) {
    this.#now = now
    this.#limits = limits
  }

  weight(credential: CredentialId): number | undefined {
    return this.#limits()[credential]?.weight
  }

  /** Why this key may not be used just now, and when it may; undefined: it may. */
  reached(credential: CredentialId): { readonly why: RouteReason; readonly until: Ms } | undefined {
    const limit = this.#limits()[credential]
    const use = limit && this.#uses.get(credential)
    if (limit === undefined || use === undefined) return undefined
    const now = this.#now()
    prune(use, now)
    if (limit.concurrency !== undefined && use.running >= limit.concurrency) {
      // nobody knows when one of them ends; to look again soon costs nothing
      return { why: { code: 'key-concurrency', running: use.running }, until: now + 250 }
    }
    const first = limit.rpm === undefined ? undefined : use.startedAt.at(-limit.rpm)
    if (first !== undefined) return { why: { code: 'key-requests', rpm: limit.rpm ?? 0 }, until: first + MINUTE_MS }
    if (limit.tpm === undefined) return undefined
    let over = use.tokens.reduce((sum, { count }) => sum + count, 0) - limit.tpm
    if (over < 0) return undefined
    for (const { at, count } of use.tokens) {
      over -= count
      if (over < 0) return { why: { code: 'key-tokens', tpm: limit.tpm }, until: at + MINUTE_MS }
    }
    return undefined
  }

  begin(credential: CredentialId): void {
    if (this.#limits()[credential] === undefined) return
    let use = this.#uses.get(credential)
    if (use === undefined) {
      use = { running: 0, startedAt: [], tokens: [] }
      this.#uses.set(credential, use)
    }
    use.running++
    use.startedAt.push(this.#now())
  }

  /** Once for each `begin`. @param tokens what it used, as far as is known */
  end(credential: CredentialId, tokens: number): void {
    const use = this.#uses.get(credential)
    if (use === undefined || use.running === 0) return
    use.running--
    if (tokens > 0) use.tokens.push({ at: this.#now(), count: tokens })
  }
}

function prune(use: Use, now: Ms): void {
  while (use.startedAt[0] !== undefined && now - use.startedAt[0] >= MINUTE_MS) use.startedAt.shift()
  while (use.tokens[0] !== undefined && now - use.tokens[0].at >= MINUTE_MS) use.tokens.shift()
}
