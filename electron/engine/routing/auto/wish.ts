/**
 * What a client or the settings ask of automatic routing, by the names it goes by and by OpenRouter's plugin
 * (https://openrouter.ai/docs/guides/routing/routers/auto-router). Pure.
 */
import { AUTO_PRESETS, type AutoPreset, type AutoWish } from '../../../../shared/auto.ts'
import type { JsonValue } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'

const NAMES: ReadonlySet<string> = new Set(['switchyard/auto', 'openrouter/auto', 'auto'])
const COST_TIERS: Readonly<Record<string, number>> = { low: AUTO_PRESETS.cheap, medium: AUTO_PRESETS.balanced, high: AUTO_PRESETS.best }

/** Whether a model's name asks us to choose, and at which preset. */
export function autoName(model: string): { readonly preset: AutoPreset | undefined } | undefined {
  const colon = model.lastIndexOf(':')
  const name = colon < 0 ? model : model.slice(0, colon)
  if (!NAMES.has(name)) return undefined
  const preset = colon < 0 ? undefined : model.slice(colon + 1)
  if (preset === undefined) return { preset: undefined }
  return Object.hasOwn(AUTO_PRESETS, preset) ? { preset: preset as AutoPreset } : undefined
}

/**
 * The defaults, then the preset of the name, then the request's own plugin; each over what came before.
 * @throws Failure 'bad-request' naming the plugin's field that holds what it cannot
 */
export function wishFor(preset: AutoPreset | undefined, plugins: JsonValue | undefined, defaults: AutoWish): AutoWish {
  const named = preset === undefined ? defaults : { ...defaults, slider: AUTO_PRESETS[preset] }
  if (plugins === undefined || plugins === null) return named
  if (!Array.isArray(plugins)) throw wrong('plugins', 'must be a list')
  const list = plugins as readonly JsonValue[]
  const place = list.findIndex((one) => isObject(one) && one.id === 'auto-router')
  const plugin = list[place]
  if (plugin === undefined || !isObject(plugin)) return named
  const field = (name: string): Field => ({ value: plugin[name] ?? undefined, path: `plugins[${place}].${name}` })
  if (flag(field('enabled')) === false) return named
  const allowed = patterns(field('allowed_models'))
  const excluded = patterns(field('excluded_models'))
  return {
    ...named,
    slider: sliderOf(field('cost_tier'), field('cost_quality_tradeoff')) ?? named.slider,
    allowed: allowed.length > 0 ? allowed : named.allowed,
    excluded: [...named.excluded, ...excluded],
    sticky: flag(field('pin_model')) === false ? false : named.sticky,
  }
}

interface Field {
  /** null counts as absent. */
  readonly value: JsonValue | undefined
  readonly path: string
}

const MOST_TRADEOFF = 10

function sliderOf(tier: Field, tradeoff: Field): number | undefined {
  if (tier.value !== undefined && !(typeof tier.value === 'string' && Object.hasOwn(COST_TIERS, tier.value)))
    throw wrong(tier.path, `must be one of ${Object.keys(COST_TIERS).join(', ')}`)
  const { value } = tradeoff
  if (value !== undefined && !(typeof value === 'number' && value >= 0 && value <= MOST_TRADEOFF))
    throw wrong(tradeoff.path, `must be a number from 0 to ${MOST_TRADEOFF}`)
  if (tier.value !== undefined) return COST_TIERS[tier.value]
  // 0 is pure quality there, 10 the cheapest
  return value === undefined ? undefined : 1 - value / MOST_TRADEOFF
}

function flag({ value, path }: Field): boolean | undefined {
  if (value !== undefined && typeof value !== 'boolean') throw wrong(path, 'must be true or false')
  return value
}

function patterns({ value, path }: Field): readonly string[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw wrong(path, 'must be a list of names or patterns')
  return (value as readonly JsonValue[]).map((one, at) => {
    if (typeof one !== 'string' || one.trim() === '') throw wrong(`${path}[${at}]`, 'must be a name or a pattern such as anthropic/*')
    return one
  })
}

function wrong(path: string, problem: string): Failure {
  return new Failure('bad-request', `${path} ${problem}.`, { param: path })
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
