import { z } from 'zod'
import { reads, writes } from '../contract.ts'
import type { Ms } from '../ids.ts'
import { INPUT_HINTS } from '../messages/input.ts'
import { runParameters } from './playground.ts'

const id = z.string().min(1).max(100)
const name = z.string().trim().min(1, INPUT_HINTS.name).max(120)

const prompt = z.object({
  kind: z.literal('prompt'),
  name,
  text: z.string().min(1, INPUT_HINTS.prompt).max(2_000_000),
  system: z.string().max(2_000_000).optional(),
})
/** Everything a pane can be set to, without the question. */
const preset = z.object({
  kind: z.literal('preset'),
  name,
  system: z.string().max(2_000_000).default(''),
  parameters: runParameters,
})
export const libraryItem = z.discriminatedUnion('kind', [prompt, preset])

export type LibraryItem = Readonly<z.infer<typeof libraryItem>>
export type LibraryEntry = LibraryItem & { readonly id: string; readonly changedAt: Ms }

/** What `library.import` takes: the file that the library is exported to. */
const LIBRARY_FILE_VERSION = 1

export const libraryApi = {
  /** By name. */
  'library.list': reads(z.object({})).returns<readonly LibraryEntry[]>(),
  /** Replaces the entry of that kind and name, or makes one. */
  'library.put': writes(z.object({ entry: libraryItem })).returns<LibraryEntry>(),
  'library.remove': writes(z.object({ id })).returns<null>(),
  /** Entries of a kind and name that are here already are replaced. */
  'library.import': writes(
    z.object({ version: z.literal(LIBRARY_FILE_VERSION, 'made by a newer Switchyard'), entries: z.array(libraryItem).max(10_000) }),
  ).returns<{
    readonly added: number
    readonly replaced: number
  }>(),
}
