import type { Settings } from '../../shared/settings.ts'
import { useMirrored } from '../client/mirror.ts'
import { settings } from '../client/mirrors.ts'

export type Language = 'en' | 'de'

/** What a feature says, in every language, all of the same shape. */
export interface Texts<T> {
  readonly en: T
  readonly de: T
}

/** The texts in the user's language. */
export function useTexts<T>(texts: Texts<T>): T {
  return texts[languageOf(useMirrored(settings))]
}

/** The same outside components, such as in actions. */
export function textsNow<T>(texts: Texts<T>): T {
  const mirrored = settings.store.getState()
  return texts[languageOf(mirrored.is === 'ready' ? mirrored.value : undefined)]
}

function languageOf(chosen: Settings | undefined): Language {
  const { language } = (chosen ?? {}) as { readonly language?: unknown }
  if (language === 'en' || language === 'de') return language
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en'
}
