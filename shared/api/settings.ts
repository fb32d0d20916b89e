import { z } from 'zod'
import { reads, writes } from '../contract.ts'
import { type Settings, settingsSchema } from '../settings.ts'

/** Fields that have routes of their own. */
const changeable = settingsSchema.omit({ vault: true, customProviders: true, baseUrls: true, privateBaseUrls: true })

/** `partial()` alone fills in the defaults of fields that were not given, and a change of one setting would undo all others. */
const changes = z.object(
  Object.fromEntries(
    Object.entries(changeable.shape).map(([name, field]) => [
      name,
      (field instanceof z.ZodDefault || field instanceof z.ZodPrefault ? (field.unwrap() as z.ZodType) : field).optional(),
    ]),
  ),
) as unknown as ReturnType<typeof changeable.partial>

export const settingsApi = {
  'settings.get': reads(z.object({})).returns<Settings>(),
  /** Only the fields given change. */
  'settings.update': writes(changes).returns<Settings>(),
}
