/**
 * The user's own routing in the pipeline: presets are written into a body before it is read, then aliases, splits, rules and fallbacks decide which
 * models are tried. Costs two comparisons a request while nothing of the sort is set up.
 */

import { hash } from 'node:crypto'
import type { ChatView, Dialect, JsonObject, JsonValue, Part } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { Ms } from '../../shared/ids.ts'
import type { OwnRoutingMessage } from '../../shared/messages/own-routing.ts'
import type { Endpoint } from '../../shared/routing.ts'
import { NO_ROUTING, type Preset, type RoutingConfig, type Shadow } from '../../shared/routing-config.ts'
import type { Resolution } from './catalog/catalog.ts'
import { costOf } from './ledger/cost.ts'
import { estimateInput } from './ledger/estimate.ts'
import { patchTopLevel } from './protocols/relay-body.ts'
import { readRoutingWish } from './protocols/routing-wish.ts'
import type { Caller, ChatRequest, Incoming } from './request.ts'
import { type Asking, type Dice, decide, type OwnDecision } from './routing/own/decide.ts'
import { presetNamed, withPreset } from './routing/own/preset.ts'
import { sessionOf } from './routing/stickiness.ts'

export interface OwnRoutingFacts {
  readonly config: () => RoutingConfig
  readonly resolve: (model: string) => Resolution
  readonly priceOf: (endpoint: Endpoint) => Endpoint['price']
  /** What is left of a client's budgets, in nano-USD; undefined: it has none. */
  readonly budgetLeft: (caller: string) => number | undefined
  /** USD since local midnight. */
  readonly spentToday: () => Promise<number>
  readonly now: () => Ms
  readonly random: () => number
  readonly onError: (error: Error) => void
}

/** A preset that a request asked for, and the body with it in. */
export interface Opened {
  readonly body: JsonObject
  readonly preset?: OpenedPreset
}

export interface OpenedPreset {
  readonly slug: string
  readonly preset: Preset
  /** The models to try; never empty. */
  readonly models: readonly string[]
  /** Parameters that the client's dialect has no field for. */
  readonly unsaid: readonly string[]
}

/** What is spent is asked for again after so long; rules by what is spent are no bank. */
const SPENT_STALE_MS = 3_000
/** Formats in which `provider` may go on to a provider that knows it; their relays take it out for all others. */
const CARRIES_WISHES: ReadonlySet<Dialect> = new Set(['openai-chat', 'openai-responses', 'anthropic-messages'])
const NEAR_NAMES = 5

export class OwnRouting {
  readonly #facts: OwnRoutingFacts
  #spent = 0
  #spentAt = Number.NEGATIVE_INFINITY

  constructor(facts: OwnRoutingFacts) {
    this.#facts = facts
  }

