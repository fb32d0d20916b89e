/** What an import would open: where keys and prompts would go from then on, and who would be let in. A file of somebody else's may be made for just that. */
import type { AllTransferParts } from '../../../shared/api/transfer.ts'
import type { TransferMessage } from '../../../shared/messages/transfer.ts'

type Settings = AllTransferParts['settings']

/**
 * Each by its place in the file; of what is in force already nothing is said.
 * @param withKeys ids of the providers that keys are kept for, those that are gone among them
 */
export function openings(now: Settings, next: Settings, withKeys: ReadonlySet<string>): readonly { readonly at: string; readonly message: TransferMessage }[] {
  const found: { at: string; message: TransferMessage }[] = []
  const say = (at: string, message: TransferMessage): void => void found.push({ at: `settings.${at}`, message })
  for (const [provider, url] of Object.entries(next.baseUrls))
    if (now.baseUrls[provider] !== url) say(`baseUrls.${provider}`, { code: 'transfer-goes-to', provider, host: new URL(url).host })
  next.customProviders.forEach(({ id, baseUrl }, index) => {
    const before = now.customProviders.find((each) => each.id === id)
    if (before === undefined ? withKeys.has(id) : before.baseUrl !== baseUrl)
      say(`customProviders.${index}.baseUrl`, { code: 'transfer-goes-to', provider: id, host: new URL(baseUrl).host })
  })
  const { proxyUrl } = next.network
  if (next.network.proxy === 'own' && (now.network.proxy !== 'own' || now.network.proxyUrl !== proxyUrl)) say('network.proxyUrl', { code: 'transfer-proxy' })
  next.allowedOrigins.forEach((origin, index) => {
    if (!now.allowedOrigins.includes(origin)) say(`allowedOrigins.${index}`, { code: 'transfer-origin', origin })
  })
  if (next.lan && !now.lan) say('lan', { code: 'transfer-lan' })
  if (next.fetchFromPrivateNetworks && !now.fetchFromPrivateNetworks) say('fetchFromPrivateNetworks', { code: 'transfer-fetches' })
  return found
}
