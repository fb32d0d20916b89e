import type { LibraryEntry, LibraryItem } from '../../../../shared/api/library.ts'

/** The form of the file; the engine refuses those it does not know. */
const VERSION = 1

export interface LibraryFile {
  readonly version: typeof VERSION
  readonly entries: LibraryItem[]
}

export type ReadFile = { readonly is: 'ok'; readonly file: LibraryFile } | { readonly is: 'wrong' }

/** Prompts and presets as a file, without what only this machine knows of them. */
export function libraryFile(entries: readonly LibraryEntry[]): string {
  return `${JSON.stringify({ switchyard: 'library', version: VERSION, entries: entries.map(({ id: _id, changedAt: _at, ...item }) => item) }, null, 2)}\n`
}

/** Whether it is such a file at all; its entries are the engine's to check. */
export function readLibraryFile(text: string): ReadFile {
  try {
    const { switchyard, version, entries } = JSON.parse(text) as Record<string, unknown>
    if (switchyard !== 'library' || !Array.isArray(entries)) return { is: 'wrong' }
    return { is: 'ok', file: { version: version as typeof VERSION, entries: entries as LibraryItem[] } }
  } catch {
    // not JSON, or not an object
    return { is: 'wrong' }
  }
}
