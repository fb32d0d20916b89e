/**
 * Automatic routing at work: holds the weights, the user's evidence and what each conversation was given, asks `decideAuto`, and hands the router an
 * ordered list of models. Nothing here waits for a disk on a request's path; the weights are read when the first request asks for a choice.
 */

import { setImmediate } from 'node:timers/promises'
import type { RetrainEvent } from '../../shared/api/auto.ts'
import type { AutoDecision, AutoTerms, AutoWish, Evidence, Task } from '../../shared/auto.ts'
import type { ChatView } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { CallerId, EndpointId, Ms, RequestId } from '../../shared/ids.ts'
import type { UsageRecord } from '../../shared/ledger.ts'
import type { AccessRefusal } from '../../shared/messages/access.ts'
import { english } from '../../shared/messages/english.ts'
import type { RouteReason } from '../../shared/messages/routing.ts'
import type { NanoUsd } from '../../shared/money.ts'
import type { Endpoint } from '../../shared/routing.ts'
import type { ProviderContract, Settings } from '../../shared/settings.ts'
import { type AutoEmbedding, sketchInTime } from './auto-embedding.ts'
import { AutoLearning } from './auto-learning.ts'
import { estimateInput } from './ledger/estimate.ts'
import type { ProviderDefinition } from './providers/define.ts'
import type { Caller } from './request.ts'
import { conversationOf, decidingText, demandsOf, isInToolLoop } from './routing/auto/asked.ts'
import { type AutoModel, whyNoData } from './routing/auto/constraints.ts'
import { decideAutoAt, type WeighedRequest } from './routing/auto/decide.ts'
import { isJudgement } from './routing/auto/evidence.ts'
import { expectedQuality } from './routing/auto/expected-quality.ts'
import { readPrompt } from './routing/auto/read-prompt.ts'
import { retrainInSteps } from './routing/auto/retrain.ts'
import { tierOf } from './routing/auto/tiers.ts'
import { unpack, type Weights, type WeightsFile } from './routing/auto/weights.ts'
import { autoName, wishFor } from './routing/auto/wish.ts'
import { dataPolicyOf } from './routing/constraints.ts'
import type { Storage } from './storage/storage.ts'

export interface AutoStages {
  readonly storage: Pick<Storage, 'listEvidence' | 'putEvidence' | 'removeEvidence' | 'embedEvidence' | 'latestWeights' | 'putWeights' | 'dropWeights'>
  readonly settings: () => Pick<Settings, 'auto' | 'routing'>
  readonly endpoints: () => readonly Endpoint[]
  readonly hasKey: (provider: string) => boolean
  /** What the user's contract with a provider says; undefined: nothing was stated. */
  readonly contractWith?: (provider: string) => ProviderContract | undefined
  /** What a provider says of where requests are processed and what it keeps; what it does not say is not known. */
  readonly saysOf: (provider: string) => Pick<ProviderDefinition, 'residency' | 'dataPolicy'> | undefined
  /** The embedder that the user has chosen; absent or undefined: words alone. */
  readonly embedding?: () => AutoEmbedding | undefined
  /** How a model has answered lately; absent: well. */
  readonly health?: (endpoint: EndpointId) => AutoModel['health']
  /** What a caller may still spend; absent or undefined: as much as it likes. */
  readonly budgetLeft?: (caller: CallerId) => NanoUsd | undefined
  readonly now: () => Ms
  readonly onError: (error: Error) => void
}

interface Turn {
  readonly at: Ms
  readonly model: EndpointId
  readonly task: Task
  readonly difficulty: number
  readonly inputTokens: number
}

/** Why the request's own wishes rule a host out; undefined: they do not. */
type Refuses = (endpoint: Endpoint) => RouteReason | undefined
const NOTHING_REFUSED: Refuses = () => undefined

interface Circumstances {
  readonly before?: Turn | undefined
  readonly askedFor?: EndpointId | undefined
  readonly refuses?: Refuses
  readonly sketch?: Float32Array | undefined
}

/** Conversations that are remembered, the newest. */
const MOST_CONVERSATIONS = 2_000
/** Providers keep a prompt for about five minutes after its last use. */
const WARM_MS = 5 * 60_000
/** Models of these kinds answer no conversations, whatever lists them. */
const NOT_FOR_CHAT = /embed|whisper|tts|transcri|moderation|rerank|image|imagen|dall-e|realtime|audio|video|veo|sora|guard|ocr|babbage|davinci/i

