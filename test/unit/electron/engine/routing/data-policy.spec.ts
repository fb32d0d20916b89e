import { describe, expect, it } from 'vitest'
import { builtInProviders } from '../../../../../electron/engine/providers/registry.ts'
import { dataPolicyOf } from '../../../../../electron/engine/routing/constraints.ts'

const documented = (trains: boolean, retentionDays: number | undefined, exceptModels?: 'all' | readonly string[]) => ({
  dataPolicy: { trains, retentionDays, source: 'https://policy.example', asOf: '2026-11-01', ...(exceptModels !== undefined && { exceptModels }) },
})
const of = (id: string, upstreamModel: string) =>
  dataPolicyOf(
    { upstreamModel },
    undefined,
    builtInProviders.find((provider) => provider.id === id),
  )

describe('what holds for prompts', () => {
  it.each([
    ['nothing documented', {}, undefined],
    ['no such provider', undefined, undefined],
    ['documented not to train', documented(false, undefined), { keepsNothing: false, learnsNothing: true }],
    ['kept for a while', documented(false, 30), { keepsNothing: false, learnsNothing: true }],
    ['kept for no day', documented(false, 0), { keepsNothing: true, learnsNothing: true }],
    ['documented to train', documented(true, 30), { keepsNothing: false, learnsNothing: false }],
    ['trained on, and so kept', documented(true, 0), { keepsNothing: false, learnsNothing: false }],
    ['a router, whose hosts have policies of their own', documented(false, 0, 'all'), undefined],
    ['a model that runs elsewhere', documented(false, 0, ['far/']), undefined],
    ['a model that runs here', documented(false, 0, ['other/']), { keepsNothing: true, learnsNothing: true }],
  ])('%s', (_, provider, expected) => {
    expect(dataPolicyOf({ upstreamModel: 'far/model' }, undefined, provider)).toEqual(expected)
  })

  it('is what the user states, whichever way', () => {
    const never = { keepsNothing: false, learnsNothing: false }
    expect(dataPolicyOf({ upstreamModel: 'm' }, never, documented(false, 0))).toEqual(never)
    const always = { keepsNothing: true, learnsNothing: true }
    expect(dataPolicyOf({ upstreamModel: 'm' }, always, documented(true, 30))).toEqual(always)
  })

  it('is read from the declarations', () => {
    expect(of('groq', 'llama-3.3-70b')).toEqual({ keepsNothing: true, learnsNothing: true })
    expect(of('deepinfra', 'deepseek-ai/DeepSeek-V3')).toEqual({ keepsNothing: true, learnsNothing: true })
    expect(of('deepinfra', 'anthropic/claude-4-sonnet')).toBeUndefined()
    expect(of('openrouter', 'deepseek/deepseek-chat')).toBeUndefined()
  })
})
