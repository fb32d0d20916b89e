/** What providers think of a key in the fake engine: the key says so itself, for real ones cannot be had here. */
import type { CredentialState, Validation } from '../../shared/api/keys.ts'

type Unaccepted = Exclude<Validation['is'], 'valid' | 'unproven'>

const SAID: readonly { readonly when: RegExp; readonly is: Unaccepted; readonly message: string; readonly status?: number }[] = [
  { when: /bad/i, is: 'refused', message: 'Incorrect API key provided.', status: 401 },
  { when: /broke/i, is: 'out-of-credit', message: 'Your credit balance is too low.', status: 402 },
  { when: /forbid/i, is: 'forbidden', message: 'This key may not list models.', status: 403 },
  { when: /busy/i, is: 'rate-limited', message: 'Too many requests.', status: 429 },
  { when: /offline/i, is: 'unreachable', message: 'connect ECONNREFUSED' },
  { when: /odd/i, is: 'unexpected', message: '418 I’m a teapot', status: 418 },
]

export function validationOf(secret: string): Validation {
  const said = SAID.find((each) => each.when.test(secret))
  if (said === undefined) return { is: 'valid', models: 12, tookMs: 240 }
  return { is: said.is, message: said.message, ...(said.status !== undefined && { status: said.status }) }
}

export function stateAfter(validation: Validation, now: number): CredentialState {
  switch (validation.is) {
    case 'valid':
      return { is: 'ready', checkedAt: now }
    case 'refused':
    case 'forbidden':
      return { is: 'refused', message: validation.message, at: now }
    case 'out-of-credit':
      return { is: 'out-of-credit', message: validation.message, at: now }
    case 'rate-limited':
      return { is: 'limited', until: now + 60_000 }
    case 'unproven':
    case 'unreachable':
    case 'unexpected':
      return { is: 'unchecked' }
  }
}
