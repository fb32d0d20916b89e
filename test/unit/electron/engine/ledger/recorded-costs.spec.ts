import { expect, it } from 'vitest'
import { loadGenaiPrices } from '../../../../../electron/engine/catalog/genai-prices.ts'
import { costOf } from '../../../../../electron/engine/ledger/cost.ts'
import type { Tokens } from '../../../../../shared/chat.ts'
import { type Expected, load, RECORDINGS_PRESENT, recordings } from '../../../../support/recordings.ts'

const NOW = Date.parse('2026-11-22')

it.skipIf(!RECORDINGS_PRESENT)('every recorded answer of a priced model has a cost', async () => {
  const book = await loadGenaiPrices()
  const unknown: string[] = []
  let priced = 0
  for (const api of ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini-generate']) {
    for (const line of recordings(
      api,
      ({ provider, status, model }) => ['openai', 'anthropic', 'google'].includes(provider) && status === 200 && model !== null,
    )) {
      const { usage } = load(line).expected
      if (usage === undefined || line.model === null) continue
      const pricing = book.find(line.provider, line.model)?.pricing(NOW)
      const cost = costOf(bucketsOf(usage), pricing?.price)
      if (cost !== undefined) priced++
      else unknown.push(`${line.id}: ${line.model}: ${pricing?.notes.join('; ') ?? 'not in the price list'}`)
      if (pricing?.price && pricing.price.microUsdPerMillion.audioInput === undefined) expect(cost, `${line.id} (${line.model})`).toBeTypeOf('number')
    }
  }
  console.info(`recorded answers: ${priced} priced, ${unknown.length} unknown\n${unknown.join('\n')}`)
  expect(priced).toBeGreaterThan(300)
})

/** From totals with their parts to disjoint buckets. Which life a cache write had is not recorded here; both have a price or neither. */
function bucketsOf(usage: NonNullable<Expected['usage']>): Tokens {
  const {
    prompt_tokens: prompt,
    completion_tokens: completion,
    cached_tokens: cached = 0,
    cache_write_tokens: written = 0,
    reasoning_tokens: reasoning = 0,
  } = usage
  return {
    ...(prompt === undefined ? {} : { input: prompt - cached - written, cacheRead: cached, cacheWrite5m: written }),
    ...(completion === undefined ? {} : { output: completion - reasoning, reasoning }),
  }
}
