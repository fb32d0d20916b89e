/** What is wrong with a file of somebody's whole setup; each is said behind the place that it is about. */
import type { MessageOf, Sentences } from './message.ts'

export const TRANSFER_MESSAGES = {
  /** `why` is the parser's own. */
  'transfer-no-json': ({ why }: { why: string }) => `is not valid JSON: ${why}`,
  'transfer-other-kind': ({ kind }: { kind: string }) => `is no export of Switchyard’s settings: “kind” would be “${kind}”`,
  'transfer-newer': ({ version, known }: { version: number; known: number }) =>
    `made by a newer Switchyard (version ${version} of the file; this one reads up to ${known}). Update this one first.`,
  'transfer-no-setting': () => 'is no setting of this Switchyard',
  'transfer-secret': () => 'looks like a secret, which such a file never holds. Take it out, and enter it on its own screen.',
  'transfer-twice': ({ name }: { name: string }) => `“${name}” is there twice`,
  'transfer-no-filter': () => 'cannot be understood as a filter',
  'transfer-ca-file': () => 'is a path on the machine that the file is from',
  'transfer-goes-to': ({ provider, host }: { provider: string; host: string }) => `requests to “${provider}”, and the keys for it, would go to ${host}`,
  'transfer-proxy': () => 'requests to providers would leave this machine through another proxy',
  'transfer-origin': ({ origin }: { origin: string }) => `pages of ${origin} could call the endpoint`,
  'transfer-lan': () => 'tools on other machines could reach the endpoint',
  'transfer-fetches': () => 'files that a prompt names would be fetched from your own network too',
} satisfies Sentences

export type TransferMessage = MessageOf<typeof TRANSFER_MESSAGES>
