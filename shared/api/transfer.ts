import { z } from 'zod'
import { reads, writes } from '../contract.ts'
import { modelsConfigSchema } from '../models-config.ts'
import { networkSettings } from '../network.ts'
import { routingConfigSchema } from '../routing-config.ts'
import { settingsSchema } from '../settings.ts'
import { TRANSFER_PARTS, type TransferBackup, type TransferExport, type TransferPlan } from '../transfer.ts'
import { libraryItem } from './library.ts'

export const TRANSFER_KIND = 'switchyard-setup'
export const TRANSFER_VERSION = 1

/** Without what is another machine's, or a secret's: the place of keys, and whether the proxy has a password. */
export const transferredSettings = settingsSchema
  .omit({ vault: true, shortcuts: true, network: true })
  .extend({ network: networkSettings.omit({ hasProxyPassword: true }).prefault({}) })

const filter = z.strictObject({ name: z.string().trim().min(1).max(60), filter: z.string().trim().min(1).max(1_000) })

export const transferParts = z.object({
  settings: transferredSettings.optional(),
  shortcuts: settingsSchema.shape.shortcuts.optional(),
  routing: routingConfigSchema.optional(),
  models: modelsConfigSchema.optional(),
  library: z.array(libraryItem).max(10_000).optional(),
  filters: z.array(filter).max(1_000).optional(),
})

export const transferFile = transferParts
  .extend({
    kind: z.literal(TRANSFER_KIND),
    version: z.literal(TRANSFER_VERSION),
    /** The Switchyard that made it, and when; for people. */
    madeBy: z.string().max(40).optional(),
    madeAt: z.string().max(40).optional(),
    /** For information alone. */
    clientKeys: z
      .array(z.object({ name: z.string().max(200) }).loose())
      .max(10_000)
      .optional(),
  })
  .strict()

export type TransferParts = { readonly [Part in keyof z.infer<typeof transferParts>]: z.infer<typeof transferParts>[Part] }
/** Each of them, as it is in force. */
export type AllTransferParts = { readonly [Part in keyof TransferParts]-?: NonNullable<TransferParts[Part]> }
export type TransferFile = z.infer<typeof transferFile>

const chosen = z.array(z.enum(TRANSFER_PARTS)).max(TRANSFER_PARTS.length)
const importing = z.object({
  /** The file's whole text. */
  text: z.string().max(30_000_000),
  parts: chosen,
  /** Whether prompts, presets and filters that are not in the file go. */
  removesMissing: z.boolean().default(false),
})

export const transferApi = {
  'transfer.export': reads(z.object({ parts: chosen })).returns<TransferExport>(),
  /** Says what an import would change, and changes nothing. */
  'transfer.plan': reads(importing).returns<TransferPlan>(),
  /** All or nothing; what is replaced is kept beside it first. */
  'transfer.import': writes(importing).returns<{ readonly plan: TransferPlan; readonly backup: TransferBackup | undefined }>(),
  /** Newest first. */
  'transfer.backups': reads(z.object({})).returns<readonly TransferBackup[]>(),
  /** Brings back what an import has replaced; that, in turn, can be undone. */
  'transfer.undo': writes(z.object({ name: z.string().max(100) })).returns<{ readonly plan: TransferPlan; readonly backup: TransferBackup | undefined }>(),
}
