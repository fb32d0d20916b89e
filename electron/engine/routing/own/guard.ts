/** What a guard looks for in the texts of a request. Expressions are bounded, so that no text can make them slow. */
import type { GuardPattern } from '../../../../shared/routing-config.ts'

const PATTERNS: Readonly<Record<GuardPattern, RegExp>> = {
  email: /[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/i,
  // with the country's code, or as written in North America
  phone: /(?<![\w+])\+\d{1,3}(?:[ .()/-]{0,2}\d){7,13}(?!\d)|(?<!\d)(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?!\d)/,
  // by how providers begin their keys, and blocks of private keys
  secret:
    /\bsk-[\w-]{20,200}|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_\w{36,255}|\bgithub_pat_\w{22,255}|\bglpat-[\w-]{20,64}|\bxox[abprs]-[\w-]{10,200}|\bAIza[\w-]{35}|-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/,
}

/** The first of the patterns that one of the texts holds; undefined: none does. */
export function guardedIn(texts: readonly string[], patterns: readonly GuardPattern[]): GuardPattern | undefined {
  return patterns.find((name) => texts.some((text) => PATTERNS[name].test(text)))
}
