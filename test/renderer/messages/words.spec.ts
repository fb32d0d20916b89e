/** Everything the engine says is said in the window's language; what is not ours stays as it came. */
import { afterEach, describe, expect, it } from 'vitest'
import { language } from '../../../renderer/i18n/texts.ts'
import { GERMAN_TABLES, german } from '../../../renderer/messages/german.ts'
import { told, worded, words } from '../../../renderer/messages/words.ts'
import { ENGLISH_TABLES, english, type Ours } from '../../../shared/messages/english.ts'
import { asNanoUsd } from '../../../shared/money.ts'

afterEach(() => language.setState({ now: 'en' }))

const codes = ENGLISH_TABLES.flatMap((table) => Object.keys(table))

describe('the tables', () => {
  it('have each code once, in both languages', () => {
    expect(new Set(codes).size).toBe(codes.length)
    expect(GERMAN_TABLES.flatMap((table) => Object.keys(table)).toSorted()).toEqual(codes.toSorted())
  })

  it('say nothing in German that is still English', () => {
    const plain = ENGLISH_TABLES.flatMap((table) => Object.entries(table)).filter(([, sentence]) => sentence.length === 0)
    expect(plain.length).toBeGreaterThan(80)
    expect(plain.filter(([code]) => german({ code }) === english({ code })).map(([code]) => code)).toEqual([])
  })
})

describe('a message', () => {
  const cases: readonly (readonly [Ours, string, string])[] = [
    [{ code: 'pinned', fallbacks: 1 }, 'the request’s own choice, with 1 fallback', 'die Wahl der Anfrage selbst, mit 1 Ausweichmodell'],
    [
      { code: 'forfeits', why: { code: 'asked-for' }, worth: asNanoUsd(12_300_000), tokens: 12_345, endpoint: 'openai/gpt-5' },
      'the model asked for; forfeits $0.0123: 12345 tokens of this conversation are in the prompt cache of openai/gpt-5',
      'das verlangte Modell; verschenkt $0,0123: 12.345 Token dieses Gesprächs sind im Prompt-Cache von openai/gpt-5',
    ],
    [
      { code: 'rule-skipped', rule: 'Nights', why: { code: 'another-hour' } },
      "Rule 'Nights' does not apply: another hour.",
      'Regel „Nights“ gilt nicht: eine andere Stunde.',
    ],
    [{ code: 'at-provider', provider: 'Groq', said: 'Slow down.' }, 'Groq: Slow down.', 'Groq: „Slow down.“'],
    [
      { code: 'of-several', said: { code: 'sent-nothing', who: 'Groq', ms: 30_000 }, count: 2, others: ['rate-limited'] },
      'Groq sent nothing within 30000 ms. (2 attempts failed, the other with rate-limited)',
      'Groq hat innerhalb von 30 s nichts gesendet. (2 Versuche schlugen fehl; der andere: der Anbieter begrenzt die Zahl der Anfragen)',
    ],
    [{ code: 'input', at: 'name', text: 'give it a name', rule: { is: 'hint', hint: 'name' } }, 'name: give it a name', 'name: geben Sie einen Namen an'],
  ]

  it.each(cases)('%j is said in both languages', (message, inEnglish, inGerman) => {
    expect(words(message)).toBe(inEnglish)
    language.setState({ now: 'de' })
    expect(words(message)).toBe(inGerman)
  })

  it('of another version is named by its code, and a text is left as it is', () => {
    language.setState({ now: 'de' })
    expect(words({ code: 'of-a-later-version' })).toBe('of-a-later-version')
    expect(words('what an older row says')).toBe('what an older row says')
  })

  it('takes the place of the English text that comes with it', () => {
    language.setState({ now: 'de' })
    expect(told({ message: 'The caller went away.', said: { code: 'caller-gone' } })).toBe('Der Client ging weg.')
    expect(told({ message: 'Slow down.' })).toBe('Slow down.')
    expect(worded({ kind: 'not-found', message: 'This matrix is not there any more.', said: { code: 'no-matrix' } }).message).toBe(
      'Diese Matrix gibt es nicht mehr.',
    )
  })
})
