/** What is wrong with a routing that somebody wants to save: fields that do not fit, preferences that cannot be read, names that nobody serves. */

import type { RoutingCheck, RoutingProblem } from '../../../shared/api/routing.ts'
import type { JsonObject } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import type { Ours } from '../../../shared/messages/english.ts'
import { inputMessageThere } from '../../../shared/messages/input.ts'
import { saidBy } from '../../../shared/messages/spoken-error.ts'
import { type RoutingConfig, routingConfigSchema } from '../../../shared/routing-config.ts'
import { checkPreferences } from '../../engine/own-routing.ts'

/** More would be a screen full of the same mistake. */
const MOST_PROBLEMS = 50

/** @param isServed whether a model of this name is known */
export function checkRouting(value: unknown, isServed: (model: string) => boolean): RoutingCheck {
  const parsed = routingConfigSchema.safeParse(value)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => problemAt(issue.path.join('.'), inputMessageThere(issue)))
    return { config: undefined, problems: problems.slice(0, MOST_PROBLEMS), warnings: [] }
  }
  const config = parsed.data
  const problems = preferencesIn(config).flatMap(([at, provider]) => unreadable(at, provider))
  const isKnown = (name: string): boolean => Object.hasOwn(config.aliases, name) || isServed(name)
  const warnings = modelsIn(config).flatMap(([at, name]): readonly RoutingProblem[] =>
    isKnown(name) ? [] : [problemAt(at, { code: 'nobody-serves', model: name })],
  )
  return { config: problems.length === 0 ? config : undefined, problems, warnings: warnings.slice(0, MOST_PROBLEMS) }
}

function problemAt(at: string, said: string | Ours): RoutingProblem {
  return { at, message: said }
}

function unreadable(at: string, provider: JsonObject): readonly RoutingProblem[] {
  try {
    checkPreferences(provider)
    return []
  } catch (thrown) {
    const failure = Failure.from(thrown)
    return [problemAt(`${at}.${failure.param ?? 'provider'}`, saidBy(failure))]
  }
}

function preferencesIn({ presets, rules }: RoutingConfig): readonly (readonly [string, JsonObject])[] {
  return [
    ...Object.entries(presets).flatMap(([slug, { provider }]) => (provider === undefined ? [] : [[`presets.${slug}`, provider as JsonObject] as const])),
    ...rules.flatMap(({ actions }, rule) =>
      actions.flatMap((action, place) => (action.do === 'prefer' ? [[`rules.${rule}.actions.${place}`, action.provider as JsonObject] as const] : [])),
    ),
  ]
}

/** Every name that stands for a model, with its place. */
export function modelsIn({ aliases, presets, rules, fallbacks, splits, shadows }: RoutingConfig): readonly (readonly [string, string])[] {
  const listed = (at: string, names: readonly string[]): readonly (readonly [string, string])[] => names.map((name, place) => [`${at}.${place}`, name])
  return [
    ...Object.entries(aliases).flatMap(([name, { models }]) => models.map(({ model }, place) => [`aliases.${name}.models.${place}.model`, model] as const)),
    ...Object.entries(presets).flatMap(([slug, { models }]) => listed(`presets.${slug}.models`, models)),
    ...rules.flatMap(({ actions }, rule) =>
      actions.flatMap((action, place) => (action.do === 'route' ? listed(`rules.${rule}.actions.${place}.models`, action.models) : [])),
    ),
    ...fallbacks.flatMap(({ to }, place) => listed(`fallbacks.${place}.to`, to)),
    ...splits.flatMap(({ arms }, split) => arms.map(({ model }, arm) => [`splits.${split}.arms.${arm}.model`, model] as const)),
    ...shadows.map(({ to }, place) => [`shadows.${place}.to`, to] as const),
  ]
}
