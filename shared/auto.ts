/** Automatic routing as both sides speak of it: task types, ability tiers, what a user may ask of it, and a decision that can be shown. */

import type { EndpointId, IsoDate, Ms, RequestId } from './ids.ts'
import type { Said } from './messages/message.ts'
import type { NanoUsd } from './money.ts'

/** What a request mainly asks for. */
export const TASKS = [
  ...['code', 'maths', 'knowledge', 'reasoning', 'extraction', 'classification', 'translation', 'summarising', 'creative', 'chat'],
  ...['agent-step', 'long-context'],
] as const
export type Task =
  | ('code' | 'maths' | 'knowledge' | 'reasoning' | 'extraction' | 'classification' | 'translation' | 'summarising' | 'creative' | 'chat')
  | ('agent-step' | 'long-context')

/** How able a model is, least first. Hundreds of models get one of these, not a figure each that nobody measured. */
export const TIERS = ['tiny', 'small', 'medium', 'large', 'frontier'] as const
export type Tier = (typeof TIERS)[number]

/** A tier and the rule it came by, for the person who doubts it. */
export interface TierReading {
  readonly tier: Tier
  readonly because: Said
}

/** Somewhere public that scores of models stand. */
export interface QualitySource {
  readonly name: string
  /** The date of the release as the source gives it, or the commit. */
  readonly version: string
  readonly address: string
  readonly readOn: IsoDate
}

/**
 * How a figure of the quality table came about. 'measured': the task itself, by models of the tier; 'proxy': something near it that stands for the task;
 * 'drawn': too few models of the tier were measured, so it is drawn on from the tiers beside it; 'assumed': by judgement alone.
 */
export type QualityBasis = 'measured' | 'proxy' | 'drawn' | 'assumed'

/** The share of good answers a tier is expected to give on a task before anything is known of the prompt. */
export interface QualityCell {
  readonly quality: number
  readonly basis: QualityBasis
  readonly sources: readonly QualitySource[]
}

/** What clients name to have a model chosen for them. */
export const AUTO_MODEL = 'switchyard/auto'
export const AUTO_PRESETS = { cheap: 0.3, balanced: 0.65, best: 1 } as const
export type AutoPreset = keyof typeof AUTO_PRESETS

/** Where the slider is at 0, this share of the best model's expected quality is enough. */
const LOWEST_FLOOR = 0.6

/** The share of the best model's expected quality that is enough at a slider's place. */
export function floorOf(slider: number): number {
  const held = Math.max(0, Math.min(1, slider))
  return 1 - (1 - LOWEST_FLOOR) * (1 - held) ** 2
}

/** The slider's place at which this share is enough. */
export function sliderOf(floor: number): number {
  const held = Math.max(LOWEST_FLOOR, Math.min(1, floor))
  return 1 - Math.sqrt((1 - held) / (1 - LOWEST_FLOOR))
}

/** What a request or the settings ask of automatic routing. */
export interface AutoWish extends AutoTerms {
  /** 0 the cheapest that is of use, 1 the best at any price. */
  readonly slider: number
}

/** All of a wish but how good the answer has to be. */
export interface AutoTerms {
  /** Patterns such as `anthropic/*`; empty for all. */
  readonly allowed: readonly string[]
  /** Wins over `allowed`. */
  readonly excluded: readonly string[]
  /** Only between these two. */
  readonly within?: { readonly strong: string; readonly cheap: string } | undefined
  /** Only among these, which are endpoints of an alias. */
  readonly among?: readonly EndpointId[] | undefined
  /** Stay with a conversation's model while it fits. */
  readonly sticky: boolean
  /** A cheaper model may be asked first, since its answer will be checked. */
  readonly escalates?: boolean | undefined
}

export interface AutoChoice {
  readonly model: EndpointId
  readonly tier: Tier
  /** Expected share of good answers to such prompts, 0..1. */
  readonly quality: number
  /** undefined: no price is known. */
  readonly cost: NanoUsd | undefined
  /** How much of the quality comes from the user's own evidence, 0..1. */
  readonly ownEvidence: number
  readonly why: Said
}

/** What else could have been done with the request, so that savings are not told against a flattering rival only. */
export interface AutoBaseline {
  readonly against: 'model asked for' | 'best single cheap model' | 'fixed mix'
  readonly model: string
  /** Of a fixed mix: the two models, half and half. */
  readonly mix?: readonly [EndpointId, EndpointId]
  readonly quality: number
  readonly cost: NanoUsd | undefined
}

export interface AutoDecision {
  readonly task: Task
  /** 0..1 */
  readonly taskConfidence: number
  /** In spreads of the training questions: 0 is usual, 1 clearly harder than usual for its task. */
  readonly difficulty: number
  readonly confidence: 'sure' | 'unsure'
  readonly slider: number
  /** The chosen model first, then where to go if it fails. */
  readonly order: readonly AutoChoice[]
  /** A cheaper model than the chosen one, to be asked before it where its answer is checked. */
  readonly firstTry?: AutoChoice | undefined
  readonly passedOver: readonly { readonly endpoint: EndpointId; readonly why: Said }[]
  readonly baselines: readonly AutoBaseline[]
  /** One line for people. */
  readonly line: Said
}

export const SIGNALS = ['vote', 're-asked', 'edited', 'wrong', 'check', 'went-on'] as const
/** Where a piece of evidence comes from. */
export type Signal = (typeof SIGNALS)[number]

/** One judgement of the user's own about one answer. */
export interface Evidence {
  readonly id: string
  readonly at: Ms
  readonly signal: Signal
  readonly prompt: string
  readonly model: EndpointId
  /** 0 bad, 1 good. */
  readonly quality: number
  /** The request in the ledger that it judges; absent: it came from elsewhere. */
  readonly request?: RequestId | undefined
  readonly embedding?: readonly number[] | undefined
  /** Who made the embedding; those of one embedder are compared with each other and with no others. */
  readonly embedder?: string | undefined
  /** What was asked may be sent to nobody who might keep it, so no provider is asked to embed it. */
  readonly stays?: true | undefined
}
