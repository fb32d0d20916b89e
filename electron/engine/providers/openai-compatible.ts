import type { CustomProvider } from '../../../shared/settings.ts'
import type { Reach } from '../attempt/address.ts'
import { defineProvider, type ProviderDefinition } from './define.ts'

/** Where an address that somebody gave may lead, without and with their word that it lies in a private network. */
export const PUBLIC_OR_HERE: ReadonlySet<Reach> = new Set(['public', 'this-machine'])
export const PRIVATE_TOO: ReadonlySet<Reach> = new Set([...PUBLIC_OR_HERE, 'private-network'])

/**
 * A provider that the user added by its address. It speaks OpenAI's chat format; its price is unknown even on this machine, since a
 * local address may well be a gateway to something that charges.
 */
export function openAiCompatible(custom: CustomProvider): ProviderDefinition {
  return defineProvider({
    id: custom.id,
    name: custom.name,
    protocol: 'openai-chat',
    baseUrl: custom.baseUrl.replace(/\/+$/, ''),
    authorization: { kind: custom.needsKey ? 'bearer' : 'optional-bearer' },
    keyPrefixes: [],
    environment: [],
    validatePath: '/models',
    runsLocally: isLoopback(new URL(custom.baseUrl).hostname),
    within: custom.inPrivateNetwork === true ? PRIVATE_TOO : PUBLIC_OR_HERE,
  })
}

/** Addresses that cannot leave this machine (RFC 1122 127/8, RFC 4291 ::1, RFC 6761 localhost). */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