  /** The same over another configuration. */
  with(config: RoutingConfig): OwnRouting {
    return new OwnRouting({ ...this.#facts, config: () => config })
  }

  /** The body with the preset that it names. The same object where it names none. @throws Failure 'unknown-model' with near names, 'bad-request' */
  open(body: JsonObject, { dialect, route }: Pick<Incoming, 'dialect' | 'route'>): Opened {
    const model = route.model ?? (typeof body.model === 'string' ? body.model : undefined)
    if (body.preset === undefined && model?.includes('@preset/') !== true) return { body }
    const named = presetNamed(model, body)
    if (named === undefined) return { body }
    const { presets } = this.#facts.config()
    const preset = Object.hasOwn(presets, named.slug) ? presets[named.slug] : undefined
    if (preset === undefined) throw unknownPreset(named.slug, Object.keys(presets))
    const models = named.model === undefined || named.model === '' ? preset.models : [named.model]
    if (models.length === 0) {
      throw new Failure('bad-request', { code: 'preset-names-none', preset: named.slug }, { param: 'model' })
    }
    const written = withPreset(dialect, body, preset)
    return { body: written.body, preset: { slug: named.slug, preset, models, unsaid: written.unsaid } }
  }

  /**
   * The request with what the user's own routing makes of it; the same object where it has no say.
   * @throws Failure 'forbidden' with the user's own words where a rule denies
   */
  decide(request: ChatRequest, caller: Caller, opened: OpenedPreset | undefined): ChatRequest {
    const { view, wire, incoming } = request
    const own = this.decisionOn(view, { dialect: incoming.dialect, headers: incoming.headers, metadata: wire.body.metadata }, caller, opened)
    if (own === undefined) return request
    return Object.keys(own.provider).length === 0 ? { ...request, own } : withWishes({ ...request, own }, own.provider)
  }

  /** The same for what is no conversation. undefined: it has no say. @throws Failure 'forbidden' */
  decisionOn(
    view: ChatView,
    sent: { readonly dialect: Dialect; readonly headers: Incoming['headers']; readonly metadata?: JsonValue | undefined },
    caller: Caller,
    opened?: OpenedPreset,
  ): OwnDecision | undefined {
    const config = this.#facts.config()
    if (opened === undefined && isIdle(config)) return undefined
    const names = [...(opened?.models ?? [view.model]), ...view.routing.fallbackModels].filter((name, place, all) => all.indexOf(name) === place)
    const asking = new AskingOf(this, view, sent, caller, names)
    const decision = decide(config, asking, this.#dice, opened?.preset.cache)
    return opened === undefined ? decision : withPresetOf(decision, opened)
  }

  /** What a shadow run of a request is to try: its model alone, through aliases. */
  decisionOfShadow({ name, to }: Shadow, view: ChatView, { incoming }: ChatRequest, caller: Caller): OwnDecision {
    const { aliases } = this.#facts.config()
    const decision = decide({ ...NO_ROUTING, aliases }, new AskingOf(this, view, incoming, caller, [to]), this.#dice)
    return { ...decision, decidedBy: { code: 'by-shadow', shadow: name } }
  }

  /** USD for the input at a model, through the first choices of aliases; undefined: not known. */
  estimatedUsd(view: ChatView, model: string): number | undefined {
    const { aliases } = this.#facts.config()
    let name = model
    while (Object.hasOwn(aliases, name)) name = aliases[name]?.models[0]?.model ?? ''
    const found = this.#facts.resolve(name)
    const prices = found.is === 'found' ? this.#facts.priceOf(found.endpoint) : undefined
    const cost = prices === undefined ? undefined : costOf({ input: estimateInput(view) }, prices)
    return cost === undefined ? undefined : cost / 1e9
  }

  /** As of the last few seconds; asked for again beside the request, which does not wait. */
  spentTodayUsd(): number {
    const { now, spentToday, onError } = this.#facts
    if (now() - this.#spentAt > SPENT_STALE_MS) {
      this.#spentAt = now()
      spentToday().then((usd) => {
        this.#spent = usd
      }, onError)
    }
    return this.#spent
  }

  budgetLeftUsd(caller: string): number | undefined {
    const left = this.#facts.budgetLeft(caller)
    return left === undefined ? undefined : left / 1e9
  }

  get now(): Ms {
    return this.#facts.now()
  }

  readonly #dice: Dice = {
    random: () => this.#facts.random(),
    // the first 48 bits as a fraction
    hashed: (text) => Number.parseInt(hash('sha1', text, 'hex').slice(0, 12), 16) / 2 ** 48,
  }
}

/** Whether a configuration has no say in any request that names no preset. */
function isIdle({ aliases, rules, fallbacks, splits, shadows }: RoutingConfig): boolean {
  return rules.length === 0 && fallbacks.length === 0 && splits.length === 0 && shadows.length === 0 && Object.keys(aliases).length === 0
}

/** What rules may ask of one request; a class, so that what takes time is only done where it is asked for. */
class AskingOf implements Asking {
  readonly model: string
  readonly #own: OwnRouting
  readonly #view: ChatView
  readonly #sent: Parameters<OwnRouting['decisionOn']>[1]
  readonly #caller: Caller
  readonly names: readonly string[]

  constructor(own: OwnRouting, view: ChatView, sent: Parameters<OwnRouting['decisionOn']>[1], caller: Caller, names: readonly string[]) {
    this.#own = own
    this.#view = view
    this.#sent = sent
    this.#caller = caller
    this.names = names
    this.model = names[0] ?? view.model
  }

  get client(): Caller {
    return this.#caller
  }

  get dialect(): Dialect {
    return this.#sent.dialect
  }

  get stream(): boolean {
    return this.#view.stream
  }

  get toolCount(): number {
    return this.#view.tools.length
  }

  get needs(): ChatView['needs'] {
    return this.#view.needs
  }

  get tags(): Readonly<Record<string, string>> {
    return tagsOf(this.#sent.headers['x-switchyard-tags'], this.#sent.metadata)
  }

  clock(): { readonly hour: number; readonly weekday: number } {
    const date = new Date(this.#own.now)
    return { hour: date.getHours(), weekday: date.getDay() === 0 ? 7 : date.getDay() }
  }

  inputTokens(): number {
    return estimateInput(this.#view)
  }

  estimatedUsd(): number | undefined {
    return this.#own.estimatedUsd(this.#view, this.model)
  }

  spentTodayUsd(): number {
    return this.#own.spentTodayUsd()
  }

  budgetLeftUsd(): number | undefined {
    return this.#own.budgetLeftUsd(this.#caller.id)
  }

  texts(): readonly string[] {
    return this.#view.messages.flatMap(({ parts }) => parts.flatMap(textsOf))
  }

  session(): string {
    return sessionOf(this.#view, this.#sent.headers['x-session-id'], this.#caller.id)
  }
}

function textsOf(part: Part): readonly string[] {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return [part.text]
    case 'tool-call':
      return [part.arguments]
    case 'tool-result':
      return part.parts.flatMap(textsOf)
    default:
      return []
  }
}

/** `team=search,env=dev` in the header, over texts of the body's `metadata`. */
function tagsOf(header: string | undefined, metadata: JsonValue | undefined): Readonly<Record<string, string>> {
  const tags = new Map<string, string>()
  if (isObject(metadata)) {
    for (const [name, value] of Object.entries(metadata)) if (typeof value === 'string') tags.set(name, value)
  }
  for (const pair of header?.split(',') ?? []) {
    const [name = '', ...value] = pair.split('=')
    if (name.trim() !== '') tags.set(name.trim(), value.join('=').trim())
  }
  return Object.fromEntries(tags)
}

function withPresetOf(decision: OwnDecision, { slug, preset, unsaid, models }: OpenedPreset): OwnDecision {
  const sets = Object.keys(preset.parameters).filter((name) => !unsaid.includes(name))
  const trail: OwnRoutingMessage[] = [{ code: 'preset-step', preset: slug, models, sets, system: preset.system !== undefined }]
  if (unsaid.length > 0) trail.push({ code: 'preset-unsaid', preset: slug, fields: unsaid })
  return {
    ...decision,
    decidedBy: decision.decidedBy.code === 'pinned' ? { code: 'by-preset', preset: slug } : decision.decidedBy,
    provider: { ...(preset.provider as JsonObject | undefined), ...decision.provider },
    trail: [...trail, ...decision.trail],
  }
}

/** The user's preferences under those that the client states itself. @throws Failure 'bad-request' naming the field */
function withWishes(request: ChatRequest, provider: JsonObject): ChatRequest {
  const { body, bytes, codec } = request.wire
  const given = body.provider
  const merged: JsonObject = { ...provider, ...(isObject(given) ? given : {}) }
  const { fallbackModels: _none, ...wishes } = readRoutingWish({ provider: merged })
  const view = { ...request.view, routing: { ...request.view.routing, ...wishes } }
  if (!CARRIES_WISHES.has(codec.id)) return { ...request, view }
  return { ...request, view, wire: { codec, body: { ...body, provider: merged }, bytes: patchTopLevel(bytes, { provider: merged }) } }
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether preferences can be read; for who writes rules. @throws Failure 'bad-request' naming the field */
export function checkPreferences(provider: JsonObject): void {
  readRoutingWish({ provider })
}

function unknownPreset(slug: string, names: readonly string[]): Failure {
  const near = names.toSorted((one, other) => likeness(other, slug) - likeness(one, slug) || one.localeCompare(other)).slice(0, NEAR_NAMES)
  return new Failure('unknown-model', { code: 'unknown-preset', preset: slug, near }, { param: 'model', code: 'preset_not_found' })
}

/** How many pairs of neighbouring letters two names share. */
function likeness(one: string, other: string): number {
  const pairs = new Set(Array.from({ length: Math.max(0, one.length - 1) }, (_, at) => one.slice(at, at + 2)))
  return Array.from({ length: Math.max(0, other.length - 1) }, (_, at) => other.slice(at, at + 2)).filter((pair) => pairs.has(pair)).length
}
