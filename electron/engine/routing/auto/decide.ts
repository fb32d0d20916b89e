/**
 * Automatic routing: which model answers, in which order the others follow, and why. Pure, no network, no clock of its own.
 *
 * Hard constraints first. Of what is left, each model has an expected quality: its tier's on this task, moved by the difficulty of the prompt, blended
 * with the user's own evidence. The best of them is the reference; the slider says which share of its quality is enough, and the cheapest model that
 * has it is chosen. A higher floor leaves a subset whose cheapest is never worse than before, so raising the slider never lowers expected quality.
 */

import { type AutoChoice, type AutoDecision, type AutoTerms, type AutoWish, floorOf, type Task } from '../../../../shared/auto.ts'
import type { EndpointId, Ms } from '../../../../shared/ids.ts'
import type { AutoReason } from '../../../../shared/messages/auto.ts'
import { type NanoUsd, ZERO_USD } from '../../../../shared/money.ts'
import { type AutoModel, type Demands, whyNot } from './constraints.ts'
import { blend, type EvidenceIndex, type OwnRecord, recordsNear } from './evidence.ts'
import { expectedCost, expectedOutput } from './expected-cost.ts'
import { expectedQuality } from './expected-quality.ts'
import { baselinesFor, lineFor } from './explain.ts'
import { fitPromptOf, NO_FIT, type OwnFit, ownExpectations } from './own-fit.ts'
import type { OwnQualities } from './quality-table.ts'
import { type AskedText, type PromptReading, readPrompt } from './read-prompt.ts'
import type { Weights } from './weights.ts'

/** What is decided on. */
export interface AutoRequest extends WeighedRequest {
  readonly wish: AutoWish
}

/** What is decided on wherever the slider stands. */
export interface WeighedRequest extends Omit<AskedText, 'tools' | 'inputTokens'> {
  readonly demands: Demands
  readonly wish: AutoTerms
  readonly embedding?: Float32Array | undefined
  /** The conversation's model so far, what it was chosen for, and what its provider still has in its prompt cache. */
  readonly current?: { readonly model: EndpointId; readonly task: Task; readonly difficulty: number; readonly warmTokens: number } | undefined
  /** What the client would have had without automatic routing. */
  readonly askedFor?: EndpointId | undefined
}

/** What is known when deciding. */
export interface AutoFacts {
  readonly models: readonly AutoModel[]
  readonly weights: Weights
  readonly evidence: EvidenceIndex
  /** What the same evidence teaches of each model as a whole; absent: nothing yet. */
  readonly ownFit?: OwnFit | undefined
  readonly ownQualities?: OwnQualities | undefined
  /** The user's own mean length of answers by task, in tokens. */
  readonly ownOutput?: Readonly<Partial<Record<Task, number>>> | undefined
  readonly now: Ms
}

/** Nothing that is allowed can serve the request. */
export interface NoModel {
  readonly is: 'none'
  readonly passedOver: AutoDecision['passedOver']
}

/** When unsure, no more than this share of the reference's expected quality is given up. */
export const UNSURE_TOLERANCE = 0.02
const UNSURE_TASK = 0.35
const UNSURE_GROUND = 0.35
/** The user's own evidence makes up for new ground. */
const SURE_BY_EVIDENCE = 0.3
/** A conversation changes its model for no less. */
const WORTH_A_SWITCH = 0.02
const CLEARLY_HARDER = 1
const CLEARLY_ANOTHER_TASK = 0.6
const MOST_FALLBACKS = 5
/** Two qualities closer than this are the same. */
const EPSILON = 1e-9

type Decided = { readonly is: 'decided' } & AutoDecision

export function decideAuto(request: AutoRequest, facts: AutoFacts): Decided | NoModel {
  const weighed = weigh(request, facts)
  return weighed.is === 'none' ? weighed : choose(weighed, request, request.wish.slider)
}

/** The same request at several places of the slider, in their order. What the slider has no say in is done once. */
export function decideAutoAt(request: WeighedRequest, facts: AutoFacts, sliders: readonly number[]): readonly Decided[] | NoModel {
  const weighed = weigh(request, facts)
  return weighed.is === 'none' ? weighed : sliders.map((slider) => choose(weighed, request, slider))
}

/** All that is known of a request's models before anybody has said how much quality is enough. */
interface Weighed {
  readonly is: 'weighed'
  readonly reading: PromptReading
  /** Cheapest first; never empty. */
  readonly eligible: readonly Rated[]
  /** The best of them, of which the others are to reach a share. */
  readonly reference: Rated
  readonly unsure: AutoReason | undefined
  readonly passedOver: AutoDecision['passedOver']
}

