/**
 * What the user's own routing makes of a request: which models, in which order, with which preferences, and why. Pure: time, dice and facts come in.
 * A preset is opened first (it may name the model), then splits, then rules from the top: the first that routes or denies ends, preferences and
 * cache settings gather. Aliases are opened wherever a name of theirs stands. What was decided is told step by step.
 */
import { AUTO_MODEL } from '../../../../shared/auto.ts'
import type { JsonObject } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import type { AccessRefusal } from '../../../../shared/messages/access.ts'
import type { Said } from '../../../../shared/messages/message.ts'
import type { OwnRoutingMessage } from '../../../../shared/messages/own-routing.ts'
import type { RouteReason } from '../../../../shared/messages/routing.ts'
import type { RoutePlan } from '../../../../shared/routing.ts'
import type { CacheWish, Cause, GuardPattern, RoutingConfig, Rule, Shadow, Split } from '../../../../shared/routing-config.ts'
import { ASKED_FOR, fallback, pinned } from '../plan.ts'
import { matches, type RequestFacts, unmet } from './condition.ts'
import { guardedIn } from './guard.ts'

export interface NamedModel {
  readonly name: string
  readonly why: Said
  /** A fallback for these failures of what came before it; absent: for all that the router goes on after. */
  readonly after?: readonly Cause[]
  /** Automatic routing chooses among these. */
  readonly among?: readonly string[]
}

export interface OwnDecision {
  readonly names: readonly NamedModel[]
  /** 'pinned' while nothing of the user's own had a say. */
  readonly decidedBy: OwnRoutingMessage
  /** OpenRouter's `provider` fields, later ones over earlier ones; the client's own come over all of them. */
  readonly provider: JsonObject
  readonly cache: CacheWish | undefined
  readonly shadows: readonly Shadow[]
  /** The split it belongs to, and the arm that it went to; absent where a rule had the last word. */
  readonly split?: { readonly name: string; readonly arm: string }
  /** One sentence a step, for the person who asks why. */
  readonly trail: readonly OwnRoutingMessage[]
}

export interface Dice {
  /** [0, 1) */
  readonly random: () => number
  /** [0, 1), the same for the same text: for what has to stay as it was. */
  readonly hashed: (text: string) => number
}

export interface Asking extends RequestFacts {
  /** The client's model and its fallbacks. */
  readonly names: readonly string[]
  /** The conversation it belongs to. */
  readonly session: () => string
  /** All that it says in words: system prompt, turns, results of tools. */
  readonly texts: () => readonly string[]
}

const step = (message: OwnRoutingMessage): OwnRoutingMessage => message
const byRule = (rule: string): OwnRoutingMessage => ({ code: 'by-rule', rule })

/** A rule denied: the failure for the client, and the plan that shows which rule it was. */
export class DeniedByRule extends Failure {
  readonly plan: RoutePlan

  constructor(kind: 'forbidden' | 'content-policy', said: string | AccessRefusal, rule: string, requested: string, trail: readonly OwnRoutingMessage[]) {
    super(kind, said, { code: kind === 'forbidden' ? 'denied_by_rule' : 'blocked_by_guard' })
    this.plan = { requested, decidedBy: byRule(rule), candidates: [], passedOver: [], trail }
  }
}

/**
 * @param ofPreset what the preset that was opened says of the response cache
 * @throws DeniedByRule where a rule denies, or guards and finds something
 */
export function decide(config: RoutingConfig, asking: Asking, dice: Dice, ofPreset?: CacheWish): OwnDecision {
  const trail: OwnRoutingMessage[] = []
  let provider: JsonObject = {}
  let cache = ofPreset
  let names: readonly NamedModel[] = asking.names.map((name, place) => ({ name, why: place === 0 ? ASKED_FOR : fallback(place) }))
  let decidedBy = pinned(asking.names.length - 1)

  const split = config.splits.find((each) => each.enabled && each.models.some((pattern) => matches(pattern, asking.model)))
  let drawnFor: OwnDecision['split']
  if (split !== undefined) {
    const arm = armOf(split, split.by === 'client' ? asking.client.id : asking.session(), dice)
    trail.push({ code: 'split-step', split: split.name, arm: arm.name, model: arm.model })
    names = [{ name: arm.model, why: step({ code: 'arm-of-split', split: split.name, arm: arm.name }) }, ...names.slice(1)]
    decidedBy = { code: 'by-split', split: split.name, arm: arm.name }
    drawnFor = { name: split.name, arm: arm.name }
  }

  for (const rule of config.rules) {
    if (!rule.enabled) continue
    const not = whyNot(rule, asking)
    if (not !== undefined) {
      trail.push({ code: 'rule-skipped', rule: rule.name, why: not })
      continue
    }
    let ended = false
    for (const action of rule.actions) {
      if (action.do === 'deny') {
        throw new DeniedByRule('forbidden', action.message, rule.name, asking.model, [...trail, { code: 'rule-denies', rule: rule.name }])
      }
      if (action.do === 'route') {
        names = action.models.map((name, place) => ({ name, why: place === 0 ? byRule(rule.name) : step({ code: 'rule-fallback', rule: rule.name, place }) }))
        decidedBy = byRule(rule.name)
        drawnFor = undefined
        trail.push({ code: 'rule-routes', rule: rule.name, models: action.models })
        ended = true
      } else if (action.do === 'prefer') {
        provider = { ...provider, ...(action.provider as JsonObject) }
        trail.push({ code: 'rule-prefers', rule: rule.name, fields: Object.keys(action.provider) })
      } else if (action.do === 'guard') {
        guard(action.block, rule.name, asking, trail)
      } else {
        cache = action.cache
        trail.push({ code: 'rule-caches', rule: rule.name, on: action.cache.enabled })
      }
    }
    if (ended) break
  }

  const opened = openAliases(config, names, trail, dice)
  if (opened.opened !== undefined && decidedBy.code === 'pinned') decidedBy = { code: 'by-alias', alias: opened.opened }
  const withFallbacks = [...opened.names, ...fallbacksFor(config, asking.model, opened.names, trail, dice)]
  return {
    names: unique(withFallbacks),
    decidedBy,
    provider,
    cache: cache ?? opened.cache,
    shadows: shadowsFor(config, asking, dice),
    ...(drawnFor !== undefined && { split: drawnFor }),
    trail,
  }
}

