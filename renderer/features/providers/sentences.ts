/** What happened to a key, each case in its own sentence with what can be done about it. */

import type { CredentialState, Validation, VaultBackend, VaultStatus } from '../../../shared/api/keys.ts'
import type { ProviderSummary } from '../../../shared/api/providers.ts'
import type { Ms } from '../../../shared/ids.ts'
import { textsNow } from '../../i18n/texts.ts'
import { told } from '../../messages/words.ts'
import { formatAgo, formatSpan, formatUntil } from '../../ui/figures.ts'
import { PROVIDERS_TEXTS } from './texts.ts'

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'idle'

export interface Sentence {
  readonly tone: Tone
  /** One or two words, for a table cell. */
  readonly short: string
  /** A whole sentence, with the fix where there is one. */
  readonly long: string
  /** What the provider itself said. */
  readonly said?: string
}

export function stateSentence(state: CredentialState, providerName: string, now: Ms): Sentence {
  const { state: texts } = textsNow(PROVIDERS_TEXTS)
  const { short } = texts
  switch (state.is) {
    case 'unchecked':
      return { tone: 'idle', short: short.unchecked, long: texts.unchecked(providerName) }
    case 'ready':
      return { tone: 'ok', short: short.ready, long: texts.ready(providerName, formatAgo(state.checkedAt, now)) }
    case 'refused':
      return { tone: 'bad', short: short.refused, long: texts.refused(providerName, formatAgo(state.at, now)), said: told(state) }
    case 'out-of-credit':
      return { tone: 'warn', short: short.outOfCredit, long: texts.outOfCredit(providerName), said: told(state) }
    case 'limited': {
      if (state.until <= now) return { tone: 'ok', short: short.ready, long: texts.limitOver(providerName) }
      const until = formatUntil(state.until, now)
      return { tone: 'warn', short: short.limited(until), long: texts.limited(providerName, until) }
    }
    case 'missing':
      return { tone: 'bad', short: short.missing, long: texts.missing }
  }
}

/** The result of trying a key once. */
export function validationSentence(validation: Validation, providerName: string): Sentence {
  const { check: texts } = textsNow(PROVIDERS_TEXTS)
  const { short } = texts
  switch (validation.is) {
    case 'valid':
      return { tone: 'ok', short: short.valid, long: texts.valid(providerName, formatSpan(validation.tookMs), validation.models) }
    case 'unproven':
      return { tone: 'idle', short: short.unproven, long: texts.unproven(providerName) }
    case 'refused':
      return { tone: 'bad', short: short.refused, long: texts.refused(providerName), said: told(validation) }
    case 'out-of-credit':
      return { tone: 'warn', short: short.outOfCredit, long: texts.outOfCredit(providerName), said: told(validation) }
    case 'forbidden':
      return { tone: 'bad', short: short.forbidden, long: texts.forbidden(providerName), said: told(validation) }
    case 'rate-limited':
      return { tone: 'warn', short: short.rateLimited, long: texts.rateLimited(providerName), said: told(validation) }
    case 'unreachable':
      return { tone: 'warn', short: short.unreachable, long: texts.unreachable(providerName), said: told(validation) }
    case 'unexpected':
      return { tone: 'warn', short: short.unexpected, long: texts.unexpected(providerName), said: told(validation) }
  }
}

/** Where a provider processes requests and what it keeps, as it says itself; undefined for what never leaves the machine. */
export function policySentence({ residency, dataPolicy, runsLocally, simulated }: Policied): string | undefined {
  if (runsLocally || simulated) return undefined
  const { policy: texts } = textsNow(PROVIDERS_TEXTS)
  const where = residency === undefined ? undefined : texts.processes(residency.regions.map((region) => texts.regions[region]))
  if (dataPolicy === undefined) return where === undefined ? texts.unknown : `${where}. ${texts.unknown}`
  const { trains, retentionDays } = dataPolicy
  const keeping = retentionDays === undefined ? texts.keepsUnnamed : retentionDays === 0 ? texts.keepsNone : texts.keepsDays(retentionDays)
  const what = texts.and(trains ? texts.trains : texts.doesNotTrain, keeping, dataPolicy.asOf)
  return where === undefined ? capitalised(what) : `${where}, ${what}`
}

type Policied = Pick<ProviderSummary, 'residency' | 'dataPolicy' | 'runsLocally' | 'simulated'>

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Who holds the keys, by the name the user knows it by. */
export function vaultName(vault: VaultStatus): string {
  const { names } = textsNow(PROVIDERS_TEXTS).vault
  switch (vault.backend) {
    case 'keychain':
      return vault.keychain.name
    case 'file':
      return names.file
    case 'environment':
      return names.environment
    case 'memory':
      return names.memory
    case undefined:
      return names.none
  }
}

/** The same inside a sentence: `kept by GNOME Keyring`, `kept in an encrypted file`. */
export function vaultPlace(vault: VaultStatus): string {
  const { places } = textsNow(PROVIDERS_TEXTS).vault
  switch (vault.backend) {
    case 'keychain':
      return places.keychain(vault.keychain.name)
    case 'file':
      return places.file
    case 'environment':
      return places.environment
    case 'memory':
      return places.memory
    case undefined:
      return places.none
  }
}

export interface VaultChoice {
  readonly backend: VaultBackend
  readonly title: string
  readonly gain: string
  /** The price of this choice, in one sentence. */
  readonly risk: string
}

/** Where keys may live when there is no keychain; the safest first. */
export function vaultChoices(): readonly VaultChoice[] {
  const { names, gains, risks, memoryTitle } = textsNow(PROVIDERS_TEXTS).vault
  return [
    { backend: 'file', title: names.file, gain: gains.file, risk: risks.file },
    { backend: 'environment', title: names.environment, gain: gains.environment, risk: risks.environment },
    { backend: 'memory', title: memoryTitle, gain: gains.memory, risk: risks.memory },
  ]
}
