/** What went wrong at a provider or on the way there, and what was made of it. What a provider itself says stands inside as it came. */
import type { FailureKind } from '../failure.ts'
import { formatUsd, type NanoUsd } from '../money.ts'
import type { MessageOf, Said, Sentences } from './message.ts'

/** Why a host could not be reached, as far as the system tells. */
export type Unreachable = 'refused' | 'not-found' | 'no-lookup' | 'closed' | 'late' | 'expired' | 'other-name' | 'untrusted' | 'other'
const UNREACHABLE: Readonly<Record<Exclude<Unreachable, 'other'>, string>> = {
  refused: 'refused the connection; is the server running?',
  'not-found': 'could not be found; is this machine online?',
  'no-lookup': 'could not be looked up; is this machine online?',
  closed: 'closed the connection before it answered.',
  late: 'did not answer in time.',
  expired: 'shows a certificate that has expired. Is the clock of this machine right?',
  'other-name': 'shows a certificate for another name.',
  untrusted:
    'shows a certificate of an issuer that is not trusted here. Where a company or a virus scanner looks into connections, name its CA file in Settings, Network.',
}

export const ATTEMPT_FAILURES = {
  /** A provider's own words behind its name. */
  'at-provider': ({ provider, said }: { provider: string; said: Said }, say) => `${provider}: ${say(said)}`,
  'of-several': ({ said, count, others }: { said: Said; count: number; others: readonly FailureKind[] }, say) =>
    `${say(said)} (${count} attempts failed, the ${others.length === 1 ? 'other' : 'others'} with ${others.join(', ')})`,
  'all-rest': ({ model, why }: { model: string; why: readonly { endpoint: string; why: Said }[] }, say) =>
    `Nothing that could serve ${model} may be asked just now${why.length === 0 ? '' : ` (${why.map((each) => `${each.endpoint}: ${say(each.why)}`).join('; ')})`}.`,
  'plan-empty': () => 'The plan had no candidate.',
  /** undefined: it has no known price. */
  'costs-too-much': ({ endpoint, cost, most }: { endpoint: string; cost: NanoUsd | undefined; most: number }) =>
    `${endpoint} ${cost === undefined ? 'has no known price' : `may cost up to ${formatUsd(cost)} by estimate`}, and this request may cost no more than $${most}.`,

  'sent-nothing': ({ who, ms }: { who: string; ms: number }) => `${who} sent nothing within ${ms} ms.`,
  'still-answering': ({ who, ms }: { who: string; ms: number }) => `${who} was still answering after ${ms} ms.`,
  'fell-silent': ({ who, ms }: { who: string; ms: number }) => `${who} fell silent for ${ms} ms in the middle of its answer.`,
  'caller-gone': () => 'The caller went away.',
  'caller-gone-midway': () => 'The caller went away in the middle of the answer.',
  'nobody-reads': () => 'Nobody reads on.',
  /** `system` is the operating system's code, such as EPIPE. */
  unreachable: ({ host, because, system }: { host: string; because: Unreachable; system: string | undefined }) =>
    `${host} ${because === 'other' ? `could not be reached (${system ?? 'connection failed'}).` : UNREACHABLE[because]}`,
  'not-connected': ({ host, ms }: { host: string; ms: number }) => `${host} did not accept a connection within ${ms} ms.`,
  'broke-off-midway': ({ host, system }: { host: string; system: string | undefined }) =>
    `${host} broke off in the middle of its answer${system === undefined ? '' : ` (${system})`}.`,
  'leads-to': ({ host, reach }: { host: string; reach: 'forbidden' | 'this-machine' | 'private-network' | 'public' }) => {
    const what =
      reach === 'forbidden'
        ? 'leads to a link-local, metadata or unusable address, where no model is served from'
        : reach === 'this-machine'
          ? 'leads to this machine'
          : 'leads into a private network'
    const remedy = ' without a yes: inPrivateNetwork of a provider of your own, privateBaseUrls for another, in the settings'
    return `${host} ${what}. It is not called${reach === 'private-network' ? remedy : ''}.`
  },
  redirects: ({ name, status }: { name: string; status: number }) =>
    `${name} redirects to another address (${status}), which is not followed. Give its base URL as it is now.`,
  'answer-too-large': ({ bytes }: { bytes: number }) => `The provider's answer is larger than ${bytes} bytes.`,
  'answer-not-json': () => 'The provider answered 200 with something that is not JSON.',
  'answer-no-object': () => 'The provider answered 200 with JSON that is no object.',
  'provider-removed': ({ provider }: { provider: string }) => `The provider '${provider}' has been removed.`,
  'no-address': ({ name }: { name: string }) => `${name} has no address yet: give its base URL in the settings.`,
  'shutting-down': () => 'Switchyard is shutting down.',
  'failed-inside': () => 'Switchyard failed to handle this request. Its log says more.',
  'answer-broke-off': () => 'The answer broke off without saying why.',
  'answer-unreadable': () => 'The answer could not be read.',
  'no-answer-within': ({ name, seconds }: { name: string; seconds: number }) => `${name} did not answer within ${seconds} seconds.`,
} satisfies Sentences

export type AttemptFailure = MessageOf<typeof ATTEMPT_FAILURES>
