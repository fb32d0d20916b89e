/** What happened to a key, each case in its own sentence with what can be done about it. */
import type { CredentialState, Validation, VaultBackend, VaultStatus } from '../../../shared/api/keys.ts'
import type { ProviderSummary } from '../../../shared/api/providers.ts'
import type { Ms } from '../../../shared/ids.ts'
import { formatAgo, formatNoun, formatSpan, formatUntil } from '../../ui/figures.ts'

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
  switch (state.is) {
    case 'unchecked':
      return { tone: 'idle', short: 'Not checked', long: `Not tried with ${providerName} yet.` }
    case 'ready':
      return { tone: 'ok', short: 'Ready', long: `${providerName} accepted this key ${formatAgo(state.checkedAt, now)}.` }
    case 'refused':
      return {
        tone: 'bad',
        short: 'Refused',
        long: `${providerName} refused this key ${formatAgo(state.at, now)}. Requests skip it; replace it or check it again.`,
        said: state.message,
      }
    case 'out-of-credit':
      return {
        tone: 'warn',
        short: 'Out of credit',
        long: `The account behind this key has no credit left. Top it up at ${providerName}, then check again.`,
        said: state.message,
      }
    case 'limited':
      return state.until > now
        ? {
            tone: 'warn',
            short: `Limited, ${formatUntil(state.until, now)}`,
            long: `${providerName} limits this key. It is used again in ${formatUntil(state.until, now)}.`,
          }
        : { tone: 'ok', short: 'Ready', long: `The limit of ${providerName} is over. This key is used again.` }
    case 'missing':
      return { tone: 'bad', short: 'Missing', long: 'The vault does not hold this key any more, or is locked. Paste the key again or delete this entry.' }
  }
}

/** The result of trying a key once. */
export function validationSentence(validation: Validation, providerName: string): Sentence {
  if (validation.is === 'valid') {
    const models = validation.models === undefined ? '' : ` It opens ${formatNoun(validation.models, 'model')}.`
    return { tone: 'ok', short: 'Valid', long: `${providerName} accepted the key in ${formatSpan(validation.tookMs)}.${models}` }
  }
  if (validation.is === 'unproven') {
    return { tone: 'idle', short: 'Not proven', long: `${providerName} lists its models to everyone, so only a first request tells whether the key is right.` }
  }
  const { tone, short, long } = UNACCEPTED[validation.is]
  return { tone, short, long: long(providerName), said: validation.message }
}

interface Unaccepted {
  readonly tone: Tone
  readonly short: string
  readonly long: (name: string) => string
}

const UNACCEPTED: Readonly<Record<Exclude<Validation['is'], 'valid' | 'unproven'>, Unaccepted>> = {
  refused: { tone: 'bad', short: 'Refused', long: (name) => `${name} does not know this key. Was it copied whole, and is it still active there?` },
  'out-of-credit': {
    tone: 'warn',
    short: 'Out of credit',
    long: (name) => `The key is right, but its account has no credit. Top it up at ${name}, then check again.`,
  },
  forbidden: {
    tone: 'bad',
    short: 'Forbidden',
    long: (name) => `${name} knows the key but forbids what was tried. Check its project, permissions and region there.`,
  },
  'rate-limited': {
    tone: 'warn',
    short: 'Rate limited',
    long: (name) => `${name} limits this key just now, so it could not be tried. Check it again in a minute.`,
  },
  unreachable: {
    tone: 'warn',
    short: 'Unreachable',
    long: (name) => `${name} could not be reached, so the key was not tried. Look at the connection, then check again.`,
  },
  unexpected: { tone: 'warn', short: 'Unclear', long: (name) => `${name} answered in a way that says nothing about the key. Check it again later.` },
}

const REGIONS = { local: 'on this machine', eu: 'in the EU', us: 'in the USA', cn: 'in China' } as const

/** Where a provider processes requests and what it keeps, as it says itself; undefined for what never leaves the machine. */
export function policySentence({ residency, dataPolicy, runsLocally, simulated }: Policied): string | undefined {
  if (runsLocally || simulated) return undefined
  const where = residency === undefined ? undefined : `Processes ${residency.regions.map((region) => REGIONS[region]).join(' or ')}`
  if (dataPolicy === undefined) return where === undefined ? 'No documented data policy is known to us.' : `${where}. No documented data policy is known to us.`
  const { trains, retentionDays } = dataPolicy
  const training = trains ? 'may train on what it is sent' : 'does not train on what it is sent'
  const keeping =
    retentionDays === undefined
      ? 'keeps it for a time that is not named'
      : retentionDays === 0
        ? 'keeps none of it'
        : `keeps it for ${formatNoun(retentionDays, 'day')}`
  const what = `${training} and ${keeping} (${dataPolicy.asOf}).`
  return where === undefined ? capitalised(what) : `${where}, ${what}`
}

type Policied = Pick<ProviderSummary, 'residency' | 'dataPolicy' | 'runsLocally' | 'simulated'>

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Who holds the keys, by the name the user knows it by. */
export function vaultName(vault: VaultStatus): string {
  switch (vault.backend) {
    case 'keychain':
      return vault.keychain.name
    case 'file':
      return 'Encrypted file'
    case 'environment':
      return 'Environment variables'
    case 'memory':
      return 'Memory, until you quit'
    case undefined:
      return 'Not chosen yet'
  }
}

/** The same inside a sentence: `kept by GNOME Keyring`, `kept in an encrypted file`. */
export function vaultPlace(vault: VaultStatus): string {
  switch (vault.backend) {
    case 'keychain':
      return `by ${vault.keychain.name}`
    case 'file':
      return 'in an encrypted file'
    case 'environment':
      return 'in environment variables'
    case 'memory':
      return 'in memory until you quit'
    case undefined:
      return 'nowhere yet'
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
export const VAULT_CHOICES: readonly VaultChoice[] = [
  {
    backend: 'file',
    title: 'Encrypted file',
    gain: 'Kept in the data folder, sealed with a passphrase (scrypt, AES-256-GCM).',
    risk: 'Forget the passphrase and the keys are gone; whoever learns it and has the file has the keys.',
  },
  {
    backend: 'environment',
    title: 'Environment variables',
    gain: 'Read where you already keep them, such as OPENAI_API_KEY. Nothing is stored.',
    risk: 'Every program you start from the same shell can read them, and they cannot be changed here.',
  },
  {
    backend: 'memory',
    title: 'Memory only',
    gain: 'Never written anywhere.',
    risk: 'They are gone when Switchyard quits or crashes, and you paste them again.',
  },
]
