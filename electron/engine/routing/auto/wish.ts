/**
 * What a client or the settings ask of automatic routing, by the names it goes by and by OpenRouter's plugin
 * (https://openrouter.ai/docs/guides/routing/routers/auto-router). Pure.
 */
import { AUTO_PRESETS, type AutoPreset, type AutoWish } from '../../../../shared/auto.ts'
import type { JsonValue } from '../../../../shared/chat.ts'

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

/** The defaults, then the preset of the name, then the request's own plugin; each over what came before. */
export function wishFor(preset: AutoPreset | undefined, plugins: JsonValue | undefined, defaults: AutoWish): AutoWish {
  const named = preset === undefined ? defaults : { ...defaults, slider: AUTO_PRESETS[preset] }
  if (!Array.isArray(plugins)) return named
  const plugin = (plugins as readonly JsonValue[]).find((one) => isObject(one) && one.id === 'auto-router')
  if (plugin === undefined || !isObject(plugin) || plugin.enabled === false) return named
  const allowed = strings(plugin.allowed_models)
  const excluded = strings(plugin.excluded_models)
  return {
    ...named,
    slider: sliderOf(plugin) ?? named.slider,
    allowed: allowed.length > 0 ? allowed : named.allowed,
    excluded: [...named.excluded, ...excluded],
    sticky: plugin.pin_model === false ? false : named.sticky,
  }
}

function sliderOf(plugin: { readonly [key: string]: JsonValue }): number | undefined {
  const { cost_tier: tier, cost_quality_tradeoff: tradeoff } = plugin
  if (typeof tier === 'string' && Object.hasOwn(COST_TIERS, tier)) return COST_TIERS[tier]
  // 0 is pure quality there, 10 the cheapest
  if (typeof tradeoff === 'number' && Number.isFinite(tradeoff)) return 1 - Math.max(0, Math.min(10, tradeoff)) / 10
  return undefined
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function strings(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter((one) => typeof one === 'string') : []
}
