import type { Secret } from '../credentials/secret.ts'
import type { ProviderDefinition } from '../providers/define.ts'

/** Headers towards a provider. They hold its key and are never logged or kept. */
export function providerHeaders(
  provider: ProviderDefinition,
  secret: Secret | undefined,
  client: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json', accept: '*/*', 'user-agent': 'Switchyard', ...provider.headers }
  for (const name of provider.forwardedHeaders ?? []) {
    const value = client[name]
    if (value !== undefined) headers[name] = value
  }
  if (secret === undefined || provider.authorize !== undefined) return headers
  const { authorization } = provider
  if (authorization.kind === 'header') headers[authorization.name] = secret.use((key) => key)
  else if (authorization.kind !== 'none') headers.authorization = secret.use((key) => `Bearer ${key}`)
  return headers
}

/** What of a provider's response headers goes on to the client: what official clients read, and nothing that describes the connection. */
const REPLIED = /^(?:content-type|retry-after|request-id|x-request-id|openai-.*|anthropic-.*|x-ratelimit-.*|cf-ray)$/

/** Whether limits are among the headers that go on. All spellings that `protocols/rate-limits.ts` knows are, and to look each of them up costs more. */
export function saysLimits(replied: Readonly<Record<string, string>>): boolean {
  for (const name in replied) if (name.includes('ratelimit-')) return true
  return false
}

const verdicts = new Map<string, boolean>()

export function repliedHeaders(upstream: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name in upstream) {
    let goesOn = verdicts.get(name)
    if (goesOn === undefined) {
      goesOn = REPLIED.test(name)
      // header names come from a few providers and repeat for ever; a hostile one must not fill the memory
      if (verdicts.size < 1000) verdicts.set(name, goesOn)
    }
    const value = upstream[name]
    if (goesOn && value !== undefined) headers[name] = value
  }
  return headers
}
