/** A past request sent again, as it came: through the same pipeline as every client's, with nobody who waits for the answer but the ledger. */
import { Failure } from '../../shared/failure.ts'
import type { RequestId } from '../../shared/ids.ts'
import { PLAYGROUND_CALLER } from './converse.ts'
import { Departure } from './departure.ts'
import { type Stages, serveChat } from './pipeline.ts'
import type { AskedBefore } from './replay-routing.ts'

export interface Resent {
  readonly id: RequestId
  /** Resolves when its row is closed. */
  readonly ended: Promise<void>
  leave(): void
}

/** On its way when this returns. A fresh answer is what is wanted, so the response cache is not asked. */
export function resend({ dialect, body, route, headers }: AskedBefore, stages: Stages): Resent {
  const id = stages.newId()
  const departure = new Departure()
  let isNamed = false
  const newId = (): string => {
    if (isNamed) return stages.newId()
    isNamed = true
    return id
  }
  const incoming = {
    dialect,
    body: Buffer.from(JSON.stringify(body)),
    route,
    headers: { ...headers, 'cache-control': 'no-cache' },
    presentedKey: undefined,
    source: 'playground',
    departure,
    framing: 'sse',
  } as const
  const run = async (): Promise<void> => {
    const reply = await serveChat(incoming, { ...stages, newId, authenticate: () => PLAYGROUND_CALLER })
    if (typeof reply.body === 'string' || reply.body instanceof Uint8Array) return
    for await (const _piece of reply.body) {
      // the ledger has seen it
    }
  }
  return { id, ended: run(), leave: () => departure.leave(new Failure('shutting-down', { code: 'shutting-down' })) }
}
