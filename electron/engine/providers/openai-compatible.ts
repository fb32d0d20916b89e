import type { CustomProvider } from '../../../shared/settings.ts'
import { defineProvider, type ProviderDefinition } from './define.ts'

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
  })
}

/** Addresses that cannot leave this machine (RFC 1122 127/8, RFC 4291 ::1, RFC 6761 localhost). */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
