import { expect, it } from 'vitest'
import { limitsOf, timeoutsFor } from '../../../../../electron/engine/attempt/request-limits.ts'
import type { Need, ReasoningWish } from '../../../../../shared/chat.ts'
import type { Endpoint } from '../../../../../shared/routing.ts'
import { settingsSchema } from '../../../../../shared/settings.ts'

const { timeouts, attempts } = settingsSchema.parse({})
const endpoint = (upstreamModel: string, can?: readonly Need[]): Endpoint => ({
  ...{ id: `x/${upstreamModel}`, provider: 'x', upstreamModel, name: upstreamModel, protocol: 'openai-chat', price: undefined, simulated: false },
  ...{ limits: { context: undefined, output: undefined }, can: can && new Set(can), runsLocally: false },
})
const firstEventMs = (model: Endpoint, needs: readonly Need[] = [], reasoning?: ReasoningWish, headers = {}): number =>
  timeoutsFor(model, { needs: new Set(needs), ...(reasoning && { reasoning }) }, limitsOf(headers, true, attempts), timeouts).firstEventMs

it.each(['o3', 'o4-mini', 'gpt-5-mini', 'deepseek-reasoner', 'deepseek-r1', 'accounts/fireworks/models/qwq-32b', 'magistral-medium', 'kimi-k2-thinking'])(
  'waits longer for %s, which thinks first',
  (model) => expect(firstEventMs(endpoint(model))).toBe(timeouts.reasoningFirstEventMs),
)
it.each(['gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4-5', 'llama-3.3-70b', 'phi-o1x'])('does not for %s', (model) =>
  expect(firstEventMs(endpoint(model))).toBe(timeouts.firstEventMs),
)
it('waits longer where the request asks a model to think, and not where it asks it not to', () => {
  expect(firstEventMs(endpoint('claude-sonnet-4-5'), ['reasoning'], { effort: 'high' })).toBe(timeouts.reasoningFirstEventMs)
  expect(firstEventMs(endpoint('gpt-5-mini'), [], { effort: 'none' })).toBe(timeouts.firstEventMs)
})
it('lets a header have the last word', () => {
  expect(firstEventMs(endpoint('o3'), [], undefined, { 'x-switchyard-timeout-first-event': '1500' })).toBe(1_500)
  expect(firstEventMs(endpoint('o3'), [], undefined, { 'x-litellm-stream-timeout': '2', 'x-switchyard-timeout-first-event': '1500' })).toBe(1_500)
})
