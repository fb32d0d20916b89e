/** Which provider stands in which part of the screen, and how its keys are ordered. */
import type { CredentialSummary } from '../../../shared/api/keys.ts'
import type { ProviderSummary } from '../../../shared/api/providers.ts'
import type { CredentialId, Ms, ProviderId } from '../../../shared/ids.ts'
import { type Sentence, stateSentence, type Tone } from './sentences.ts'

export interface Groups {
  readonly withKeys: readonly ProviderSummary[]
  readonly local: readonly ProviderSummary[]
  /** Servers for this machine that do not run, or were not looked for yet, and have no key. */
  readonly quiet: readonly ProviderSummary[]
  readonly custom: readonly ProviderSummary[]
  readonly simulated: readonly ProviderSummary[]
  /** Takes a key and has none yet. */
  readonly others: readonly ProviderSummary[]
}

export function groupProviders(providers: readonly ProviderSummary[], keys: readonly CredentialSummary[]): Groups {
  const keyed = new Set(keys.map((key) => key.provider))
  const groups: Record<keyof Groups, ProviderSummary[]> = { withKeys: [], local: [], quiet: [], custom: [], simulated: [], others: [] }
  for (const provider of providers) groups[groupOf(provider, keyed)].push(provider)
  return groups
}

function groupOf(provider: ProviderSummary, keyed: ReadonlySet<ProviderId>): keyof Groups {
  if (provider.simulated) return 'simulated'
  if (provider.custom) return 'custom'
  if (keyed.has(provider.id)) return 'withKeys'
  if (!provider.runsLocally) return 'others'
  return provider.running === true ? 'local' : 'quiet'
}

/** In the order in which they are tried. */
export function providerKeys(keys: readonly CredentialSummary[], provider: ProviderId): readonly CredentialSummary[] {
  return keys.filter((key) => key.provider === provider).sort((one, other) => one.order - other.order)
}

/** The order after a move, or undefined when there is nowhere to go. */
export function moved(order: readonly CredentialId[], id: CredentialId, by: -1 | 1): readonly CredentialId[] | undefined {
  const from = order.indexOf(id)
  const to = from + by
  const other = order[to]
  if (from === -1 || other === undefined) return undefined
  return order.map((each, index) => (index === from ? other : index === to ? id : each))
}

const BEST_FIRST: readonly Tone[] = ['ok', 'info', 'idle', 'warn', 'bad']

/** A provider is as well as its best key, for that is the one that is used. undefined when it has none. */
export function bestKeyState(keys: readonly CredentialSummary[], now: Ms): Sentence | undefined {
  const sentences = keys.map((key) => stateSentence(key.state, '', now))
  return sentences.toSorted((one, other) => BEST_FIRST.indexOf(one.tone) - BEST_FIRST.indexOf(other.tone))[0]
}

/** `api.openai.com/v1`: the address without what everyone knows. */
export function shortAddress(baseUrl: string): string {
  return baseUrl.replace(/^https?:\/\//, '').replace(/\/$/, '')
}

/** Two letters in place of a logo: the screen loads nothing from outside. */
export function monogram(name: string): string {
  const words = name
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(' ')
    .filter(Boolean)
  const [first = '?', second] = words
  return (second === undefined ? first.slice(0, 2) : `${first[0]}${second[0]}`).toUpperCase()
}
