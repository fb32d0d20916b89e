/** A past request of a conversation, read again from what the ledger has kept of it, as the pipeline would read it now. Nothing is sent. */
import { Failure } from '../../shared/failure.ts'
import type { RequestId } from '../../shared/ids.ts'
import { Departure } from './departure.ts'
import { parse, parseBody, type Stages } from './pipeline.ts'
import { askedBy } from './replay-routing.ts'
import type { Caller, ChatRequest, Incoming } from './request.ts'
import type { Storage } from './storage/storage.ts'

export type PastTurnStages = Pick<Stages, 'own' | 'responses' | 'guardrails'>

/** undefined: it was not kept, or not whole, or would be refused now. */
export async function pastTurn(id: RequestId, storage: Pick<Storage, 'getLedger'>, stages: PastTurnStages): Promise<ChatRequest | undefined> {
  const found = await storage.getLedger(id)
  if (found?.exchange === undefined) return undefined
  const { record, exchange } = found
  const asked = askedBy(record, exchange)
  if (asked === undefined) return undefined
  const { dialect, route, headers } = asked
  // to the byte as it came: another spelling of the same JSON is another prompt
  const body = Buffer.from(exchange.requestBody)
  const incoming: Incoming = { dialect, route, headers, body, presentedKey: undefined, source: record.source, departure: new Departure(), framing: 'sse' }
  const caller: Caller = { id: record.caller ?? '', name: record.callerName ?? '', opens: 'everything' }
  try {
    const sent = parseBody(body)
    const opened = stages.own.open(sent, incoming)
    const recalled = dialect === 'openai-responses' ? await stages.responses.recall(opened.body, caller) : { body: opened.body, turn: undefined }
    const read = await stages.guardrails.input(parse(incoming, sent, recalled, { id, asks: () => undefined }), caller)
    return stages.own.decide(read, caller, opened.preset)
  } catch (thrown) {
    if (Failure.from(thrown).kind === 'internal') throw thrown
    return undefined
  }
}
