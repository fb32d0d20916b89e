/** The catalogue knows at least what it knew when these floors were set; `npm run report:catalog` prints the figures. */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { FACTS_FILE, makeFacts } from '../../electron/engine/catalog/facts/generate.ts'
import { type Coverage, catalogCoverage, type Field } from './catalog-coverage.ts'

let coverage: Coverage
beforeAll(async () => {
  coverage = await catalogCoverage(Date.parse('2026-11-22'))
})

describe('the catalogue', () => {
  it('has hundreds of chat models, many of them at several hosts, and the main embedding models', () => {
    expect(coverage.chatModels).toBeGreaterThanOrEqual(850)
    expect(coverage.chatEndpoints).toBeGreaterThanOrEqual(1_650)
    expect(coverage.withSeveralHosts).toBeGreaterThanOrEqual(260)
    expect(coverage.embeddings).toBeGreaterThanOrEqual(20)
    expect(coverage.providers.length).toBeGreaterThanOrEqual(26)
  })

  it('prices sound and pictures where they are asked for by name', () => {
    expect(coverage.priced).toEqual({ 'price: audio in': 19, 'price: audio out': 8, 'price: image in': 7, 'price: image out': 5 })
  })

  it('says of every price where it comes from and of which day it is', () => {
    expect(coverage.unsourced).toBe(0)
  })

  it.each<[Field, number]>([
    ['context', 1_400],
    ['output', 1_320],
    ['input modalities', 1_320],
    ['output modalities', 550],
    ['tools', 1_320],
    ['parallel tools', 165],
    ['JSON schema', 280],
    ['reasoning', 1_300],
    ['efforts', 690],
    ['prompt caching', 980],
    ['cache minimum', 300],
    ['streaming', 1_260],
    ['cutoff', 315],
    ['open weights', 220],
    ['deprecation', 1_320],
    ['canonical', 1_600],
    ['price: input', 1_600],
    ['price: output', 1_600],
    ['price: cache read', 1_090],
    ['price: cache write 5 m', 490],
    ['price: cache write 1 h', 95],
    ['price: web search', 70],
    ['price: by prompt length', 185],
    ['price: by hour', 2],
    ['price: batch', 130],
    ['price: flex', 38],
    ['price: priority', 23],
  ])('knows %s of at least %d', (field, floor) => {
    expect(coverage.fields[field]).toBeGreaterThanOrEqual(floor)
  })
})

it('is made from the pinned packages, to the byte', ({ skip }) => {
  let made: string
  try {
    made = makeFacts()
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    // another checksum is a finding; no network is none
    if (!/npm pack/.test(message)) throw thrown
    console.warn(`the packages of the model facts cannot be fetched here, so model-facts.ts is not made anew: ${message.slice(0, 200)}`)
    return skip()
  }
  expect(made === readFileSync(FACTS_FILE, 'utf8')).toBe(true)
}, 120_000)
