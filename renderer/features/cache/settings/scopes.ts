/** Whose requests use the response cache, beside the rule for all: by client key in the settings, by alias and preset in the user's own routing. */
import type { CacheWish, RoutingConfig } from '../../../../shared/routing-config.ts'
import type { Settings } from '../../../../shared/settings.ts'

export type ForClient = Settings['cache']['clients'][string]
export type ForName = 'default' | 'off' | 'exact' | 'semantic'

/** A name of the user's own that requests can be asked under. */
export interface OwnName {
  readonly is: 'alias' | 'preset'
  readonly name: string
  readonly use: ForName
}

export function ownNames({ aliases, presets }: Pick<RoutingConfig, 'aliases' | 'presets'>): readonly OwnName[] {
  return [
    ...Object.entries(aliases).map(([name, { cache }]) => ({ is: 'alias' as const, name, use: useOf(cache) })),
    ...Object.entries(presets).map(([name, { cache }]) => ({ is: 'preset' as const, name, use: useOf(cache) })),
  ]
}

/** The configuration in which one name uses the cache so. How long its answers are kept stays as it was. */
export function withUse(config: RoutingConfig, { is, name }: Pick<OwnName, 'is' | 'name'>, use: ForName): RoutingConfig {
  if (is === 'alias') {
    const alias = config.aliases[name]
    return alias === undefined ? config : { ...config, aliases: { ...config.aliases, [name]: { ...alias, cache: wishOf(alias.cache, use) } } }
  }
  const preset = config.presets[name]
  return preset === undefined ? config : { ...config, presets: { ...config.presets, [name]: { ...preset, cache: wishOf(preset.cache, use) } } }
}

function useOf(wish: CacheWish | undefined): ForName {
  if (wish === undefined) return 'default'
  if (!wish.enabled) return 'off'
  return wish.semantic === true ? 'semantic' : 'exact'
}

function wishOf(before: CacheWish | undefined, use: ForName): CacheWish | undefined {
  const kept = before?.ttlSeconds === undefined ? {} : { ttlSeconds: before.ttlSeconds }
  switch (use) {
    case 'default':
      return undefined
    case 'off':
      return { ...kept, enabled: false }
    default:
      return { ...kept, enabled: true, semantic: use === 'semantic' }
  }
}
