/** Why the workbench's own calls are refused. */
import type { MessageOf, Said, Sentences } from './message.ts'

export const REFUSALS = {
  // the door
  'no-route': ({ route }: { route: string }) => `There is no route '${route}'.`,
  'takes-post': ({ route }: { route: string }) => `'${route}' takes POST.`,
  'send-json': () => 'Send application/json.',
  'no-json': () => 'The body is not valid JSON.',
  'could-not': () => 'Switchyard could not do this. Its log says why.',
  'no-engine': () => 'Switchyard does not answer. Is it still running?',

  // what is not there (any more)
  'no-request': () => 'This request is not in the ledger (any more).',
  'bodies-gone': () => 'Their bodies have been let go since; they cannot be brought back.',
  'no-filter': () => 'There is no filter of this name any more.',
  'no-update-address': () => 'The settings name no address to look for newer versions at.',
  'no-page': () => 'This is no page mark of the traffic list.',
  'no-cache-page': () => 'This is no page mark of the cache.',
  'no-vote': () => 'This vote is not there any more.',
  'no-library-entry': () => 'This entry is not there any more.',
  'no-comparison': () => 'This comparison is not kept (any more).',
  'no-matrix': () => 'This matrix is not there any more.',
  'no-key-there': () => 'This key is not there any more.',
  'no-such-key': () => 'There is no such key (any more).',
  'no-provider': ({ provider }: { provider: string }) => `There is no provider '${provider}'.`,
  'provider-gone': ({ provider }: { provider: string }) => `The provider '${provider}' is not there any more.`,
  'no-cache-entry': () => 'This entry is not in the response cache (any more).',
  'not-from-entry': () => 'This request was not answered from this entry.',
  'body-not-kept': () => 'The body of this request was not kept, or has been cleared.',
  'beginning-kept': () => 'Of this request only the beginning was kept.',

  // traffic
  'cannot-resend': () => 'Its body was not kept whole, or it is no conversation, so it cannot be sent again.',
  'cannot-compare': () => 'Its body was not kept whole, or it is no conversation, so it cannot be compared.',
  'filter-unclear': ({ from, to, word, problem }: { from: number; to: number; word: string; problem: string }) =>
    `The filter cannot be understood at characters ${from} to ${to}: '${word}' (${problem}).`,

  // models
  'none-held': ({ endpoint }: { endpoint: string }) => `No price of ${endpoint} is held back.`,
  'own-models-only': ({ provider }: { provider: string }) => `${provider} takes no models but its own.`,
  'not-your-model': ({ endpoint }: { endpoint: string }) => `${endpoint} is no model of your own.`,
  'nobody-knows-price': ({ endpoint }: { endpoint: string }) => `Nobody knows a price of ${endpoint}. Set one first.`,

  // providers and keys
  'provider-exists': ({ provider }: { provider: string }) => `There is a provider '${provider}' already.`,
  'provider-lost': () => 'The provider was stored but is not there.',
  'not-your-provider': () => 'Only providers that you added yourself can be removed.',
  'in-private-network': ({ host }: { host: string }) => `${host} leads into a private network. Say that this is meant, then it is added.`,
  'password-in-address': () => 'An address holds no user name and no password: they would rest unencrypted. Give the key by itself.',
  'takes-no-key': ({ provider }: { provider: string }) => `${provider} takes no key.`,
  'name-each-key': () => 'Name each key of this provider once.',
  'environment-empty': ({ variable }: { variable: string }) => `The environment holds no key in ${variable}.`,
  'change-in-environment': () => 'This key comes from an environment variable: change it there.',
  'stored-already': ({ label }: { label: string }) => `This key is stored already, as '${label}'.`,

  // matrices
  'run-is-running': () => 'This run is running.',
  'run-is-done': () => 'Every cell of this run is answered.',
  'no-row-for': ({ variable }: { variable: string }) => `There is no row with a value for {{${variable}}}.`,
  /** Counted from 1. */
  'row-lacks': ({ row, variable }: { row: number; variable: string }) => `Row ${row} has no value for {{${variable}}}.`,

  // routing
  'routing-changed': () => 'routing.json has been changed since it was loaded. Load it again; your changes are still here.',
  'problem-at': ({ at, problem }: { at: string; problem: Said }, say) => `${at}: ${say(problem)}`,
  'nobody-serves': ({ model }: { model: string }) => `Nobody serves '${model}' as far as is known here.`,
  'none-cheaper': () => 'None of your models is clearly cheaper than the best one for this.',
  'question-not-kept': () => 'What this request asked was not kept, so it cannot be learned from.',
  'answered-by-none': () => 'This request was answered by no model.',
  'replay-empty': () => 'A replay came to nothing.',

  // carried over, and compared
  'import-not-written': () => 'It could not be written, so nothing was changed. The log says why.',
  'backup-gone': () => 'This backup is not there any more.',
  'export-too-long': ({ days, most }: { days: number; most: number }) =>
    `The export covers ${days} days. At most ${most} are compared at once; choose a shorter period.`,

  // addresses and models on this machine
  'no-address-there': () => 'There is no such provider with an address.',
  'no-other-address': () => 'This provider has no address besides yours.',
  'nothing-leaves-to': () => 'There is no such provider that anything leaves to.',
  'no-local-model': ({ id }: { id: string }) => `There is no model ${id} to be had.`,
  'other-commit': ({ repository, revision }: { repository: string; revision: string }) => `Of ${repository} the commit ${revision} is offered, and no other.`,
} satisfies Sentences

export type Refusal = MessageOf<typeof REFUSALS>
