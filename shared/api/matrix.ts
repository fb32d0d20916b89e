import { z } from 'zod'
import { type AnswerCheck, answerCheck as matrixCheck } from '../answer-check.ts'
import { reads, writes } from '../contract.ts'
import type { FailureKind } from '../failure.ts'
import type { Ms } from '../ids.ts'
import { INPUT_HINTS, MOST_CELLS } from '../messages/input.ts'
import type { Message, Said } from '../messages/message.ts'
import type { NanoUsd } from '../money.ts'
import { runParameters } from './playground.ts'

const text = z.string().max(2_000_000)

const spec = z
  .object({
    name: z.string().trim().min(1, INPUT_HINTS.name).max(120),
    prompts: z
      .array(z.object({ system: text.default(''), text: text.min(1, INPUT_HINTS.prompt) }))
      .min(1, INPUT_HINTS['a-prompt'])
      .max(50),
    models: z.array(z.string().min(1).max(300)).min(1, INPUT_HINTS['choose-model']).max(20),
    /** Values of the prompts' variables; none for prompts without variables. */
    rows: z.array(z.record(z.string(), z.string().max(1_000_000))).max(MOST_CELLS),
    parameters: runParameters,
    checks: z.array(matrixCheck).max(20),
    /** Nano-USD. The run pauses before it would go beyond. */
    costCap: z.number().int().min(0).optional(),
    /** Answers at a time. */
    concurrency: z.number().int().min(1).max(8).default(3),
  })
  .refine(({ prompts, models, rows }) => prompts.length * models.length * Math.max(1, rows.length) <= MOST_CELLS, {
    path: ['rows'],
    error: INPUT_HINTS['most-cells'],
  })

export type MatrixSpec = Readonly<z.infer<typeof spec>>
export type MatrixCheck = AnswerCheck

export type MatrixState =
  | 'running'
  /** By the user, or because Switchyard was closed. */
  | 'paused'
  /** Going on would cost more than the cap. */
  | 'at-cap'
  | 'done'
  | 'cancelled'

export interface MatrixRow {
  readonly id: string
  readonly name: string
  readonly at: Ms
  readonly state: MatrixState
  readonly total: number
  readonly done: number
  /** Cells that got no answer, or whose answer fails a check. */
  readonly failing: number
  readonly spent: NanoUsd
  /** Cells whose cost nobody knows: `spent` is a lower bound when this is not 0. */
  readonly unpriced: number
}

export interface CheckResult {
  readonly passed: boolean
  /** Why, in a sentence; a judge's own words, and rows from before there were codes, are texts. */
  readonly why: Said
}

export interface MatrixCell {
  /** Counted over prompts, then rows, then models. */
  readonly place: number
  readonly prompt: number
  readonly row: number
  readonly model: number
  readonly outcome: 'ok' | FailureKind
  readonly message: string | undefined
  /** What `message` says, where it is ours. */
  readonly said?: Message
  readonly answer: string
  readonly firstEventMs: number | undefined
  readonly totalMs: number
  readonly tokensOut: number | undefined
  /** Judging included. */
  readonly cost: NanoUsd | undefined
  /** In the order of the checks. */
  readonly checks: readonly CheckResult[]
  /** Counts up through a run's results, for asking what is new. */
  readonly serial: number
}

export interface MatrixProgress extends MatrixRow {
  /** What all of it is going to cost by what it cost so far; undefined before the first answer. */
  readonly forecast: NanoUsd | undefined
  /** undefined while it does not run, or nothing is known yet. */
  readonly remainingMs: number | undefined
}

export interface MatrixDetail {
  readonly progress: MatrixProgress
  readonly spec: MatrixSpec
  /** Only those with a serial above `after`. */
  readonly cells: readonly MatrixCell[]
}

export interface MatrixForecast {
  readonly cells: number
  /** undefined when the price of a model is not known. */
  readonly cost: NanoUsd | undefined
  /** Whether the input of any cell was estimated and not counted by its model's own tokenizer. */
  readonly estimated: boolean
}

const id = z.string().min(1).max(100)

export const matrixApi = {
  /** Newest first. */
  'matrix.list': reads(z.object({})).returns<readonly MatrixRow[]>(),
  'matrix.get': reads(z.object({ id, after: z.number().int().min(0).default(0) })).returns<MatrixDetail>(),
  'matrix.forecast': reads(z.object({ spec })).returns<MatrixForecast>(),
  'matrix.start': writes(z.object({ spec })).returns<MatrixRow>(),
  'matrix.pause': writes(z.object({ id })).returns<null>(),
  /** Goes on with what is left; `costCap` takes the place of the old one. */
  'matrix.resume': writes(z.object({ id, costCap: z.number().int().min(0).optional() })).returns<null>(),
  'matrix.cancel': writes(z.object({ id })).returns<null>(),
  'matrix.remove': writes(z.object({ id })).returns<null>(),
}
