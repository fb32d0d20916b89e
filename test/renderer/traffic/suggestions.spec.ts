import { describe, expect, it } from 'vitest'
import { suggestionsAt } from '../../../renderer/features/traffic/suggestions.ts'
import { TRAFFIC_TEXTS } from '../../../renderer/features/traffic/texts.ts'
import { parseFilter } from '../../../shared/traffic/parse-filter.ts'

const KNOWN = { models: ['anthropic/claude-sonnet-4-5', 'openai/gpt-5-mini'], clients: ['Claude Code', 'Cursor'] }
const at = (text: string, caret = text.length) => suggestionsAt(text, caret, KNOWN, TRAFFIC_TEXTS.en.filter)
const inserts = (text: string, caret?: number) => at(text, caret).options.map(({ insert }) => insert)

describe('suggestions', () => {
  it.each([
    ['mo', 'model:'],
    ['-mo', '-model:'],
    ['co', 'cost>'],
    ['fail', 'is:failed'],
    ['is:st', 'is:streamed'],
    ['model:gpt', 'model:openai/gpt-5-mini'],
    ['model:openai/gpt-5-mini,cl', 'model:openai/gpt-5-mini,anthropic/claude-sonnet-4-5'],
    ['client:cl', 'client:"Claude Code"'],
    ['-client:cu', '-client:Cursor'],
    ['provider:', 'provider:anthropic'],
    ['cache:', 'cache:hit'],
    ['status>', 'status>=400'],
  ])('for %s propose %s', (text, insert) => {
    expect(inserts(text)).toContain(insert)
  })

  it('begin with the usual questions', () => {
    expect(inserts('').slice(0, 3)).toEqual(['is:ok', 'is:failed', 'is:open'])
  })

  it('take the word at the caret, and no other', () => {
    expect(at('is:ok mo timeout', 8)).toMatchObject({ start: 6, end: 8 })
    expect(inserts('is:ok mo timeout', 8)).toContain('model:')
  })

  it('mean a word that says it all', () => {
    expect(at('err').options[0]).toMatchObject({ insert: 'is:failed', isMeant: true })
    expect(at('er').options[0]).toMatchObject({ isMeant: false })
  })

  it.each(['en', 'de'] as const)('can all be understood: %s', (language) => {
    for (const text of ['', 'is:', 'cache:', 'status>', 'cost>', 'ttft>', 'age<', 'model:', 'client:', 'source:', 'dialect:', 'outcome:', 'finish:']) {
      for (const { insert, isWhole } of suggestionsAt(text, text.length, KNOWN, TRAFFIC_TEXTS[language].filter).options) {
        if (isWhole) expect(parseFilter(insert).problems, insert).toEqual([])
      }
    }
    for (const [, filter] of TRAFFIC_TEXTS[language].filter.aliases) expect(parseFilter(filter).problems).toEqual([])
  })
})
