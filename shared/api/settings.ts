import { z } from 'zod'
import { reads, writes } from '../contract.ts'
import { type Settings, settingsSchema } from '../settings.ts'

export const settingsApi = {
  'settings.get': reads(z.object({})).returns<Settings>(),
  /** Only the fields given change. Vault, custom providers and the network have routes of their own. */
  'settings.update': writes(
    settingsSchema.omit({ vault: true, customProviders: true, baseUrls: true, privateBaseUrls: true, network: true }).partial(),
  ).returns<Settings>(),
}
