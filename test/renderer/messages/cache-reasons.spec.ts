/** What the gates say, in the window's language: every reason has its sentence in both, and the words of the question stay as they were asked. */
import { afterEach, describe, expect, it } from 'vitest'
import { GUARDED, GUARDS, STRICT } from '../../../electron/engine/cache/semantic/gate.ts'
import { language } from '../../../renderer/i18n/texts.ts'
import { cacheReason, gateName } from '../../../renderer/messages/cache-reasons.ts'
import { CACHE_REASONS, type CacheReason, GATES, reasonInEnglish } from '../../../shared/messages/cache-reasons.ts'

/** One of each code: the compiler holds this list to be whole. */
const EACH: { readonly [Code in CacheReason['code']]: CacheReason & { readonly code: Code } } = {
  differ: { code: 'differ', what: 'numbers', one: ['5'], other: ['6'] },
  'one-has': { code: 'one-has', what: 'whose', words: ['mine'] },
  'symbol-order': { code: 'symbol-order', one: ['+', '-'], other: ['-', '+'] },
  'no-partner': { code: 'no-partner', words: ['cake'] },
  'near-in-meaning': { code: 'near-in-meaning' },
  'one-for-another': { code: 'one-for-another', one: ['dogs'], other: ['cats'] },
  'on-one-side': { code: 'on-one-side', words: ['quickly'] },
  opposites: { code: 'opposites', one: 'on', other: 'off' },
  'asked-differently': { code: 'asked-differently', one: ['why'], other: ['how-to', 'who'] },
  'ends-with': { code: 'ends-with', words: ['for'] },
  'another-part': { code: 'another-part', word: 'rome', one: 'from', other: 'to' },
  'one-says-by-whom': { code: 'one-says-by-whom' },
  'word-order': { code: 'word-order', first: 'ann', second: 'bob' },
  'one-compares': { code: 'one-compares', words: ['faster'] },
  'last-turn-not-users': { code: 'last-turn-not-users' },
  'offers-tools': { code: 'offers-tools' },
  'tool-loop': { code: 'tool-loop' },
  attachments: { code: 'attachments' },
  temperature: { code: 'temperature', above: 0.3 },
  'several-answers': { code: 'several-answers' },
  'many-turns': { code: 'many-turns', most: 4 },
  empty: { code: 'empty' },
  'too-long': { code: 'too-long', most: 2000 },
  'private-use': { code: 'private-use' },
  'code-block': { code: 'code-block' },
  'new-each-time': { code: 'new-each-time', word: 'joke' },
  'changes-with-time': { code: 'changes-with-time', word: 'weather' },
  'refers-back': { code: 'refers-back', word: 'it' },
  'too-short': { code: 'too-short' },
  'was-wrong': { code: 'was-wrong', above: 0.95 },
  'kind-unproved': { code: 'kind-unproved', bound: 0.5, accepted: 0.02 },
  'answer-doubtful': { code: 'answer-doubtful', rate: 0.031, accepted: 0.02 },
  shadow: { code: 'shadow' },
}

afterEach(() => language.setState({ now: 'en' }))

describe('a reason', () => {
  it.each(Object.values(EACH))('$code is worded in both languages, with what it is about', (reason) => {
    const english = cacheReason(reason, '')
    expect(english).toBe(reasonInEnglish(reason))
    language.setState({ now: 'de' })
    const german = cacheReason(reason, '')
    expect(german).not.toBe(reason.code)
    expect(german).not.toBe(english)
    for (const [about, value] of Object.entries(reason)) {
      if (about === 'code' || about === 'what') continue
      // values that are ours are worded too; numbers have the language's decimal sign
      const shown = [value].flat().filter((each) => !['mine', 'why', 'how-to', 'who'].includes(String(each)) && typeof each === 'string')
      for (const each of shown) expect(german).toContain(each)
    }
  })

  it('is said as it was kept where there are no data of it', () => {
    language.setState({ now: 'de' })
    expect(cacheReason(undefined, 'numbers differ: 1 and 2')).toBe('numbers differ: 1 and 2')
    expect(cacheReason(undefined, undefined)).toBeUndefined()
  })

  it('words what is ours and leaves what is the question’s', () => {
    language.setState({ now: 'de' })
    expect(cacheReason(EACH['asked-differently'], '')).toBe('anders gefragt: warum und wie man + wer')
    expect(cacheReason(EACH['one-has'], '')).toBe('nur auf einer Seite, wem es gehört: meins')
    expect(cacheReason(EACH['was-wrong'], '')).toContain('0,950')
    expect(cacheReason({ code: 'one-has', what: 'names', words: ['mine'] }, '')).toContain('mine')
  })
})

it('has a name for every gate, and no gate without a name', () => {
  expect(new Set([...GUARDS, ...GUARDED, ...STRICT].map(({ name }) => name).concat('eligibility'))).toEqual(new Set(GATES))
  expect(GATES.map(gateName).every((name) => name !== '')).toBe(true)
  expect(new Set(Object.keys(CACHE_REASONS))).toEqual(new Set(Object.keys(EACH)))
})
