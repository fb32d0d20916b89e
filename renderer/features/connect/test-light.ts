/** What the Test light says. Pure: requests seen and the key in the snippet go in. */
import type { CallerId } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { type ConnectState, type Seen, type SnippetKey, STRANGER } from './store.ts'

export type TestLight =
  | { readonly is: 'waiting'; readonly forKey: boolean }
  /** Here, and not answered yet. */
  | { readonly is: 'arrived'; readonly caller: CallerId; readonly request: Seen }
  | { readonly is: 'connected'; readonly caller: CallerId; readonly request: Seen }
  | { readonly is: 'failed'; readonly caller: CallerId; readonly request: Seen }
  /** Something did call, with a key that nobody has made here: mistyped, revoked, or left out. */
  | { readonly is: 'unknown-key'; readonly request: Seen }

/** A request of a tool, as the light keeps it; undefined for one of the workbench's own, which shows nothing of a tool. */
export function seenOf(record: UsageRecord): { readonly caller: CallerId; readonly request: Seen } | undefined {
  if (record.source !== 'proxy') return undefined
  const { at, requested: model, dialect, servedBy, status, message } = record
  const outcome = record.outcome === 'open' || record.outcome === 'ok' ? record.outcome : 'failed'
  return { caller: record.caller ?? STRANGER, request: { at, model, dialect, servedBy, status, message, outcome } }
}

/** With a key just made only that key's requests count, and those that came with none that is known; otherwise the latest of anybody. */
export function testLight(seen: ConnectState['seen'], key: SnippetKey): TestLight {
  const wanted = key.is === 'created' ? key.caller : undefined
  const [latest] = Object.entries(seen)
    .filter(([caller]) => wanted === undefined || caller === wanted || caller === STRANGER)
    .toSorted(([, one], [, other]) => other.at - one.at)
  if (latest === undefined) return { is: 'waiting', forKey: wanted !== undefined }
  const [caller, request] = latest
  if (caller === STRANGER) return { is: 'unknown-key', request }
  switch (request.outcome) {
    case 'open':
      return { is: 'arrived', caller, request }
    case 'ok':
      return { is: 'connected', caller, request }
    case 'failed':
      return { is: 'failed', caller, request }
  }
}
