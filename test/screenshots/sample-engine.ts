/** Sample data: what makes a new engine look used. Keys, clients and routing are made up, and say so where they have a name. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { raw } from '../support/http.ts'
import { SAMPLE_TURNS } from './sample-conversations.ts'
import { writeSampleHistory } from './sample-history.ts'

/** They answer in three dialects; see sample-upstream.ts. */
export const SAMPLE_MODELS = ['openai/gpt-4.1-mini', 'anthropic/claude-sonnet-4-5', 'google/gemini-2.5-flash'] as const

const ROUTING = {
  version: 1,
  aliases: {
    fast: { models: [{ model: 'google/gemini-2.5-flash' }, { model: 'openai/gpt-4.1-mini' }], note: 'Short answers while typing' },
    cheap: {
      models: [
        { model: 'openai/gpt-5-nano', weight: 3 },
        { model: 'google/gemini-2.5-flash', weight: 1 },
      ],
      balance: 'weighted',
    },
    smart: { models: [{ model: 'anthropic/claude-sonnet-4-5' }, { model: 'openai/gpt-5' }] },
  },
  presets: { reviewer: { models: ['anthropic/claude-sonnet-4-5'], parameters: { temperature: 0.2 }, system: 'Review like a careful colleague.' } },
  rules: [
    { name: 'Long prompts to a large window', when: { inputTokens: { min: 150_000 } }, actions: [{ do: 'route', models: ['google/gemini-2.5-flash'] }] },
    { name: 'Nightly evals stay cheap', when: { clients: ['Nightly evals (sample)'] }, actions: [{ do: 'route', models: ['cheap'] }] },
  ],
  fallbacks: [{ models: ['anthropic/*'], on: ['error', 'rate-limit'], to: ['openai/gpt-5'] }],
  splits: [
    {
      name: 'mini against flash',
      models: ['fast'],
      arms: [
        { name: 'a', model: 'openai/gpt-4.1-mini' },
        { name: 'b', model: 'google/gemini-2.5-flash' },
      ],
    },
  ],
}

/** History, settings and routing, before the engine starts. `upstream`: the address of the made-up provider. Returns how many requests there are. */
export async function writeSampleFolder(dataDir: string, upstream: string): Promise<number> {
  const requests = await writeSampleHistory(dataDir, Date.now())
  const baseUrls = { openai: `${upstream}/v1`, anthropic: `${upstream}/v1`, google: `${upstream}/v1beta` }
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ baseUrls }))
  writeFileSync(join(dataDir, 'routing.json'), JSON.stringify(ROUTING))
  return requests
}

/** Asks the engine for something, as the window does. @throws when it refuses */
async function ask<Value>(page: Page, address: string, route: string, input: unknown): Promise<Value> {
  const answer = await page.request.post(`${address}/api/${route}`, { data: input, headers: { origin: address } })
  const body = (await answer.json()) as { value?: Value; error?: { message: string } }
  if (!answer.ok()) throw new Error(`${route}: ${answer.status()} ${JSON.stringify(body)}`)
  return body.value as Value
}

/** Made-up keys, and a few minutes of live traffic on top of the history: repeated questions among them, for the response cache. */
export async function sampleTraffic(page: Page, address: string): Promise<void> {
  for (const provider of ['openai', 'anthropic', 'google'])
    await ask(page, address, 'keys.add', { provider, label: 'Sample', secret: `made-up-${provider}-key-0a1b2c3d` })
  const { secret } = await ask<{ secret: string }>(page, address, 'clients.create', { name: 'Editor (sample)' })
  const headers = { authorization: `Bearer ${secret}` }
  await ask(page, address, 'settings.update', { cache: { use: 'everyone' } })
  for (const [index, { ask: content }] of [...SAMPLE_TURNS, ...SAMPLE_TURNS.slice(2, 6)].entries()) {
    const model = index % 5 === 4 ? 'fast' : (SAMPLE_MODELS[index % SAMPLE_MODELS.length] ?? 'fast')
    await raw(`${address}/v1/chat/completions`, { headers, body: JSON.stringify({ model, temperature: 0, messages: [{ role: 'user', content }] }) })
  }
}
