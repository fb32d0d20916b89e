/** Past requests read again: what automatic routing would make of them now, or what was asked and answered. Nothing is sent. */
import type { ShadowPair } from '../../shared/api/routing.ts'
import { type ChatView, type Dialect, type JsonObject, SIDE_CALLS } from '../../shared/chat.ts'
import type { RequestId } from '../../shared/ids.ts'
import type { Exchange, UsageRecord } from '../../shared/ledger.ts'
import { clientCodec } from './protocols/codecs.ts'
import type { ShadowedRequest } from './shadow-quality.ts'
import type { Storage } from './storage/storage.ts'

export interface PastRequest {
  readonly record: UsageRecord
  readonly exchange: Exchange
}

/** Requests looked up at a time; each is a message to the database's thread. */
const AT_A_TIME = 20
/** Rows of a page of the ledger. */
const PAGE = 500

/** The newest conversations whose exchange was kept, newest first. */
export async function pastRequests(storage: Pick<Storage, 'listLedger' | 'getLedger'>, most: number): Promise<readonly PastRequest[]> {
  const { rows } = await storage.listLedger({ limit: PAGE })
  const found: PastRequest[] = []
  const wanted = rows.filter(({ dialect, outcome }) => isChat(dialect) && outcome !== 'open').slice(0, most)
  for (let at = 0; at < wanted.length; at += AT_A_TIME) {
    const details = await Promise.all(wanted.slice(at, at + AT_A_TIME).map(({ id }) => storage.getLedger(id)))
    for (const detail of details) if (detail?.exchange !== undefined) found.push({ record: detail.record, exchange: detail.exchange })
  }
  return found
}

/** What a past request asked, or undefined where its body was not kept whole. */
export function viewOf({ record, exchange }: PastRequest): ChatView | undefined {
  if (exchange.truncated.includes('requestBody') || exchange.requestBody === '') return undefined
  try {
    const body = JSON.parse(exchange.requestBody) as JsonObject
    return clientCodec(record.dialect).readRequest(body, { model: record.requested, stream: record.streamed })
  } catch {
    // it was refused then for the same reason
    return undefined
  }
}

/** The ledger's id of a request to what was asked and who answered. */
export async function judgedRequest(storage: Pick<Storage, 'getLedger'>, id: RequestId): Promise<PastRequest | undefined> {
  const detail = await storage.getLedger(id)
  return detail?.exchange === undefined ? undefined : { record: detail.record, exchange: detail.exchange }
}

/** Pairs of requests and their shadows of which both answers were kept whole. */
export async function shadowedRequests(storage: Pick<Storage, 'getLedger'>, pairs: readonly ShadowPair[]): Promise<readonly ShadowedRequest[]> {
  const found: ShadowedRequest[] = []
  for (let at = 0; at < pairs.length; at += AT_A_TIME) {
    const sides = await Promise.all(
      pairs
        .slice(at, at + AT_A_TIME)
        .map(async ({ name, shadow, original }) => ({ name, both: await Promise.all([shadow, original].map((id) => storage.getLedger(id))) })),
    )
    for (const { name, both } of sides) {
      const [shadow, original] = both.map((side) => (side?.record.outcome === 'ok' && side.exchange?.truncated.includes('answer') === false ? side : undefined))
      const [told, asked] = [shadow?.exchange?.answer, original?.exchange?.answer]
      if (shadow !== undefined && told !== undefined && asked !== undefined) found.push({ name, original: asked, shadow: told, record: shadow.record })
    }
  }
  return found
}

function isChat(dialect: Dialect): boolean {
  return !Object.hasOwn(SIDE_CALLS, dialect)
}
