/**
 * Which ability tier a model is taken to have, by rules that can be read and overruled: named families first, then size in the name, then words such as
 * `mini`, then price. A model nobody knows counts as small, so that nothing is entrusted to it by mistake. Pure.
 */
import type { Tier, TierReading } from '../../../../shared/auto.ts'
import type { TokenPrices } from '../../../../shared/routing.ts'

interface Family {
  readonly pattern: RegExp
  readonly tier: Tier
  readonly name: string
}

/** The first that fits holds; the smaller members of a family stand before it. */
const FAMILIES: readonly Family[] = [
  { pattern: /gpt-5[^/]*nano|gpt-4\.1-nano/, tier: 'small', name: 'GPT nano' },
  { pattern: /gpt-5[^/]*mini|gpt-4\.1-mini|o[34]-mini/, tier: 'large', name: 'GPT mini, fifth generation or reasoning' },
  { pattern: /gpt-4o-mini/, tier: 'medium', name: 'GPT-4o mini' },
  { pattern: /gpt-[5-9]|(?:^|\/)o[13](?:-pro|-preview)?(?:-\d|$)|o1-mini/, tier: 'frontier', name: 'GPT-5 and o-series' },
  { pattern: /gpt-4/, tier: 'large', name: 'GPT-4' },
  { pattern: /gpt-3/, tier: 'small', name: 'GPT-3.5' },
  { pattern: /gpt-oss-120b/, tier: 'large', name: 'gpt-oss 120B' },
  {
    pattern: /claude[^/]*(?:opus|sonnet)-[4-9]|claude-(?:opus|sonnet)|claude-[4-9][^/]*(?:opus|sonnet)/,
    tier: 'frontier',
    name: 'Claude Opus and Sonnet, fourth generation on',
  },
  { pattern: /claude[^/]*haiku-[4-9]|claude-[4-9][^/]*haiku/, tier: 'large', name: 'Claude Haiku, fourth generation on' },
  { pattern: /claude-3[^/]*haiku/, tier: 'medium', name: 'Claude 3 Haiku' },
  { pattern: /claude-3/, tier: 'large', name: 'Claude 3' },
  { pattern: /gemini-(?:2\.5|[3-9])[^/]*pro/, tier: 'frontier', name: 'Gemini Pro, 2.5 on' },
  { pattern: /gemini-(?:2\.5|[3-9])[^/]*flash-lite/, tier: 'medium', name: 'Gemini Flash-Lite, 2.5 on' },
  { pattern: /gemini-(?:2\.5|[3-9])[^/]*flash/, tier: 'large', name: 'Gemini Flash, 2.5 on' },
  { pattern: /gemini[^/]*flash/, tier: 'medium', name: 'Gemini Flash' },
  { pattern: /gemini[^/]*pro/, tier: 'large', name: 'Gemini Pro' },
  { pattern: /grok-[3-9][^/]*(?:mini|fast)/, tier: 'large', name: 'Grok mini and fast' },
  { pattern: /grok-[4-9]/, tier: 'frontier', name: 'Grok 4 on' },
  { pattern: /grok/, tier: 'large', name: 'Grok' },
  { pattern: /deepseek[^/]*distill/, tier: 'medium', name: 'DeepSeek distillations' },
  { pattern: /deepseek-(?:r\d|reasoner|v3\.[1-9]|v[4-9])/, tier: 'frontier', name: 'DeepSeek reasoning' },
  { pattern: /deepseek-(?:v3|chat)/, tier: 'large', name: 'DeepSeek V3' },
  { pattern: /kimi-k2|glm-(?:4\.[5-9]|[5-9])(?!.*(?:air|flash))|minimax-m[2-9]/, tier: 'frontier', name: 'large open models of 2025-26' },
  { pattern: /glm-(?:4\.[5-9]|[5-9])/, tier: 'medium', name: 'lighter GLM models' },
  { pattern: /mistral-large|command-a|llama-4-maverick/, tier: 'large', name: 'large models of smaller houses' },
  { pattern: /mistral-(?:medium|small)|codestral|devstral|magistral|llama-4-scout|command-r-plus/, tier: 'medium', name: 'medium models of smaller houses' },
]

/** Billions of parameters and the tier they mean. */
const SIZES: readonly (readonly [number, Tier])[] = [
  [5, 'tiny'],
  [16, 'small'],
  [90, 'medium'],
  [700, 'large'],
]

const WORDS: readonly (readonly [RegExp, Tier])[] = [
  [/\b(?:nano|tiny|micro)\b/, 'tiny'],
  [/\b(?:mini|lite|small|haiku|flash|turbo|fast|air|instant)\b/, 'small'],
  [/\b(?:medium|plus)\b/, 'medium'],
  [/\b(?:large|pro|max|ultra|opus|premier)\b/, 'large'],
]

/** Output price in micro-USD per million tokens up to which a tier is likely. */
const PRICES: readonly (readonly [number, Tier])[] = [
  [400_000, 'small'],
  [2_500_000, 'medium'],
  [20_000_000, 'large'],
]

/** @param own the user's own tier for this very model, which goes before everything */
export function tierOf(model: string, price: TokenPrices | undefined, own?: Tier): TierReading {
  if (own !== undefined) return { tier: own, because: 'set by you' }
  const name = model.toLowerCase()
  const family = FAMILIES.find(({ pattern }) => pattern.test(name))
  if (family !== undefined) return { tier: family.tier, because: `family: ${family.name}` }
  const size = sizeOf(name)
  if (size !== undefined) return { tier: SIZES.find(([most]) => size <= most)?.[1] ?? 'frontier', because: `${size} billion parameters, by its name` }
  const word = WORDS.find(([pattern]) => pattern.test(name.replaceAll(/[_./:]/g, '-')))
  if (word !== undefined) return { tier: word[1], because: 'by a word in its name' }
  const { output } = price ?? {}
  if (output !== undefined && output > 0) return { tier: PRICES.find(([most]) => output <= most)?.[1] ?? 'frontier', because: 'by its price' }
  return { tier: 'small', because: 'nothing is known of it' }
}

/** `70b`, `8x7b` (about half of a mixture is as good as a whole), `1.5b`. */
function sizeOf(name: string): number | undefined {
  const found = /(?:^|[-_:/ ])(?:(\d+)x)?(\d+(?:\.\d+)?)b(?:$|[-_:/ .])/.exec(name)
  if (found === null) return undefined
  const each = Number(found[2])
  return found[1] === undefined ? each : Math.round((Number(found[1]) * each) / 3)
}
