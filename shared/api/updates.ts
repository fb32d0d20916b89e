import { z } from 'zod'
import { reads, writes } from '../contract.ts'
import type { UpdateStatus } from '../updates.ts'

export const updatesApi = {
  'updates.status': reads(z.object({})).returns<UpdateStatus>(),
  /** Looks now, and answers when it has. 'conflict' where the settings name no address. */
  'updates.check': writes(z.object({})).returns<UpdateStatus>(),
}
