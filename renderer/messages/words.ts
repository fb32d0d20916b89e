/** What the engine says, in the language in use. */
import type { ApiFailure } from '../../shared/contract.ts'
import { english } from '../../shared/messages/english.ts'
import type { Message, Said, Say, Translated } from '../../shared/messages/message.ts'
import { type Language, language } from '../i18n/texts.ts'
import { german } from './german.ts'

const SPEAKERS: Readonly<Record<Language, Say>> = { en: english, de: german }

/** For components that draw anew with the language, as all that use texts do. */
export function words(said: Said): string {
  return SPEAKERS[language.getState().now](said)
}

/** Of a declaration that states it in each language. */
export function inLanguage(text: Translated): string {
  return text[language.getState().now]
}

/** What comes with an English text for those who do not know its code: the message where it is ours, otherwise the text as it came. */
export function told({ message, said }: { readonly message: string; readonly said?: Message | undefined }): string {
  return said === undefined ? message : words(said)
}

/** A failure of the engine with its sentence in the language in use. */
export function worded(failure: ApiFailure): ApiFailure {
  return failure.said === undefined ? failure : { ...failure, message: words(failure.said) }
}
