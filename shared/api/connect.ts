import { z } from 'zod'
import { reads, writes } from '../contract.ts'
import type { CallerId, Ms } from '../ids.ts'

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
  /** The user has stopped it: tools get 503 in their own format, while the address stays taken and the workbench lives on. Not kept over a restart. */
  readonly stopped: boolean
  /** Requests of tools being answered just now. */
  readonly serving: number
  /** Where tools on other machines reach it; empty while the setting `lan` is off, or there is no private network. */
  readonly lanAddresses: readonly string[]
  /** The port that was wanted and belonged to another program, so that the next free one was taken. */
  readonly portTaken: number | undefined
  readonly startedAt: Ms
  readonly mode: 'desktop' | 'headless'
  readonly dataDir: string
  /** The public key that opens the simulated `demo/*` models and nothing else. */
  readonly demoKey: string
  /** Since when no provider could be reached at all, as far as requests have shown; undefined: online, or nobody has tried. */
  readonly offlineSince: Ms | undefined
}

export const connectApi = {
  'connect.status': reads(z.object({})).returns<ConnectStatus>(),
  'connect.start': writes(z.object({})).returns<ConnectStatus>(),
  /** Nothing new is taken. What is running is let finish, or ended with its clients told. */
  'connect.stop': writes(z.object({ running: z.enum(['finish', 'end']) })).returns<ConnectStatus>(),
  /** The window has a network again; what requests showed before is forgotten. */
  'connect.networkIsBack': writes(z.object({})).returns<null>(),
  'clients.list': reads(z.object({})).returns<readonly ClientKey[]>(),
  'clients.create': writes(z.object({ name: z.string().trim().min(1, 'give it a name').max(60) })).returns<{ client: ClientKey; secret: string }>(),
  'clients.revoke': writes(z.object({ id: z.string().min(1).max(100) })).returns<null>(),
}
