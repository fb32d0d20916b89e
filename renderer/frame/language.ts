import type { Settings } from '../../shared/settings.ts'
import { client } from '../client/client.ts'
import { settings } from '../client/mirrors.ts'
import { DIRECTIONS, language, languageFor } from '../i18n/texts.ts'

export type LanguageChoice = Settings['language']

const REMEMBERED = 'switchyard.language'

/** Speaks this language from now on, and says so on <html> for screen readers, hyphenation and the direction of writing. */
export function applyLanguage(choice: LanguageChoice): void {
  const now = choice === 'system' ? languageFor(navigator.languages) : choice
  document.documentElement.lang = now
  document.documentElement.dir = DIRECTIONS[now]
  if (language.getState().now !== now) language.setState({ now })
}

/** The last choice seen here: the settings arrive after the first paint, and words must not change before one's eyes. */
export function rememberedLanguage(): LanguageChoice {
  const choice = localStorage.getItem(REMEMBERED)
  return choice === 'en' || choice === 'de' ? choice : 'system'
}

export function chooseLanguage(choice: LanguageChoice): void {
  follow(choice)
  void client['settings.update']({ language: choice }).then(settings.refresh)
}

/** Follows the settings, whoever changes them. */
export function followLanguage(): () => void {
  settings.start()
  return settings.store.subscribe((state) => state.is === 'ready' && follow(state.value.language))
}

function follow(choice: LanguageChoice): void {
  localStorage.setItem(REMEMBERED, choice)
  applyLanguage(choice)
}