/** @throws DeniedByRule where the request holds what must not go out; what exactly is told to nobody */
function guard(block: readonly GuardPattern[], rule: string, asking: Asking, trail: OwnRoutingMessage[]): void {
  const found = guardedIn(asking.texts(), block)
  if (found === undefined) {
    trail.push({ code: 'rule-found-none', rule, block })
    return
  }
  throw new DeniedByRule('content-policy', { code: 'guarded', rule, found }, rule, asking.model, [...trail, { code: 'rule-found', rule, found }])
}

function whyNot(rule: Rule, facts: RequestFacts): OwnRoutingMessage | undefined {
  const not = unmet(rule.when, facts)
  if (not !== undefined) return not
  return rule.unless !== undefined && unmet(rule.unless, facts) === undefined ? { code: 'its-exception' } : undefined
}

function armOf(split: Split, who: string, dice: Dice): Split['arms'][number] {
  const total = split.arms.reduce((sum, { weight }) => sum + weight, 0)
  let left = dice.hashed(`${split.name}\n${who}`) * total
  for (const arm of split.arms) {
    left -= arm.weight
    if (left < 0) return arm
  }
  return split.arms[0] as Split['arms'][number]
}

/** Aliases may stand for aliases; the schema has made sure that none leads back to itself. */
function openAliases(
  config: RoutingConfig,
  names: readonly NamedModel[],
  trail: OwnRoutingMessage[],
  dice: Dice,
): { readonly names: readonly NamedModel[]; readonly opened: string | undefined; readonly cache: CacheWish | undefined } {
  let first: string | undefined
  let cache: CacheWish | undefined
  const open = ({ name, why, ...rest }: NamedModel): readonly NamedModel[] => {
    const alias = Object.hasOwn(config.aliases, name) ? config.aliases[name] : undefined
    if (alias === undefined) return [{ name, why, ...rest }]
    first ??= name
    // the first choice's alone: a fallback's answers are not kept
    if (names[0]?.name === first) cache ??= alias.cache
    if (alias.balance === 'auto') {
      const among = alias.models.flatMap(({ model }) => open({ name: model, why: step({ code: 'by-alias', alias: name }), ...rest }))
      trail.push({ code: 'alias-auto', alias: name, among: among.map((one) => one.name) })
      return [{ name: AUTO_MODEL, why: step({ code: 'through-alias', why, alias: name }), ...rest, among: among.map((one) => one.name) }, ...among]
    }
    const models = alias.balance === 'weighted' ? drawn(alias.models, dice) : alias.models
    trail.push({ code: 'alias-step', alias: name, models: models.map(({ model }) => model) })
    return models.flatMap(({ model }, place) =>
      open({
        name: model,
        why: step(place === 0 ? { code: 'through-alias', why, alias: name } : { code: 'alias-choice', alias: name, choice: place + 1 }),
        ...rest,
      }),
    )
  }
  return { names: names.flatMap(open), opened: first, cache }
}

/** One by weight, the others behind it in their order. */
function drawn<T extends { readonly weight?: number | undefined }>(models: readonly T[], dice: Dice): readonly T[] {
  const total = models.reduce((sum, { weight = 1 }) => sum + weight, 0)
  let left = dice.random() * total
  const place = models.findIndex(({ weight = 1 }) => {
    left -= weight
    return left < 0
  })
  const chosen = models[Math.max(0, place)]
  return chosen === undefined ? models : [chosen, ...models.filter((model) => model !== chosen)]
}

function fallbacksFor(config: RoutingConfig, asked: string, names: readonly NamedModel[], trail: OwnRoutingMessage[], dice: Dice): readonly NamedModel[] {
  const found: NamedModel[] = []
  for (const { models, on, to } of config.fallbacks) {
    if (!models.some((pattern) => matches(pattern, asked) || names.some(({ name }) => matches(pattern, name)))) continue
    trail.push({ code: 'fallback-step', causes: on, models: to })
    for (const name of to)
      found.push(...openAliases(config, [{ name, why: { code: 'fallback-after', causes: on } satisfies RouteReason, after: on }], [], dice).names)
  }
  return found
}

/** The first mention of a model holds; one that was already free to be tried needs no cause. */
function unique(names: readonly NamedModel[]): readonly NamedModel[] {
  const seen = new Set<string>()
  return names.filter(({ name, after }) => {
    const key = after === undefined ? name : `${name}\n${after.join()}`
    if (seen.has(name) || seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function shadowsFor(config: RoutingConfig, asking: Asking, dice: Dice): readonly Shadow[] {
  return config.shadows.filter((shadow) => shadow.enabled && shadow.share > 0 && unmet(shadow.when, asking) === undefined && dice.random() < shadow.share)
}