function weigh(request: WeighedRequest, facts: AutoFacts): Weighed | NoModel {
  const { demands } = request
  const reading = readPrompt(facts.weights, { ...request, inputTokens: demands.inputTokens, tools: demands.tools })
  const outputTokens = expectedOutput(reading.task, demands.inputTokens, demands.maxOutputTokens, facts.ownOutput?.[reading.task])
  const costs = facts.models.map((model) => costAt(model, request, outputTokens))
  const { eligible: allowed, passedOver } = eligibleOf(facts.models, costs, request)
  if (allowed.length === 0) return { is: 'none', passedOver }

  const records = facts.evidence.judgements.length === 0 ? NO_RECORDS : recordsNear(facts.evidence, { ...request, hashes: reading.hashes }, facts.now)
  const priors = priorsOf(allowed, reading, facts)
  const eligible = allowed.map((at, place) => rate(facts.models[at] as AutoModel, costs[at], priors[place] as Prior, records)).sort(cheapestFirst)
  const reference = best(eligible)
  return { is: 'weighed', reading, eligible, reference, unsure: doubtIn(reading, reference.near), passedOver }
}

function choose({ reading, eligible, reference, unsure, passedOver }: Weighed, { wish, current, askedFor }: WeighedRequest, slider: number): Decided {
  const floor = Math.max(floorOf(slider), unsure === undefined ? 0 : 1 - UNSURE_TOLERANCE) * reference.choice.quality
  const enough = eligible.filter(({ choice }) => choice.quality >= floor - EPSILON)
  const wanted = enough.find(({ well }) => well) ?? enough[0] ?? reference
  const staying = wish.sticky && current !== undefined ? eligible.find(({ choice }) => choice.model === current.model) : undefined
  const stays = staying !== undefined && current !== undefined && !isWorthSwitching(reading, current, staying, wanted)
  const chosen = stays ? staying : wanted

  const choice: AutoChoice = { ...chosen.choice, why: whyChosen(chosen, reference, stays, eligible.length) }
  const others = followers(eligible, enough, chosen)
  const firstTry = wish.escalates === true ? cheaperThan(chosen, eligible, reference) : undefined
  const asked = askedFor === undefined ? undefined : eligible.find(({ choice: { model } }) => model === askedFor)?.choice
  return {
    is: 'decided',
    task: reading.task,
    taskConfidence: reading.taskConfidence,
    difficulty: reading.difficulty,
    confidence: unsure === undefined ? 'sure' : 'unsure',
    slider,
    order: [choice, ...others],
    ...(firstTry !== undefined && { firstTry: { ...firstTry.choice, why: reason({ code: 'cheapest-of-use' }) } }),
    passedOver,
    baselines: baselinesFor(
      eligible.map((one) => one.choice),
      reference.choice,
      asked,
    ),
    line: lineFor({ ...reading, unsure: stays ? undefined : unsure }, choice, others[0], reference.choice),
  }
}

const reason = (said: AutoReason): AutoReason => said

const NO_RECORDS: ReadonlyMap<EndpointId, OwnRecord> = new Map()

interface Rated {
  readonly choice: AutoChoice
  /** The share of its quality that comes from judgements of prompts like this one. */
  readonly near: number
  readonly well: boolean
}

function costAt(model: AutoModel, { demands, current }: WeighedRequest, outputTokens: number): NanoUsd | undefined {
  if (model.runsLocally && model.price === undefined) return ZERO_USD
  const warmTokens = current?.model === model.id ? current.warmTokens : 0
  return expectedCost(model.price, { inputTokens: demands.inputTokens, warmTokens, outputTokens })
}

/** Places in `models`. What is unknown of a model is held against it as long as another is known to fit. */
function eligibleOf(models: readonly AutoModel[], costs: readonly (NanoUsd | undefined)[], { demands, wish }: WeighedRequest) {
  for (const trusting of [false, true]) {
    const eligible: number[] = []
    const passedOver: AutoDecision['passedOver'][number][] = []
    for (const [at, model] of models.entries()) {
      const why = whyNot(model, demands, costs[at], wish, trusting)
      if (why === undefined) eligible.push(at)
      else passedOver.push({ endpoint: model.id, why })
    }
    if (eligible.length > 0 || trusting) return { eligible, passedOver }
  }
  return { eligible: [], passedOver: [] }
}

interface Prior {
  readonly quality: number
  /** The share of it that comes from the user's own judgements of other prompts. */
  readonly own: number
}

