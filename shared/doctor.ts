/** What the doctor finds in a running Switchyard. Each finding has only facts; their words are the window's, in its language. */
export type DoctorFinding =
  | { readonly of: 'data-folder'; readonly is: 'ok' | 'bad'; readonly path: string; readonly bytes: number; readonly code?: string }
  | { readonly of: 'disk'; readonly is: 'ok' | 'warn'; readonly freeBytes: number }
  /** `damage`: what SQLite says of it, a line each. */
  | { readonly of: 'database'; readonly is: 'ok' | 'bad'; readonly damage: readonly string[]; readonly ms: number }
  | { readonly of: 'catalog'; readonly is: 'ok' | 'warn'; readonly asOf: string; readonly days: number }
  /** How far this machine's clock is ahead of a server's; negative: behind. */
  | { readonly of: 'clock'; readonly is: 'ok' | 'warn'; readonly aheadMs: number; readonly by: string }
  /** Nobody could be asked for the time. */
  | { readonly of: 'clock'; readonly is: 'unknown'; readonly by: string | undefined }
  | { readonly of: 'open-files'; readonly is: 'ok' | 'warn'; readonly limit: number; readonly open: number }
  | {
      readonly of: 'network'
      readonly is: 'ok' | 'warn'
      readonly proxy: 'environment' | 'none' | 'own'
      readonly wrong: readonly ('ca-file' | 'ca-expired' | 'password')[]
    }
