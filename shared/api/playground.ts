import { z } from 'zod'
import { base64Length, FILE_LIMIT_BYTES, FILES_LIMIT_BYTES, IMAGE_TYPES, MOST_FILES, PDF_TYPE, TEXT_TYPE } from '../attachments.ts'
import { EFFORTS, type Finish, type JsonObject, type Tokens } from '../chat.ts'
import { reads, streams } from '../contract.ts'
import type { FailureKind } from '../failure.ts'
import type { EndpointId, RequestId } from '../ids.ts'
import { INPUT_HINTS } from '../messages/input.ts'
import type { Message } from '../messages/message.ts'
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
  /** The same for other languages, where it is ours. */
  readonly said?: Message
  readonly retryAfterSeconds: number | undefined
  readonly finish: Finish | undefined
  readonly firstEventMs: number | undefined
  readonly totalMs: number
  readonly tokens: Tokens
  /** undefined: unknown, shown as n/a. */
  readonly cost: NanoUsd | undefined
}

const attachment = z.object({
  name: z.string().min(1).max(255),
  mediaType: z.enum([...IMAGE_TYPES, PDF_TYPE, TEXT_TYPE], { error: INPUT_HINTS['file-kinds'] }),
  /** Base64, without the prefix of a data URL. */
  data: z
    .string()
    .min(1, INPUT_HINTS['empty-file'])
    .max(base64Length(FILE_LIMIT_BYTES), INPUT_HINTS['file-size'])
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, INPUT_HINTS['not-base64']),
})

const message = z.object({
  role: z.enum(['system', 'user', 'assistant']),
  text: z.string().max(2_000_000),
  files: z.array(attachment).max(MOST_FILES).optional(),
})
export type RunMessage = z.infer<typeof message>

const jsonObject = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), { error: INPUT_HINTS['json-object'] })

/** A function that the model may call; the playground shows the call and answers nothing. */
const tool = z.object({
  name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, INPUT_HINTS['function-name']),
  description: z.string().max(10_000).optional(),
  parameters: jsonObject.optional(),
})
export type DeclaredTool = Readonly<z.infer<typeof tool>>

/** What can be turned at a model; what is not given is the model's own default. */
export const runParameters = z.object({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxOutputTokens: z.number().int().min(1).max(1_000_000).optional(),
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  effort: z.enum(EFFORTS).optional(),
  tools: z.array(tool).max(128).optional(),
})
export type RunParameters = Readonly<z.infer<typeof runParameters>>

/** What a run would send, as far as its price depends on it. */
const asking = z.object({
  model: z.string().min(1).max(300),
  /** One a message. */
  texts: z.array(z.string().max(5_000_000)).max(1001),
  tools: z.array(tool).max(128).optional(),
  images: z.number().int().min(0).max(1000).default(0),
  documentBytes: z.number().int().min(0).default(0),
  maxOutputTokens: z.number().int().min(1).optional(),
})

export interface Forecast {
  readonly model: string
  readonly inputTokens: number
  /** Of the input. false: counted by the model's own tokenizer. */
  readonly estimated: boolean
  /** An assumption, unless the request limits it. */
  readonly outputTokens: number
  /** undefined: the price, or the model itself, is not known. */
  readonly cost: NanoUsd | undefined
}

export const playgroundApi = {
  /** What runs would cost, in the order given. */
  'playground.forecast': reads(z.object({ runs: z.array(asking).max(20) })).returns<readonly Forecast[]>(),
  'playground.run': streams(
    runParameters
      .extend({
        model: z.string().min(1).max(300),
        messages: z.array(message).min(1).max(1000),
        /** May be answered from the response cache, which the playground leaves alone otherwise. */
        cache: z.boolean().optional(),
      })
      .refine(
        ({ messages }) =>
          messages.reduce((sum, { files = [] }) => sum + files.reduce((bytes, file) => bytes + file.data.length, 0), 0) <= base64Length(FILES_LIMIT_BYTES),
        { path: ['messages'], error: INPUT_HINTS['files-size'] },
      ),
  ).of<RunEvent>(),
}
