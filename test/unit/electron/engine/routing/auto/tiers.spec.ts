import { describe, expect, it } from 'vitest'
import { meanQuality, QUALITY_TABLE, qualityOf } from '../../../../../../electron/engine/routing/auto/quality-table.ts'
import { tierOf } from '../../../../../../electron/engine/routing/auto/tiers.ts'
import { TASKS, type Task, TIERS, type Tier } from '../../../../../../shared/auto.ts'
import { estimatesOf, ROWS } from '../../../../../bench/routing/public-quality.ts'

const CASES: readonly (readonly [string, Tier, RegExp])[] = [
  ['gpt-5', 'frontier', /family/],
  ['gpt-5.1-mini', 'large', /family/],
  ['gpt-5-nano', 'small', /family/],
  ['gpt-4o-mini-2024-07-18', 'medium', /family/],
  ['gpt-4-1106-preview', 'large', /family/],
  ['o3', 'frontier', /family/],
  ['o4-mini', 'large', /family/],
  ['claude-opus-4-5', 'frontier', /family/],
  ['claude-haiku-4-5', 'large', /family/],
  ['claude-4-sonnet-20250514', 'frontier', /family/],
  ['claude-4-1-opus-20250805', 'frontier', /family/],
  ['openai/o3', 'frontier', /family/],
  ['marco-o1-7b', 'small', /7 billion/],
  ['glm-4.5-air', 'medium', /family/],
  ['glm-4.6', 'frontier', /family/],
  ['claude-3-haiku-20240307', 'medium', /family/],
  ['gemini-2.5-flash-lite', 'medium', /family/],
  ['gemini-3-pro-preview', 'frontier', /family/],
  ['deepseek-r1-distill-qwen-32b', 'medium', /family/],
  ['meta-llama/Llama-3.3-70B-Instruct-Turbo', 'medium', /70 billion/],
  ['Meta-Llama-3.1-405B-Instruct', 'large', /405 billion/],
  ['mixtral-8x7b-instruct-v0.1', 'medium', /19 billion/],
  ['qwen2.5:7b', 'small', /7 billion/],
  ['gemma3:1b', 'tiny', /1 billion/],
  ['acme-large', 'large', /word/],
  ['acme-x', 'small', /nothing is known/],
]

describe('the tier of a model', () => {
  it.each(CASES)('%s is %s', (model, tier, because) => {
    const reading = tierOf(model, undefined)
    expect(reading.tier).toBe(tier)
    expect(reading.because).toMatch(because)
  })

  it('comes from its price where its name says nothing', () => {
    expect(tierOf('acme-x', { output: 300_000 }).tier).toBe('small')
    expect(tierOf('acme-x', { output: 10_000_000 }).tier).toBe('large')
    expect(tierOf('acme-x', { output: 75_000_000 }).tier).toBe('frontier')
  })

  it('is what the user says, before all rules', () => {
    expect(tierOf('gpt-5', { output: 1 }, 'tiny')).toEqual({ tier: 'tiny', because: 'set by you' })
  })
})

describe('the quality table', () => {
  it('rises with the tier on every task, and says where each figure is from', () => {
    for (const task of TASKS) {
      const row = TIERS.map((tier) => QUALITY_TABLE[task][tier])
      const figures = row.map(({ quality }) => quality)
      expect(figures, task).toEqual(figures.toSorted((a, b) => a - b))
      expect(new Set(figures).size).toBe(TIERS.length)
      const sources = row.flatMap((cell) => cell.sources)
      expect(row.every((cell) => cell.basis === 'assumed' || cell.sources.length > 0)).toBe(true)
      for (const { address, version, readOn } of sources) {
        expect(address).toMatch(/^https:\/\//)
        // a day, or a commit that its address names
        if (!/^\d{4}-\d\d-\d\d$/.test(version)) expect(address).toContain(version)
        expect(readOn).toMatch(/^\d{4}-\d\d-\d\d$/)
      }
    }
    expect(TIERS.map(meanQuality)).toEqual(TIERS.map(meanQuality).toSorted((a, b) => a - b))
  })

  it.each(Object.entries(ROWS))('has for %s what the public scores beside it come to', (task, columns) => {
    const estimates = estimatesOf(columns)
    for (const [at, { quality, scores }] of estimates.entries()) {
      const cell = QUALITY_TABLE[task as Task][TIERS[at] as Tier]
      expect(cell.quality, `${task}, ${TIERS[at]}`).toBeCloseTo(quality, 3)
      expect(cell.basis === 'drawn').toBe(scores < 3)
    }
  })

  it('gives way to the user', () => {
    expect(qualityOf('code', 'small', { code: { small: 0.99 } })).toBe(0.99)
    expect(qualityOf('code', 'large', { code: { small: 0.99 } })).toBe(QUALITY_TABLE.code.large.quality)
  })
})
