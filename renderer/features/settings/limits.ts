/** The numbers one may change, as a table: where they stand, their unit, their bounds as in shared/settings.ts. Their words are in texts.ts, by path. */
import type { Settings } from '../../../shared/settings.ts'
import { DAYS, KILOBYTES, MEGABYTES, PLAIN, SECONDS, type Unit } from './units.ts'

export type Change = Partial<Omit<Settings, 'vault' | 'customProviders' | 'baseUrls' | 'privateBaseUrls' | 'network'>>

type NumbersOf<T> = { [Key in keyof T]: T[Key] extends number ? Key : never }[keyof T] & string
type Group = 'timeouts' | 'attempts' | 'routing' | 'merging' | 'responses'

/** As the engine names the field when it refuses. */
export type LimitPath = NumbersOf<Settings> | { [G in Group]: `${G}.${NumbersOf<Settings[G]>}` }[Group]

export interface Limit {
  readonly path: LimitPath
  readonly unit: Unit
  /** In the engine's unit. */
  readonly least: number
  readonly most: number
  readonly read: (settings: Settings) => number
  /** A whole group is sent, for the engine replaces groups as one. */
  readonly write: (settings: Settings, value: number) => Change
}

/** Longer than any sane wait; the engine itself sets no bound. */
const DAY_MS = 86_400_000

function alone(path: NumbersOf<Settings>, unit: Unit, least: number, most: number): Limit {
  return { path, unit, least, most, read: (settings) => settings[path], write: (_, value) => ({ [path]: value }) }
}

function within<G extends Group>(group: G, key: NumbersOf<Settings[G]>, unit: Unit, least: number, most: number): Limit {
  return {
    path: `${group}.${key}` as LimitPath,
    unit,
    least,
    most,
    read: (settings) => settings[group][key] as number,
    write: (settings, value) => ({ [group]: { ...settings[group], [key]: value } }),
  }
}

export const TIMEOUTS: readonly Limit[] = [
  within('timeouts', 'connectMs', SECONDS, 100, DAY_MS),
  within('timeouts', 'firstEventMs', SECONDS, 100, DAY_MS),
  within('timeouts', 'silenceMs', SECONDS, 100, DAY_MS),
  within('timeouts', 'reasoningFirstEventMs', SECONDS, 100, DAY_MS),
  within('timeouts', 'reasoningSilenceMs', SECONDS, 100, DAY_MS),
  within('timeouts', 'wholeMs', SECONDS, 100, DAY_MS),
  alone('keepAliveMs', SECONDS, 0, 3_600_000),
]

export const ATTEMPTS: readonly Limit[] = [
  within('attempts', 'most', PLAIN, 1, 50),
  within('attempts', 'startWithinMs', SECONDS, 0, DAY_MS),
  within('attempts', 'waitMs', SECONDS, 0, 600_000),
  within('attempts', 'backoffMs', SECONDS, 0, 60_000),
  alone('bodyLimitBytes', MEGABYTES, 1024, 1_073_741_824),
]

export const ROUTING: readonly Limit[] = [within('routing', 'failuresInARow', PLAIN, 0, 1_000), within('routing', 'stickyMs', SECONDS, 0, DAY_MS)]

export const MERGING: readonly Limit[] = [within('merging', 'rejoinMs', SECONDS, 0, 600_000), within('merging', 'keepRunningMs', SECONDS, 0, 600_000)]

export const CAPTURE: readonly Limit[] = [alone('captureLimitBytes', KILOBYTES, 1024, 16_777_216), alone('captureKeep', PLAIN, 0, 1_000_000)]

export const KEEP_RESPONSES: Limit = within('responses', 'keepDays', DAYS, 1, 3_650)
