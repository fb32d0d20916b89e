/**
 * The words of the workbench. Each folder keeps its own in a `texts.ts`: one object `{ en, de }`, whose German the compiler holds to the shape of the
 * English. Values are strings, or functions of what a sentence is about, so that each language orders it as it likes.
 */

import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'

export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

/** The same sentences in each language. */
export interface Texts<Shape> {
  readonly en: Shape
  readonly de: NoInfer<Shape>
}

/** What each language is called in itself, as lists of languages show it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' }

/** For `dir` on the document. The style sheets use logical properties throughout, so that a right-to-left language needs no more than its line here. */
export const DIRECTIONS: Readonly<Record<Language, 'ltr' | 'rtl'>> = { en: 'ltr', de: 'ltr' }

/** The language in use; `frame/language.ts` sets it from the settings. */
export const language: StoreApi<{ readonly now: Language }> = createStore(() => ({ now: 'en' as Language }))

/** The texts in the language in use; drawn again when it changes. For components. */
export function useTexts<Shape>(texts: Texts<Shape>): Shape {
  return texts[useStore(language, (state) => state.now)]
}

/** The same for actions and other code outside of components. The window is drawn anew when the language changes, so what it gave is never old. */
export function textsNow<Shape>(texts: Texts<Shape>): Shape {
  return texts[language.getState().now]
}

/** The form that the language in use has for this number: `plural(3, { one: 'request', other: 'requests' })`. What is missing is written as `other`. */
export function plural(count: number, forms: PluralForms): string {
  return forms[pluralRules(language.getState().now).select(count)] ?? forms.other
}

export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string }

const rules = new Map<Language, Intl.PluralRules>()

function pluralRules(of: Language): Intl.PluralRules {
  const known = rules.get(of) ?? new Intl.PluralRules(of)
  rules.set(of, known)
  return known
}

/** The first of the wanted languages (BCP 47, best first) that there are texts for, or English. */
export function languageFor(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((each) => each === tag.toLowerCase().split('-')[0])
    if (found !== undefined) return found
  }
  return 'en'
}
