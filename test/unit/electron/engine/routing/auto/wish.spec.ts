import { describe, expect, it } from 'vitest'
import { fits } from '../../../../../../electron/engine/routing/auto/constraints.ts'
import { autoName, wishFor } from '../../../../../../electron/engine/routing/auto/wish.ts'
import type { AutoWish } from '../../../../../../shared/auto.ts'
import type { Failure } from '../../../../../../shared/failure.ts'

const DEFAULTS: AutoWish = { slider: 0.65, allowed: [], excluded: ['x/*'], sticky: true }

describe('names that ask for a choice', () => {
  it.each([
    ['switchyard/auto', { preset: undefined }],
    ['openrouter/auto', { preset: undefined }],
    ['auto', { preset: undefined }],
    ['auto:cheap', { preset: 'cheap' }],
    ['switchyard/auto:best', { preset: 'best' }],
    ['auto:fast', undefined],
    ['openai/gpt-5', undefined],
    ['automatic', undefined],
    ['auto:toString', undefined],
  ])('%s', (name, meaning) => {
    expect(autoName(name)).toEqual(meaning)
  })
})

describe('the plugin of a request', () => {
  it('goes over the preset of the name, which goes over the defaults', () => {
    expect(wishFor(undefined, undefined, DEFAULTS)).toEqual(DEFAULTS)
    expect(wishFor('cheap', undefined, DEFAULTS).slider).toBe(0.3)
    expect(wishFor('cheap', [{ id: 'auto-router', cost_tier: 'high' }], DEFAULTS).slider).toBe(1)
    expect(wishFor(undefined, [{ id: 'auto-router', cost_quality_tradeoff: 10 }], DEFAULTS).slider).toBe(0)
  })

  it('narrows the models, and never takes an exclusion of the settings back', () => {
    const wish = wishFor(undefined, [{ id: 'web' }, { id: 'auto-router', allowed_models: ['openai/*'], excluded_models: ['openai/o1'] }], DEFAULTS)
    expect(wish).toEqual({ ...DEFAULTS, allowed: ['openai/*'], excluded: ['x/*', 'openai/o1'] })
  })

  it('is left alone when it is switched off or no plugin of ours', () => {
    for (const plugins of [
      [{ id: 'auto-router', enabled: false, cost_tier: 'high' }],
      [{ id: 'auto-beta-router', cost_tier: 'nonsense' }],
      [{ id: 'auto-router', cost_tier: null, allowed_models: null, pin_model: null }],
      null,
      [null],
      [['auto-router']],
    ])
      expect(wishFor(undefined, plugins, DEFAULTS)).toEqual(DEFAULTS)
  })
})

describe('a wrong value in the plugin', () => {
  it.each([
    ['plugins', 'auto-router'],
    ['plugins', { id: 'auto-router' }],
    ['plugins[1].allowed_models', [{ id: 'web' }, { id: 'auto-router', allowed_models: 'openai/*' }]],
    ['plugins[0].allowed_models[1]', [{ id: 'auto-router', allowed_models: ['openai/*', 7] }]],
    ['plugins[0].excluded_models[0]', [{ id: 'auto-router', excluded_models: [' '] }]],
    ['plugins[0].cost_tier', [{ id: 'auto-router', cost_tier: 'cheap' }]],
    ['plugins[0].cost_tier', [{ id: 'auto-router', cost_tier: 'toString' }]],
    ['plugins[0].cost_quality_tradeoff', [{ id: 'auto-router', cost_quality_tradeoff: 11 }]],
    ['plugins[0].cost_quality_tradeoff', [{ id: 'auto-router', cost_tier: 'low', cost_quality_tradeoff: '3' }]],
    ['plugins[0].pin_model', [{ id: 'auto-router', pin_model: 'yes' }]],
    ['plugins[0].enabled', [{ id: 'auto-router', enabled: 1 }]],
  ])('is refused, naming %s', (path, plugins) => {
    let refusal: unknown
    try {
      wishFor(undefined, plugins, DEFAULTS)
    } catch (thrown) {
      refusal = thrown
    }
    expect(refusal).toMatchObject({ kind: 'bad-request', message: expect.stringContaining(`${path} must be`) })
    expect((refusal as Failure).param).toBe(path)
  })
})

describe('patterns', () => {
  it.each([
    ['anthropic/*', 'anthropic/claude-opus-4-5', true],
    ['anthropic/*', 'vertex/anthropic/claude', false],
    ['*sonnet*', 'Anthropic/Claude-Sonnet-4-5', true],
    ['openai/gpt-4o', 'openai/gpt-4o', true],
    ['openai/gpt-4o', 'openai/gpt-4o-mini', false],
    ['openai/*-mini', 'openai/gpt-4o-mini', true],
    ['a*b*c', 'abc', true],
    ['ab*ba', 'aba', false],
    ['*', 'anything', true],
    ['gpt.4', 'gpt-4', false],
  ])('%s over %s: %s', (pattern, model, expected) => {
    expect(fits(pattern, model)).toBe(expected)
  })
})
