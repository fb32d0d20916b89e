import { z } from 'zod'
import { reads, writes } from '../contract.ts'
import { type CaReading, type ConnectionReport, type NetworkStatus, networkSettings } from '../network.ts'

const path = z.string().trim().max(4_096)

export const networkApi = {
  'network.get': reads(z.object({})).returns<NetworkStatus>(),
  /** All of it. The password travels this way alone: absent, the one that is kept stays; '' removes it. */
  'network.set': writes(networkSettings.omit({ hasProxyPassword: true }).extend({ password: z.string().max(1_000).optional() })).returns<NetworkStatus>(),
  /** Reads a PEM file on the machine that Switchyard runs on, and changes nothing. */
  'network.readCa': reads(z.object({ path })).returns<CaReading>(),
  /** Tries the way to an address as calls to providers go, with no key of anybody's, and says where it ends. */
  'network.check': reads(z.object({ url: z.url({ protocol: /^https?$/ }).max(500) })).returns<ConnectionReport>(),
}
