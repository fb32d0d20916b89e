/** Random models and requests for automatic routing; the same seed gives the same ones. */
import type { AutoModel } from '../../electron/engine/routing/auto/constraints.ts'
import type { AutoRequest } from '../../electron/engine/routing/auto/decide.ts'
import { tierOf } from '../../electron/engine/routing/auto/tiers.ts'
import type { Need } from '../../shared/chat.ts'
import { asNanoUsd } from '../../shared/money.ts'

/** mulberry32, public domain: small, and good enough for making cases. */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const NEEDS: readonly Need[] = ['tools', 'vision', 'json-schema', 'reasoning', 'audio', 'documents']
const NAMES = [
  'acme/opus-9-max',
  'acme/small-7b',
  'orbit/large-405b',
  'orbit/mini',
  'nova/flash-lite',
  'nova/pro',
  'local/tiny-3b',
  'peak/chat-70b',
  'peak/nano',
]
const REGIONS = ['eu', 'us', 'asia']
const TEXTS = [
  'Translate the following text into German: the parcel has arrived.',
  'What is 12 * 34?',
  'Write a Python function that merges two sorted lists.',
  'Summarize this article in two sentences: revenue grew by eight percent.',
  'Hi, how are you?',
  'Prove that the square root of two is irrational.',
  'ἐν ἀρχῇ ἦν ὁ λόγος',
  'Which of the following is true?\nA. All of these\nB. None of these\nC. Only the first\nD. Only the last',
]

export function randomModels(random: () => number, count = 12): readonly AutoModel[] {
  return Array.from({ length: count }, (_, at) => {
    const id = `${pick(random, NAMES)}-${at}`
    const input = Math.round(random() * 5_000_000)
    const price = { asOf: '2026-11-01', source: 'made up', microUsdPerMillion: { input, output: input * 4, cacheRead: Math.round(input / 10) } }
    return {
      id,
      tier: tierOf(id, price.microUsdPerMillion),
      context: maybe(random, 0.8, () => Math.round(2_000 * 2 ** (random() * 8))),
      output: maybe(random, 0.5, () => Math.round(500 * 2 ** (random() * 6))),
      can: maybe(random, 0.8, () => new Set(NEEDS.filter(() => random() < 0.7))),
      mostTools: maybe(random, 0.3, () => 1 + Math.floor(random() * 128)),
      price: maybe(random, 0.85, () => price),
      runsLocally: random() < 0.15,
      regions: maybe(random, 0.6, () => REGIONS.filter(() => random() < 0.5)),
      keepsData: maybe(random, 0.7, () => random() < 0.5),
      hasKey: random() < 0.85,
      health: pick(random, ['well', 'well', 'well', 'unwell', 'down'] as const),
    }
  })
}

export function randomRequest(random: () => number, models: readonly AutoModel[]): AutoRequest {
  const withTools = random() < 0.3
  const inputTokens = Math.round(10 * 2 ** (random() * 13))
  return {
    text: pick(random, TEXTS),
    inToolLoop: withTools && random() < 0.4,
    demands: {
      inputTokens,
      maxOutputTokens: maybe(random, 0.5, () => Math.round(100 * 2 ** (random() * 7))),
      needs: new Set([...NEEDS.filter(() => random() < 0.12), ...(withTools ? (['tools'] as const) : [])]),
      tools: withTools ? 1 + Math.floor(random() * 60) : 0,
      regions: maybe(random, 0.2, () => REGIONS.filter(() => random() < 0.6)),
      dataPolicy: pick(random, ['any', 'any', 'any', 'not-kept', 'this-machine'] as const),
      budgetLeft: maybe(random, 0.2, () => asNanoUsd(Math.round(random() * 5_000_000))),
    },
    wish: {
      slider: random(),
      allowed: random() < 0.2 ? ['acme/*', 'nova/*', 'peak/*'] : [],
      excluded: random() < 0.2 ? ['*mini*'] : [],
      sticky: random() < 0.8,
    },
    current: maybe(random, 0.3, () => ({
      model: pick(random, models).id,
      task: 'chat' as const,
      difficulty: random() * 2 - 1,
      warmTokens: Math.round(inputTokens * random()),
    })),
  }
}

/** What is wrong with sending the request to this model, judged here anew and not by the router's own rules. */
export function violation(request: AutoRequest, model: AutoModel): string | undefined {
  const { demands, wish } = request
  if (!model.hasKey || model.health === 'down') return 'cannot be reached'
  if (model.context !== undefined && demands.inputTokens > model.context) return 'context'
  for (const need of demands.needs) if (need !== 'reasoning' && model.can !== undefined && !model.can.has(need)) return need
  if (model.mostTools !== undefined && demands.tools > model.mostTools) return 'tools'
  if (demands.maxOutputTokens !== undefined && model.output !== undefined && demands.maxOutputTokens > model.output) return 'output'
  if (demands.dataPolicy === 'this-machine' && !model.runsLocally) return 'data policy'
  if (demands.dataPolicy === 'not-kept' && !model.runsLocally && model.keepsData !== false) return 'data policy'
  if (demands.regions !== undefined && !model.runsLocally) {
    if (model.regions === undefined || model.regions.length === 0 || model.regions.some((region) => !demands.regions?.includes(region))) return 'residency'
  }
  if (wish.allowed.length > 0 && !['acme/', 'nova/', 'peak/'].some((start) => model.id.startsWith(start))) return 'not allowed'
  if (wish.excluded.length > 0 && model.id.includes('mini')) return 'excluded'
  const { input, output = 0 } = model.price?.microUsdPerMillion ?? {}
  if (demands.budgetLeft !== undefined && !model.runsLocally && (input === undefined || output < 0)) return 'unknown price on a budget'
  return undefined
}

function pick<T>(random: () => number, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T
}

function maybe<T>(random: () => number, chance: number, make: () => T): T | undefined {
  return random() < chance ? make() : undefined
}
