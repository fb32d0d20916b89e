import { z } from 'zod'
import { reads } from '../contract.ts'
import type { DoctorFinding } from '../doctor.ts'

export const doctorApi = {
  /** `thorough`: reads the whole database, and asks a provider for the time, with no key. */
  'doctor.check': reads(z.object({ thorough: z.boolean().default(false) })).returns<readonly DoctorFinding[]>(),
}
