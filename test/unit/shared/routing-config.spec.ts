import { describe, expect, it } from 'vitest'
import { NO_ROUTING, routingConfigSchema } from '../../../shared/routing-config.ts'

describe('the routing file', () => {
  it('may be as small as its version', () => {
    expect(routingConfigSchema.parse({ version: 1 })).toEqual(NO_ROUTING)
  })

  const rule = { name: 'r', when: {}, actions: [{ do: 'deny', message: 'no' }] }
  it.each([
    [{ version: 2 }, 'version'],
    [{ version: 1, aliasses: {} }, ''],
    [{ version: 1, aliases: { 'with/slash': { models: [{ model: 'a/x' }] } } }, 'aliases.with/slash'],
    [{ version: 1, aliases: { fast: { models: [] } } }, 'aliases.fast.models'],
    [{ version: 1, rules: [{ ...rule, when: { hours: { from: 25, to: 3 } } }] }, 'rules.0.when.hours.from'],
    [{ version: 1, rules: [{ ...rule, when: { hour: 3 } }] }, 'rules.0.when'],
    [{ version: 1, rules: [{ ...rule, actions: [{ do: 'explode' }] }] }, 'rules.0.actions.0.do'],
    [{ version: 1, shadows: [{ name: 's', to: 'a/x', share: 2, mostUsdPerDay: 1 }] }, 'shadows.0.share'],
    [{ version: 1, splits: [{ name: 's', models: ['*'], arms: [{ name: 'a', model: 'a/x' }] }] }, 'splits.0.arms'],
    [{ version: 1, presets: { x: { parameters: { temperature: 3 } } } }, 'presets.x.parameters.temperature'],
    [{ version: 1, aliases: { a: { models: [{ model: 'b' }] }, b: { models: [{ model: 'a' }] } } }, 'aliases.a'],
    [{ version: 1, aliases: { a: { models: [{ model: 'a' }] } } }, 'aliases.a'],
  ])('%j is refused at %j', (value, place) => {
    expect(routingConfigSchema.safeParse(value).error?.issues[0]?.path.join('.')).toBe(place)
  })

  it('says which names lead back to themselves', () => {
    const aliases = { start: { models: [{ model: 'a' }] }, a: { models: [{ model: 'x/y' }, { model: 'b' }] }, b: { models: [{ model: 'a' }] } }
    expect(routingConfigSchema.safeParse({ version: 1, aliases }).error?.issues[0]?.message).toBe('leads back to itself: a -> b -> a')
  })
})
