import type { VaultBackend, VaultStatus } from './api/keys.ts'
import type { Said } from './messages/message.ts'

/** What the doctor finds, in a terminal as in the window. Each finding has only facts; messages/doctor.ts has their words. */
export type DoctorFinding =
  | { readonly of: 'version'; readonly is: 'ok'; readonly version: string; readonly node: string; readonly platform: string }
  | ({ readonly of: 'data-folder'; readonly path: string } & (
      | { readonly is: 'ok'; readonly bytes: number }
      | { readonly is: 'warn'; readonly why: 'not-yet' | 'others-read' }
      /** `told`: the system's code, or the folder above that cannot be written. */
      | { readonly is: 'bad'; readonly why: 'no-folder' | 'not-writable' | 'not-to-be-made'; readonly told: string }
    ))
  | { readonly of: 'disk'; readonly is: 'ok' | 'warn'; readonly freeBytes: number }
  /** Read as the next start would. `why`: undefined for well. */
  | FileFinding
  | ({ readonly of: 'database' } /** `format`: an older one than `known` is brought up by the next start. */ & (
      | { readonly is: 'ok'; readonly requests: number; readonly bytes: number; readonly ms: number; readonly format: number; readonly known: number }
      | { readonly is: 'warn'; readonly why: 'not-yet' }
      /** `damage`: what SQLite says of it, a line each. */
      | { readonly is: 'bad'; readonly why: 'damaged'; readonly damage: readonly string[] }
      | { readonly is: 'bad'; readonly why: 'too-new'; readonly format: number; readonly known: number }
    ))
  | {
      readonly of: 'keys'
      readonly is: 'ok' | 'warn' | 'bad'
      /** undefined: nowhere yet. */
      readonly backend: VaultBackend | undefined
      readonly locked: boolean
      readonly keychain: VaultStatus['keychain']
      readonly stored: number
      /** Names of environment variables that hold keys. */
      readonly variables: readonly string[]
    }
  | ({ readonly of: 'endpoint' } & (
      | { readonly is: 'ok'; readonly state: 'free'; readonly address: string }
      | { readonly is: 'ok'; readonly state: 'listens'; readonly address: string; readonly lan: readonly string[] }
      | { readonly is: 'warn'; readonly state: 'stopped' }
      /** The next free port is taken instead. */
      | { readonly is: 'warn'; readonly state: 'next-port'; readonly address: string }
      | { readonly is: 'bad'; readonly state: 'taken'; readonly address: string }
      | { readonly is: 'bad'; readonly state: 'refused'; readonly address: string; readonly code: string }
      | { readonly is: 'bad'; readonly state: 'silent' }
    ))
  | { readonly of: 'catalog'; readonly is: 'ok' | 'warn'; readonly asOf: string; readonly days: number; readonly fetched: boolean }
  | {
      readonly of: 'network'
      readonly is: 'ok' | 'warn'
      readonly proxy: 'environment' | 'none' | 'own'
      readonly wrong: readonly ('ca-file' | 'ca-expired' | 'password')[]
    }
  | { readonly of: 'open-files'; readonly is: 'ok' | 'warn'; readonly limit: number; readonly open: number }
  /** How far this machine's clock is ahead of a server's; negative: behind. */
  | { readonly of: 'clock'; readonly is: 'ok' | 'warn'; readonly aheadMs: number; readonly by: string }
  /** Nobody could be asked for the time. */
  | { readonly of: 'clock'; readonly is: 'unknown'; readonly by: string | undefined }
  | { readonly of: 'reach'; readonly is: 'ok'; readonly provider: string; readonly status: number; readonly ms: number }
  | { readonly of: 'reach'; readonly is: 'bad'; readonly provider: string; readonly why: Said }

export interface FileFinding {
  readonly of: 'settings.json' | 'routing.json'
  readonly is: 'ok' | 'bad'
  readonly why: string | undefined
}

export type FindingOf<Subject extends DoctorFinding['of']> = Extract<DoctorFinding, { readonly of: Subject }>
