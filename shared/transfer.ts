import type { Said } from './messages/message.ts'

/** One file that holds how a user has set up Switchyard, without any secret; and what importing one would change. */
export const TRANSFER_PARTS = ['settings', 'shortcuts', 'routing', 'models', 'library', 'filters'] as const
export type TransferPart = (typeof TRANSFER_PARTS)[number]

/** Something that importing would do, by name. */
export interface TransferChange {
  readonly part: TransferPart
  /** `timeouts.connectMs`, `aliases.fast`, `prompt: Greeting`. */
  readonly name: string
  readonly is: 'added' | 'changed' | 'removed'
}

/** `at`: where in the file, `settings.timeouts.connectMs`; '' for the file as a whole. */
export interface TransferProblem {
  readonly at: string
  readonly message: Said
}

export interface TransferPlan {
  /** Which parts the file holds. */
  readonly holds: readonly TransferPart[]
  /** Of the parts that were chosen. */
  readonly changes: readonly TransferChange[]
  /** With any of them nothing is imported. */
  readonly problems: readonly TransferProblem[]
  /** Works, and does not do what its author may think. */
  readonly warnings: readonly TransferProblem[]
  /** Client keys of the machine that the file is from, by name: they are told of, and never in it. */
  readonly clientKeys: readonly string[]
}

export interface TransferExport {
  readonly fileName: string
  readonly text: string
  /** Places that were left out since they hold, or seem to hold, a secret. */
  readonly leftOut: readonly string[]
}

/** What an import has replaced. */
export interface TransferBackup {
  readonly name: string
  /** ms since the epoch. */
  readonly at: number
  readonly parts: readonly TransferPart[]
}
