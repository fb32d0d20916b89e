import type { CredentialState } from '../../../shared/api/keys.ts'
import type { CredentialId, Ms } from '../../../shared/ids.ts'
import type { VaultMessage } from '../../../shared/messages/vaults.ts'

const UNCHECKED: CredentialState = { is: 'unchecked' }

/** A mark is believed for so long; then one real request may find out whether it still holds. */
const REFUSED_MS = 60 * 60_000
const OUT_OF_CREDIT_MS = 10 * 60_000

/** What answers of providers told about keys. A limit passes by itself and then uncovers what was known before. */
export class CredentialStates {
  readonly #now: () => Ms
  readonly #states = new Map<CredentialId, CredentialState>()
  readonly #limitedUntil = new Map<CredentialId, Ms>()

  constructor(now: () => Ms) {
    this.#now = now
  }

  of(id: CredentialId): CredentialState {
    const until = this.#limitedUntil.get(id)
    if (until !== undefined && until > this.#now()) return { is: 'limited', until }
    return this.#states.get(id) ?? UNCHECKED
  }

  mark(id: CredentialId, state: CredentialState): void {
    if (state.is === 'limited') {
      this.#limitedUntil.set(id, Math.max(state.until, this.#limitedUntil.get(id) ?? 0))
      return
    }
    // A good answer ends a limit early; a refusal makes it meaningless.
    this.#limitedUntil.delete(id)
    this.#states.set(id, state)
  }

  forget(id: CredentialId): void {
    this.#states.delete(id)
    this.#limitedUntil.delete(id)
  }

  forgetMissing(): void {
    for (const [id, state] of this.#states) if (state.is === 'missing') this.#states.delete(id)
  }

  usable(state: CredentialState): boolean {
    return this.whyNot(state) === undefined
  }

  /** In a sentence; undefined for a usable one. */
  whyNot(state: CredentialState): VaultMessage | undefined {
    switch (state.is) {
      case 'unchecked':
      case 'ready':
      // shown to people only: providers limit by model too, and the router knows which (routing/health.ts)
      case 'limited':
        return undefined
      case 'refused':
        return this.#now() - state.at >= REFUSED_MS ? undefined : { code: 'provider-refused-key', said: state.said ?? state.message }
      case 'out-of-credit':
        return this.#now() - state.at >= OUT_OF_CREDIT_MS ? undefined : { code: 'key-out-of-credit', said: state.said ?? state.message }
      case 'missing':
        return { code: 'secret-missing' }
    }
  }
}
