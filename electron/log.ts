import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type DestinationStream, destination, type Logger, pino } from 'pino'

export type Log = Logger

/** Fields that could hold a secret by mistake; their values never reach the log. */
const REDACTED = [
  'secret',
  'key',
  'apiKey',
  'authorization',
  'headers',
  'passphrase',
  '*.secret',
  '*.key',
  '*.apiKey',
  '*.authorization',
  '*.headers',
  '*.passphrase',
]

/** A log of JSON lines, by default `logs/switchyard.log` in the data folder. Never holds a prompt, an answer or a key. */
export function createLog(dataDir: string, to?: DestinationStream): Log {
  if (to !== undefined) return pino({ redact: REDACTED }, to)
  const folder = join(dataDir, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return pino({ redact: REDACTED }, destination({ dest: join(folder, 'switchyard.log'), sync: false, mode: 0o600 }))
}
