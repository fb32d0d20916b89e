import { z } from 'zod'
import { reads, writes } from '../contract.ts'
import type { Ms } from '../ids.ts'
import { INPUT_HINTS } from '../messages/input.ts'

/** Somebody's word on which of several answers to one question was best. */
export interface Vote {
  readonly id: string
  readonly at: Ms
  /** The kind of task, such as `code`; lower case. */
  readonly tag: string
  /** In the order in which they stood. One model may stand twice, with different settings. */
  readonly models: readonly string[]
  readonly verdict: Verdict
  /** SHA-256 of the question's text, hex. */
  readonly promptHash: string
  /** undefined where the settings say that contents are not kept. */
  readonly prompt: string | undefined
  /** The names were hidden until the vote. */
  readonly blind: boolean
}

/** `index` into the vote's models. */
export type Verdict = { readonly is: 'won'; readonly index: number } | { readonly is: 'tie' } | { readonly is: 'both-bad' }

/** A Bradley-Terry rating on the scale that Elo ratings have. */
export interface Rating {
  readonly model: string
  /** 1000 is the average of all that were compared; 400 more means ten times the odds of winning. */
  readonly rating: number
  /** Bounds of the 95 % interval. */
  readonly low: number
  readonly high: number
  readonly wins: number
  readonly losses: number
  readonly ties: number
}

export interface Ratings {
  readonly votes: number
  readonly tags: readonly { readonly tag: string; readonly votes: number }[]
  /** Best first. */
  readonly ratings: readonly Rating[]
}

const id = z.string().min(1).max(100)
const tag = z.string().trim().toLowerCase().min(1, INPUT_HINTS.task).max(40)

export const votesApi = {
  'votes.add': writes(
    z
      .object({
        tag,
        models: z.array(z.string().min(1).max(300)).min(2).max(6),
        verdict: z.discriminatedUnion('is', [
          z.object({ is: z.literal('won'), index: z.number().int().min(0).max(5) }),
          z.object({ is: z.literal('tie') }),
          z.object({ is: z.literal('both-bad') }),
        ]),
        prompt: z.string().max(2_000_000),
        blind: z.boolean(),
      })
      .refine(({ models, verdict }) => verdict.is !== 'won' || verdict.index < models.length, {
        path: ['verdict'],
        error: INPUT_HINTS['no-such-answer'],
      }),
  ).returns<Vote>(),
  /** Newest first. */
  'votes.list': reads(z.object({ tag: tag.optional(), limit: z.number().int().min(1).max(1000).default(200) })).returns<readonly Vote[]>(),
  'votes.remove': writes(z.object({ id })).returns<null>(),
  'votes.ratings': reads(z.object({ tag: tag.optional() })).returns<Ratings>(),
}