/** Expected qualities before judgements of similar prompts count: of trained weights, and for models that were judged often what that taught. */
function priorsOf(allowed: readonly number[], reading: PromptReading, { models, weights, ownQualities, ownFit = NO_FIT }: AutoFacts): readonly Prior[] {
  const trained = allowed.map((at) => expectedQuality(weights.slopes, reading.task, (models[at] as AutoModel).tier.tier, reading, ownQualities))
  if (ownFit.models.size === 0) return trained.map((quality) => ({ quality, own: 0 }))
  const expected = new Map(allowed.map((at, place) => [(models[at] as AutoModel).id, trained[place] as number]))
  const learned = ownExpectations(ownFit, fitPromptOf(weights, reading), expected)
  return allowed.map((at, place) => {
    const one = learned.get((models[at] as AutoModel).id)
    return one === undefined ? { quality: trained[place] as number, own: 0 } : { quality: Math.max(0, Math.min(1, one.quality)), own: one.own }
  })
}

function rate(model: AutoModel, cost: NanoUsd | undefined, prior: Prior, records: ReadonlyMap<EndpointId, OwnRecord>): Rated {
  const { tier, because } = model.tier
  const { quality, own: near } = blend(prior.quality, records.get(model.id))
  const ownEvidence = 1 - (1 - near) * (1 - prior.own)
  return { choice: { model: model.id, tier, quality, cost, ownEvidence, why: reason({ code: 'of-tier', tier, because }) }, near, well: model.health === 'well' }
}

/** By cost, an unknown one last; the better first where they cost the same. */
function cheapestFirst({ choice: a }: Rated, { choice: b }: Rated): number {
  const byCost = (a.cost ?? Number.MAX_VALUE) - (b.cost ?? Number.MAX_VALUE)
  return byCost || b.quality - a.quality || (a.model < b.model ? -1 : 1)
}

/** The cheapest of those with the highest expected quality. */
function best(cheapest: readonly Rated[]): Rated {
  return cheapest.reduce((most, one) => (one.choice.quality > most.choice.quality + EPSILON ? one : most))
}

/** Why the reading of a prompt is not to be relied on. */
function doubtIn({ taskConfidence, familiarity }: PromptReading, ownEvidence: number): AutoReason | undefined {
  if (ownEvidence >= SURE_BY_EVIDENCE) return undefined
  if (familiarity < UNSURE_GROUND) return { code: 'unlike-training' }
  if (taskConfidence < UNSURE_TASK) return { code: 'task-unclear' }
  return undefined
}

/** A conversation keeps its model, for its cache and for its tone, unless the step clearly changes; and then it only goes up. */
function isWorthSwitching(reading: PromptReading, current: NonNullable<WeighedRequest['current']>, staying: Rated, wanted: Rated): boolean {
  const another = reading.task !== current.task && reading.taskConfidence >= CLEARLY_ANOTHER_TASK
  const harder = reading.difficulty - current.difficulty >= CLEARLY_HARDER
  return (another || harder) && wanted.choice.quality > staying.choice.quality + WORTH_A_SWITCH
}

/** The cheapest that is of use at all, where that costs less than the chosen one. */
function cheaperThan(chosen: Rated, eligible: readonly Rated[], reference: Rated): Rated | undefined {
  const cheapest = eligible.find(({ choice, well }) => well && choice.cost !== undefined && choice.quality >= floorOf(0) * reference.choice.quality)
  return cheapest !== undefined && (cheapest.choice.cost ?? 0) < (chosen.choice.cost ?? 0) ? cheapest : undefined
}

function whyChosen(chosen: Rated, reference: Rated, stays: boolean, count: number): AutoReason {
  if (stays) return { code: 'stays-with-conversation' }
  if (count === 1) return { code: 'only-one' }
  if (chosen === reference) return { code: 'best-of-all' }
  return { code: 'cheapest-with', percent: Math.floor((100 * chosen.choice.quality) / reference.choice.quality) }
}

/** Where to go if the chosen one fails: what is good enough by cost, then the rest from the best down. */
function followers(eligible: readonly Rated[], enough: readonly Rated[], chosen: Rated): readonly AutoChoice[] {
  const isEnough = new Set(enough)
  const rest = eligible.filter((one) => !isEnough.has(one)).toSorted((a, b) => b.choice.quality - a.choice.quality || cheapestFirst(a, b))
  return [...enough, ...rest]
    .filter((one) => one !== chosen)
    .slice(0, MOST_FALLBACKS)
    .map(({ choice }) => choice)
}