export class AutoRouting {
  readonly #stages: AutoStages
  readonly #turns = new Map<string, Turn>()
  /** Conversations whose newest turn is under way. */
  readonly #running = new Map<RequestId, string>()
  #models = new WeakMap<Endpoint, AutoModel>()
  /** The stated policies that `#models` was made under. */
  #policies: Settings['routing']['dataPolicies'] | undefined
  readonly #learning: AutoLearning
  #weights: Weights | undefined
  #file: WeightsFile | undefined
  #loading: Promise<void> | undefined

  constructor(stages: AutoStages) {
    this.#stages = stages
    const { storage, now, onError } = stages
    this.#learning = new AutoLearning({
      ...{ storage, now, onError },
      embedding: () => this.#embedding(),
      tierFor: (model) => this.#tierFor(model),
      qualities: () => stages.settings().auto.qualities,
    })
  }

  /** The embedder in use, where the user wants it for this and what is said may be sent there. */
  #embedding(): AutoEmbedding | undefined {
    const { auto } = this.#stages.settings()
    const embedding = auto.embeds ? this.#stages.embedding?.() : undefined
    if (embedding?.at === undefined) return embedding
    return whyNoData(this.#modelOf(embedding.at), { regions: auto.regions, dataPolicy: auto.dataPolicy }) === undefined ? embedding : undefined
  }

  /** What a decision compares the request's text by; undefined: its words. Never rejects, and asks no provider. */
  async sketchOf(view: ChatView): Promise<Float32Array | undefined> {
    this.#learning.follow()
    const embedding = this.#learning.index.embedder === undefined ? undefined : this.#embedding()
    if (embedding === undefined || embedding.id !== this.#learning.index.embedder) return undefined
    return sketchInTime(embedding, decidingText(view.messages))
  }

  /** Whether `sketchOf` has anything to say. */
  get embeds(): boolean {
    return this.#stages.settings().auto.embeds
  }

  /** Whether a name asks for automatic routing: one of its own, or a pair of the settings. */
  isAuto(model: string): boolean {
    return autoName(model) !== undefined || Object.hasOwn(this.#stages.settings().auto.pairs, model)
  }

  get isReady(): boolean {
    return this.#weights !== undefined
  }

  /** Reads weights and evidence, once. */
  ready(): Promise<void> {
    this.#loading ??= this.#load().catch((error: Error) => {
      this.#loading = undefined
      throw error
    })
    return this.#loading
  }

  async #load(): Promise<void> {
    const { SHIPPED_WEIGHTS_FILE } = await import('./routing/auto/shipped-weights.ts')
    // without its database the engine goes on with what it ships with
    const kept = await Promise.all([this.#stages.storage.latestWeights(), this.#stages.storage.listEvidence()]).catch((error: Error) => {
      this.#stages.onError(error)
      return [undefined, []] as const
    })
    this.#use(kept[0]?.file ?? SHIPPED_WEIGHTS_FILE, kept[1])
  }

  #use(file: WeightsFile, evidence?: readonly Evidence[]): void {
    this.#file = file
    this.#weights = unpack(file)
    this.#learning.use(this.#weights, evidence)
  }

  /**
   * The models for a request in their order. `ready()` has to have resolved.
   * @param among endpoints of an alias, absent for all
   * @param id by which `served` will tell who answered in the end
   * @throws Failure 'unsupported-parameter' naming why each model was passed over, when none can serve it
   */
  choose(
    view: ChatView,
    caller: Caller,
    refuses: Refuses = NOTHING_REFUSED,
    among?: readonly EndpointId[],
    sketch?: Float32Array,
    id?: RequestId,
  ): AutoDecision {
    const { now } = this.#stages
    const key = conversationOf(view.messages, caller.id)
    const decision = this.foresee(view, caller, refuses, among, sketch)
    const [chosen] = decision.order
    if (chosen !== undefined) {
      this.#turns.delete(key)
      this.#turns.set(key, { at: now(), model: chosen.model, task: decision.task, difficulty: decision.difficulty, inputTokens: estimateInput(view) })
      if (id !== undefined) this.#running.set(id, key)
      for (const map of [this.#turns, this.#running]) {
        const oldest = map.keys().next()
        if (map.size > MOST_CONVERSATIONS && oldest.done !== true) (map as Map<string, unknown>).delete(oldest.value)
      }
    }
    return decision
  }

  /** A row was closed: its conversation stays with whoever answered, which is another than was chosen where that one failed. On every request's path. */
  served({ id, outcome, servedBy }: Pick<UsageRecord, 'id' | 'outcome' | 'servedBy'>): void {
    if (outcome === 'open' || this.#running.size === 0) return
    const key = this.#running.get(id)
    if (key === undefined) return
    this.#running.delete(id)
    const turn = this.#turns.get(key)
    if (outcome === 'ok' && turn !== undefined && servedBy !== undefined && servedBy !== turn.model) this.#turns.set(key, { ...turn, model: servedBy })
  }

  /** What `choose` would say now, without a trace: for who only asks what would happen. @throws Failure like `choose` */
  foresee(view: ChatView, caller: Caller, refuses: Refuses = NOTHING_REFUSED, among?: readonly EndpointId[], sketch?: Float32Array): AutoDecision {
    const before = this.#turns.get(conversationOf(view.messages, caller.id))
    return this.decide(view, caller, { ...this.#wishOf(view, caller), among }, { before, refuses, sketch })
  }

  /** The same under another wish, without a trace: for replays. @throws Failure like `choose` */
  decide(view: ChatView, caller: Pick<Caller, 'id' | 'opens'>, wish: AutoWish, how: Circumstances = {}): AutoDecision {
    const [decision] = this.decideAt([wish.slider], view, caller, wish, how)
    if (decision === undefined) throw new Failure('internal', 'Automatic routing decided nothing.')
    return decision
  }

  /** As `decide`, at several places of the slider in their order: hardly dearer than at one. @throws Failure like `choose` */
  decideAt(
    sliders: readonly number[],
    view: ChatView,
    caller: Pick<Caller, 'id' | 'opens'>,
    terms: AutoTerms,
    { before, askedFor, refuses = NOTHING_REFUSED, sketch }: Circumstances = {},
  ): readonly AutoDecision[] {
    const weights = this.#weights
    if (weights === undefined) throw new Failure('internal', 'Automatic routing was asked before it was ready.')
    const { settings, now } = this.#stages
    const inputTokens = estimateInput(view)
    const request: WeighedRequest = {
      text: decidingText(view.messages),
      inToolLoop: isInToolLoop(view.messages),
      demands: {
        ...demandsOf(view, inputTokens),
        regions: settings().auto.regions,
        dataPolicy: settings().auto.dataPolicy,
        budgetLeft: this.#stages.budgetLeft?.(caller.id),
      },
      wish: terms,
      current: before && { ...before, warmTokens: now() - before.at < WARM_MS ? Math.min(before.inputTokens, inputTokens) : 0 },
      askedFor,
      embedding: sketch,
    }
    const refused: AutoDecision['passedOver'][number][] = []
    const models = this.models(caller, refuses, refused)
    const { index: evidence, fit: ownFit } = this.#learning
    const decided = decideAutoAt(request, { models, weights, evidence, ownFit, ownQualities: settings().auto.qualities, now: now() }, sliders)
    if ('is' in decided) throw new Failure('unsupported-parameter', noneCan([...decided.passedOver, ...refused]), { param: 'model' })
    return decided.map((decision) => ({ ...decision, passedOver: [...decision.passedOver, ...refused] }))
  }

  /** All models that could be chosen, as automatic routing sees them. */
  models(caller: Pick<Caller, 'opens'>, refuses: Refuses = NOTHING_REFUSED, refused: AutoDecision['passedOver'][number][] = []): readonly AutoModel[] {
    const { endpoints, hasKey, settings, health, contractWith } = this.#stages
    const { tiers } = settings().auto
    const keys = new Map<string, boolean>()
    const models: AutoModel[] = []
    for (const endpoint of endpoints()) {
      if (endpoint.simulated !== (caller.opens === 'simulated-models') || !isForChat(endpoint)) continue
      const known = keys.get(endpoint.provider) ?? hasKey(endpoint.provider)
      keys.set(endpoint.provider, known)
      // of a model without a key nobody needs to know what else is wrong with it
      const why = known ? refuses(endpoint) : undefined
      if (why !== undefined) {
        refused.push({ endpoint: endpoint.id, why })
        continue
      }
      const own = tiers[endpoint.id]
      const documented = this.#modelOf(endpoint)
      // the user's own contract goes before what is documented for everybody
      const stated = contractWith?.(endpoint.provider)
      const model = stated === undefined ? documented : { ...documented, keepsData: !(stated.keepsNothing && stated.learnsNothing) }
      // what is on its way out comes behind the others
      const state = endpoint.facts?.deprecated === true ? 'unwell' : (health?.(endpoint.id) ?? 'well')
      const isUsual = known && own === undefined && state === 'well'
      models.push(isUsual ? model : { ...model, hasKey: known, health: state, tier: own === undefined ? model.tier : tierOf(endpoint.id, undefined, own) })
    }
    return models
  }

  #modelOf(endpoint: Endpoint): AutoModel {
    const { dataPolicies } = this.#stages.settings().routing
    if (dataPolicies !== this.#policies) {
      this.#policies = dataPolicies
      this.#models = new WeakMap()
    }
    const known = this.#models.get(endpoint)
    if (known !== undefined) return known
    const { id, limits, can, price, runsLocally } = endpoint
    const says = this.#stages.saysOf(endpoint.provider)
    const policy = dataPolicyOf(endpoint, dataPolicies[endpoint.provider], says)
    const model: AutoModel = {
      ...{ id, can, price, runsLocally, context: limits.context, output: limits.output },
      ...{ mostTools: undefined, hasKey: true, health: 'well' },
      regions: says?.residency?.regions,
      keepsData: policy && !policy.keepsNothing,
      tier: tierOf(endpoint.upstreamModel, price?.microUsdPerMillion),
    }
    this.#models.set(endpoint, model)
    return model
  }

  #wishOf(view: ChatView, caller: Caller): AutoWish {
    const { auto } = this.#stages.settings()
    const own = auto.clients[caller.id]
    const defaults: AutoWish = {
      slider: own?.slider ?? auto.slider,
      allowed: own?.allowed ?? auto.allowed,
      excluded: own?.excluded ?? auto.excluded,
      sticky: auto.sticky,
      escalates: auto.escalation.enabled,
      within: Object.hasOwn(auto.pairs, view.model) ? auto.pairs[view.model] : undefined,
    }
    return wishFor(autoName(view.model)?.preset, view.unmodelled.plugins, defaults)
  }

  get evidence(): readonly Evidence[] {
    return this.#learning.evidence
  }

  async addEvidence(evidence: Omit<Evidence, 'id' | 'at'>): Promise<Evidence> {
    await this.ready()
    return this.#learning.add(evidence)
  }

  async removeEvidence(id: string): Promise<void> {
    await this.ready()
    await this.#learning.remove(id)
  }

  /** Resolves once decisions make use of all evidence; they never wait for it themselves. */
  async settled(): Promise<void> {
    await this.ready()
    await this.#learning.settled()
  }

  /** Refits the weights on the user's evidence, and uses them if that foretells held-out judgements better. One click back by `undoRetrain`; left in between nothing changes. */
  async *retrain(signal: AbortSignal): AsyncGenerator<RetrainEvent> {
    await this.ready()
    const { storage, now } = this.#stages
    if (this.#file === undefined) throw new Failure('internal', 'Automatic routing has no weights.')
    const labelled = this.evidence.filter(isJudgement).map(({ prompt, model, quality }) => ({ prompt, tier: this.#tierFor(model), quality }))
    const steps = retrainInSteps(this.#file, labelled)
    let step = steps.next()
    for (; step.done !== true; step = steps.next()) {
      yield { type: 'progress', ...step.value }
      // requests are not kept waiting for all of the fits
      await setImmediate()
      if (signal.aborted) return
    }
    const result = step.value
    if (result.is === 'better') {
      await storage.putWeights({ at: now(), file: result.file, note: `${labelled.length} judgements` })
      this.#use(result.file)
    }
    yield { type: 'result', result: result.is === 'too-few' ? result : { is: result.is, before: result.before, after: result.after } }
  }

  /** false: what is in use is what was shipped. */
  async undoRetrain(): Promise<boolean> {
    await this.ready()
    if (!(await this.#stages.storage.dropWeights())) return false
    const { SHIPPED_WEIGHTS_FILE } = await import('./routing/auto/shipped-weights.ts')
    this.#use((await this.#stages.storage.latestWeights())?.file ?? SHIPPED_WEIGHTS_FILE)
    return true
  }

  /** What the weights in use expect of a model on a prompt, for comparing with what was judged. */
  expected(prompt: string, model: EndpointId): number {
    const weights = this.#weights
    if (weights === undefined) throw new Failure('internal', 'Automatic routing was asked before it was ready.')
    const reading = readPrompt(weights, { text: prompt, inputTokens: 0, inToolLoop: false, tools: 0 })
    return expectedQuality(weights.slopes, reading.task, this.#tierFor(model), reading, this.#stages.settings().auto.qualities)
  }

  #tierFor(model: EndpointId) {
    return tierOf(model.slice(model.indexOf('/') + 1), undefined, this.#stages.settings().auto.tiers[model]).tier
  }
}

function isForChat({ facts, upstreamModel }: Endpoint): boolean {
  if (facts !== undefined && facts.kind !== 'chat') return false
  return !NOT_FOR_CHAT.test(upstreamModel)
}

function noneCan(passedOver: AutoDecision['passedOver']): AccessRefusal {
  const reasons = Map.groupBy(passedOver, ({ why }) => english(why))
  const told = [...reasons].toSorted((a, b) => b[1].length - a[1].length).slice(0, 6)
  if (told.length === 0) return { code: 'no-model-to-choose' }
  return { code: 'none-can', reasons: told.map(([text, models]) => ({ models: models.length, why: models[0]?.why ?? text })) }
}
