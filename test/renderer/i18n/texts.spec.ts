import { afterEach, describe, expect, it } from 'vitest'
import { type Language, language, languageFor, plural, textsNow } from '../../../renderer/i18n/texts.ts'

const speak = (now: Language) => language.setState({ now })
afterEach(() => speak('en'))

describe('texts', () => {
  const texts = {
    en: { found: (count: number) => `${count} ${plural(count, { one: 'model', other: 'models' })}` },
    de: { found: (count: number) => `${count} ${plural(count, { one: 'Modell', other: 'Modelle' })}` },
  }

  it('follow the language in use, numbers included', () => {
    expect([0, 1, 2].map(textsNow(texts).found)).toEqual(['0 models', '1 model', '2 models'])
    speak('de')
    expect([0, 1, 2].map(textsNow(texts).found)).toEqual(['0 Modelle', '1 Modell', '2 Modelle'])
  })
})

describe('the language of a machine', () => {
  it.each([
    [['de-AT', 'en'], 'de'],
    [['fr-FR', 'de-DE', 'en'], 'de'],
    [['EN-gb'], 'en'],
    [['fr'], 'en'],
    [[], 'en'],
  ] as const)('%j is spoken to in %s', (wanted, spoken) => {
    expect(languageFor(wanted)).toBe(spoken)
  })
})
