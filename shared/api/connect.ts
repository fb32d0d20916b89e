import { z } from 'zod'
import { reads, writes } from '../contract.ts'
import type { CallerId, Ms } from '../ids.ts'
import { INPUT_HINTS } from '../messages/input.ts'

/** A key that a tool uses towards the local endpoint. Shown once, kept as a hash. */
export interface ClientKey {
  readonly id: CallerId
  readonly name: string
  readonly last4: string
  readonly createdAt: Ms
  readonly lastUsedAt: Ms | undefined
}

export interface ConnectStatus {
  readonly version: string
  /** `http://127.0.0.1:4747`, or undefined while the endpoint does not listen. */
  readonly address: string | undefined
  readonly startedAt: Ms
  readonly mode: 'desktop' | 'headless'
  readonly dataDir: string
  /** The public key that opens the simulated `demo/*` models and nothing else. */
  readonly demoKey: string
}

export const connectApi = {
  'connect.status': reads(z.object({})).returns<ConnectStatus>(),
  'clients.list': reads(z.object({})).returns<readonly ClientKey[]>(),
  'clients.create': writes(z.object({ name: z.string().trim().min(1, INPUT_HINTS.name).max(60) })).returns<{ client: ClientKey; secret: string }>(),
  'clients.revoke': writes(z.object({ id: z.string().min(1).max(100) })).returns<null>(),
}
