/** Changes to the settings of automatic routing that are not in force yet. Pure. */
import { AUTO_PRESETS, type AutoPreset } from '../../../../shared/auto.ts'
import type { Settings } from '../../../../shared/settings.ts'

export type AutoSettings = Settings['auto']
/** Only what differs: what somebody else changes meanwhile stays theirs. */
export type AutoChanges = Partial<AutoSettings>

/** What would hold. */
export function withChanges(settings: AutoSettings, changes: AutoChanges): AutoSettings {
  return { ...settings, ...changes }
}

/** Changes without those that came back to what is in force; undefined where none is left. */
export function realChanges(settings: AutoSettings, changes: AutoChanges): AutoChanges | undefined {
  const names = Object.keys(changes) as (keyof AutoSettings)[]
  const real = names.filter((name) => JSON.stringify(changes[name]) !== JSON.stringify(settings[name]))
  return real.length === 0 ? undefined : Object.fromEntries(real.map((name) => [name, changes[name]]))
}

/** As the settings want them. */
const PAIR_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/

/** The first pair that could not be asked for: by its name, or for want of a model. */
export function unfinishedPair({ pairs }: Pick<AutoSettings, 'pairs'>): string | undefined {
  return Object.entries(pairs).find(([name, { strong, cheap }]) => !PAIR_NAME.test(name) || strong.trim() === '' || cheap.trim() === '')?.[0]
}

/** The preset at this place of the slider, if it is one's. */
export function presetAt(slider: number): AutoPreset | undefined {
  return (Object.keys(AUTO_PRESETS) as AutoPreset[]).find((preset) => Math.abs(AUTO_PRESETS[preset] - slider) < 0.001)
}

/** Patterns by commas as typed; what is empty falls away when they are used. */
export function patternsOf(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)
}
