/** Finds what is, or looks like, a secret in data that is about to leave the machine or to come in. */

/** As the keys of providers and of code hosts begin, each with what it takes to be one; https://github.com/gitleaks/gitleaks names many more. */
const KEY =
  /(^|[^A-Za-z0-9])(sk-[A-Za-z0-9_-]{20,}|AIza[A-Za-z0-9_-]{30,}|gsk_[A-Za-z0-9]{20,}|xai-[A-Za-z0-9]{20,}|hf_[A-Za-z0-9]{20,}|gh[pousr]_[A-Za-z0-9]{30,}|AKIA[A-Z0-9]{16})/
const URL_WITH_PASSWORD = /[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:[^\s/@]+@/i
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/

export function looksSecret(text: string): boolean {
  return KEY.test(text) || URL_WITH_PASSWORD.test(text) || PRIVATE_KEY.test(text)
}

/** Where in a value, as `settings.baseUrls.openai`. */
export function secretsIn(value: unknown, at: readonly string[] = []): readonly string[] {
  if (typeof value === 'string') return looksSecret(value) ? [at.join('.')] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => (looksSecret(name) ? [[...at, '…'].join('.')] : secretsIn(each, [...at, name])))
}
