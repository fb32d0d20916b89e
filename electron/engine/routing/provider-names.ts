/** Providers as OpenRouter's clients call them, where that is not our name. Source: openrouter.ai/docs, slugs of its provider list. */
const OPENROUTER_SLUGS: Readonly<Record<string, string>> = {
  'google-ai-studio': 'google',
  'google-vertex': 'vertex',
  'google-vertex-anthropic': 'vertex-anthropic',
  'amazon-bedrock': 'bedrock',
  moonshotai: 'moonshot',
  'z-ai': 'zai',
  'x-ai': 'xai',
  mistralai: 'mistral',
}

/** Providers of ours that are one to a client: the same cloud under another format. */
const SAME_CLOUD: Readonly<Record<string, readonly string[]>> = { bedrock: ['bedrock-anthropic', 'bedrock-mantle'], vertex: ['vertex-anthropic'] }

/** Our providers that a name means, whatever its region. */
export function providersMeant(name: string): readonly string[] {
  const [base = ''] = name.toLowerCase().split('/', 1)
  const own = OPENROUTER_SLUGS[base] ?? base
  return [own, ...(SAME_CLOUD[own] ?? [])]
}

/** Whether a name means this provider, or one region of it. */
export function mayMean(name: string, provider: string): boolean {
  return providersMeant(name).includes(provider)
}

/** Whether a name says a region (`google-vertex/us-east5`). */
export function hasRegion(name: string): boolean {
  return name.includes('/')
}

/**
 * Whether a name in `provider.order`, `only` or `ignore` means this provider, called with a key that opens this region. A name without a region means
 * all of them; one with a region means a key of that region alone, and none whose region is not known.
 */
export function means(name: string, provider: string, region: string | undefined): boolean {
  if (!mayMean(name, provider)) return false
  return !hasRegion(name) || (region !== undefined && name.slice(name.indexOf('/') + 1).toLowerCase() === region)
}
