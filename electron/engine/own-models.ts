/** The user's own names as models in lists: aliases as they are, presets as `@preset/x`. */
import { AUTO_MODEL, AUTO_PRESETS } from '../../shared/auto.ts'
import type { Endpoint } from '../../shared/routing.ts'
import type { RoutingConfig } from '../../shared/routing-config.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Resolution } from './catalog/catalog.ts'

/** The owner that lists name. No provider has this id. */
export const OWN_MODELS_OWNER = 'switchyard'

/** Each with the facts of the first model that it stands for, so far as that is known. */
export function ownModels({ aliases, presets }: RoutingConfig, resolve: (model: string) => Resolution): readonly Endpoint[] {
  const first = (model: string): string => (Object.hasOwn(aliases, model) ? first(aliases[model]?.models[0]?.model ?? '') : model)
  const listed = (id: string, model: string | undefined): Endpoint => {
    const found = model === undefined ? undefined : resolve(first(model))
    const facts = found?.is === 'found' ? found.endpoint : UNKNOWN
    return { ...facts, id, provider: OWN_MODELS_OWNER, name: id }
  }
  return [
    ...Object.entries(aliases).map(([name, { models }]) => listed(name, models[0]?.model)),
    // without a model of its own a preset is none that could be asked by itself
    ...Object.entries(presets).flatMap(([slug, { models }]) => (models.length === 0 ? [] : [listed(`@preset/${slug}`, models[0])])),
  ]
}

/** The names that have a model chosen: automatic routing at its default and at each preset, and the user's pairs. What can be chosen differs, so no facts. */
export function autoModels({ pairs }: Pick<Settings['auto'], 'pairs'>): readonly Endpoint[] {
  const names = [AUTO_MODEL, ...Object.keys(AUTO_PRESETS).map((preset) => `auto:${preset}`), ...Object.keys(pairs)]
  return names.map((id) => ({ ...UNKNOWN, id, provider: OWN_MODELS_OWNER, name: id }))
}

const UNKNOWN: Omit<Endpoint, 'id' | 'provider' | 'name'> = {
  upstreamModel: '',
  protocol: 'openai-chat',
  price: undefined,
  limits: { context: undefined, output: undefined },
  can: undefined,
  runsLocally: false,
  simulated: false,
}
