import type { ModelRow } from '../../../shared/api/providers.ts'
import type { TokenPrices } from '../../../shared/routing.ts'
import { textsNow } from '../../i18n/texts.ts'
import { formatPrice } from './metrics.ts'
import { texts } from './texts.ts'

/** Who offers a model, in the language in use: what is the user's own has no name of its own. */
export function providerNameOf({ provider, providerName }: Pick<ModelRow, 'provider' | 'providerName'>): string {
  return provider === OWN_ROUTING ? textsNow(texts).ownRouting : providerName
}

/** The engine's word for who offers aliases, presets and automatic routing. */
const OWN_ROUTING = 'switchyard'

export interface ModelGroup {
  readonly provider: string
  readonly providerName: string
  readonly items: readonly ModelRow[]
}

/** Without a network only what runs on this machine can answer. */
export function answersOffline({ runsLocally, simulated }: Pick<ModelRow, 'runsLocally' | 'simulated'>): boolean {
  return runsLocally || simulated
}

/**
 * By provider in the order given, those with something usable first; within a provider the usable ones first. `offline`: before all of that, what
 * answers without a network, the simulated ones last of it.
 */
export function groupModels(rows: readonly ModelRow[], offline = false): readonly ModelGroup[] {
  const groups = [...Map.groupBy(rows, (row) => row.provider)].map(([provider, members]) => ({
    provider,
    providerName: members[0]?.providerName ?? provider,
    items: members.toSorted((one, other) => Number(other.usable) - Number(one.usable)),
  }))
  const rank = ({ items }: ModelGroup): number => {
    const usable = items.filter((row) => row.usable)
    const here = offline ? 2 * Number(usable.some(answersOffline)) + Number(usable.some((row) => row.runsLocally && !row.simulated)) : 0
    return Number(usable.length > 0) + here
  }
  return groups.sort((one, other) => rank(other) - rank(one))
}

/** Every word of the query occurs in the name, the id or the provider's name. */
export function matches(row: ModelRow, query: string): boolean {
  const haystack = `${row.name} ${row.id} ${row.providerName}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word))
}

/** `$0.25 / $2` for input and output of a million tokens; undefined when nothing is known. */
export function priceLine(prices: TokenPrices | undefined): string | undefined {
  if (prices?.input === undefined && prices?.output === undefined) return undefined
  if (prices.input === 0 && prices.output === 0) return 'free'
  return `${priceOf(prices.input)} / ${priceOf(prices.output)}`
}

export function priceOf(microUsdPerMillion: number | undefined): string {
  return microUsdPerMillion === undefined ? 'n/a' : formatPrice(microUsdPerMillion)
}

/** `128k`; 1,048,576 reads `1M`, as people call it. */
export function contextLine(tokens: number | undefined): string | undefined {
  if (tokens === undefined) return undefined
  if (tokens % 1024 === 0 && tokens >= 1024 && tokens % 1000 !== 0) return tokens >= 1_048_576 ? `${tokens / 1_048_576}M`.slice(0, 5) : `${tokens / 1024}k`
  if (tokens < 1000) return String(tokens)
  return tokens < 999_500 ? `${Math.round(tokens / 1000)}k` : `${(tokens / 1_000_000).toFixed(2).replace(/\.?0+$/, '')}M`
}
