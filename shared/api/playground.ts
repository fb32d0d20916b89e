import { z } from 'zod'
import type { Finish, Tokens } from '../chat.ts'
import { streams } from '../contract.ts'
import type { FailureKind } from '../failure.ts'
import type { EndpointId, RequestId } from '../ids.ts'
import type { NanoUsd } from '../money.ts'

/** A piece of a running answer. `started` comes first and `ended` last, also when it failed or was stopped by the engine. */
export type RunEvent =
  | { readonly type: 'started'; readonly id: RequestId }
  /** Bytes are coming: from here on the endpoint is settled. */
  | { readonly type: 'answering'; readonly servedBy: EndpointId; readonly simulated: boolean; readonly attempts: number }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'tool-call'; readonly index: number; readonly name: string; readonly arguments: string }
  | { readonly type: 'ended'; readonly summary: RunSummary }

export interface RunSummary {
  readonly outcome: 'ok' | FailureKind
  /** What went wrong and what can be done, for people. */
  readonly message: string | undefined
  readonly retryAfterSeconds: number | undefined
  readonly finish: Finish | undefined
  readonly firstEventMs: number | undefined
  readonly totalMs: number
  readonly tokens: Tokens
  /** undefined: unknown, shown as n/a. */
  readonly cost: NanoUsd | undefined
}

const message = z.object({ role: z.enum(['system', 'user', 'assistant']), text: z.string().max(2_000_000) })

export const playgroundApi = {
  'playground.run': streams(
    z.object({
      model: z.string().min(1).max(300),
      messages: z.array(message).min(1).max(1000),
      temperature: z.number().min(0).max(2).optional(),
      maxOutputTokens: z.number().int().min(1).max(1_000_000).optional(),
      /** May be answered from the response cache, which the playground leaves alone otherwise. */
      cache: z.boolean().optional(),
    }),
  ).of<RunEvent>(),
}
