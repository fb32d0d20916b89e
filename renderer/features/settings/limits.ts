/** The numbers one may change, as a table: where they stand, their unit, their bounds as in shared/settings.ts. */
import type { Settings } from '../../../shared/settings.ts'
import { DAYS, KILOBYTES, MEGABYTES, PLAIN, SECONDS, type Unit } from './units.ts'

export type Change = Partial<Omit<Settings, 'vault' | 'customProviders'>>

export interface Limit {
  /** As the engine names the field when it refuses. */
  readonly path: string
  readonly label: string
  readonly hint: string
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

function timeout(key: keyof Settings['timeouts'], label: string, hint: string): Limit {
  return {
    path: `timeouts.${key}`,
    label,
    hint,
    unit: SECONDS,
    least: 100,
    most: DAY_MS,
    read: (settings) => settings.timeouts[key],
    write: (settings, value) => ({ timeouts: { ...settings.timeouts, [key]: value } }),
  }
}

export const TIMEOUTS: readonly Limit[] = [
  timeout('connectMs', 'To connect', 'Until the provider’s server takes the connection.'),
  timeout('firstEventMs', 'To first content', 'Reasoning models think for minutes before they speak.'),
  timeout('silenceMs', 'Silence', 'Between two pieces of an answer.'),
  timeout('wholeMs', 'Whole request', 'From first byte to last, all attempts together.'),
  {
    path: 'keepAliveMs',
    label: 'Keep-alive',
    hint: 'A silent translated stream shows that it lives; 0 for never.',
    unit: SECONDS,
    least: 0,
    most: 3_600_000,
    read: (settings) => settings.keepAliveMs,
    write: (_, value) => ({ keepAliveMs: value }),
  },
]

export const ATTEMPTS: readonly Limit[] = [
  {
    path: 'attempts.most',
    label: 'Attempts',
    hint: 'Provider calls that one request may cause.',
    unit: PLAIN,
    least: 1,
    most: 50,
    read: (settings) => settings.attempts.most,
    write: (settings, value) => ({ attempts: { ...settings.attempts, most: value } }),
  },
  {
    path: 'attempts.startWithinMs',
    label: 'Start within',
    hint: 'No new attempt begins later than this.',
    unit: SECONDS,
    least: 0,
    most: DAY_MS,
    read: (settings) => settings.attempts.startWithinMs,
    write: (settings, value) => ({ attempts: { ...settings.attempts, startWithinMs: value } }),
  },
  {
    path: 'bodyLimitBytes',
    label: 'Largest request',
    hint: 'Larger bodies are refused with 413.',
    unit: MEGABYTES,
    least: 1024,
    most: 1_073_741_824,
    read: (settings) => settings.bodyLimitBytes,
    write: (_, value) => ({ bodyLimitBytes: value }),
  },
]

export const CAPTURE: readonly Limit[] = [
  {
    path: 'captureLimitBytes',
    label: 'Cut each body at',
    hint: 'What is longer is cut, and says so.',
    unit: KILOBYTES,
    least: 1024,
    most: 16_777_216,
    read: (settings) => settings.captureLimitBytes,
    write: (_, value) => ({ captureLimitBytes: value }),
  },
  {
    path: 'captureKeep',
    label: 'Keep the last',
    hint: 'Requests with bodies. The rows of the log stay.',
    unit: PLAIN,
    least: 0,
    most: 1_000_000,
    read: (settings) => settings.captureKeep,
    write: (_, value) => ({ captureKeep: value }),
  },
]

export const KEEP_RESPONSES: Limit = {
  path: 'responses.keepDays',
  label: 'Keep for',
  hint: 'Older ones are deleted, and so is what exceeds 10,000 answers or 512 MB.',
  unit: DAYS,
  least: 1,
  most: 3_650,
  read: (settings) => settings.responses.keepDays,
  write: (settings, value) => ({ responses: { ...settings.responses, keepDays: value } }),
}
