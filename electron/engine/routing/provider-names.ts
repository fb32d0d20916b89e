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

/**
 * Whether a name in `provider.order`, `only` or `ignore` means this provider. A name with a region (`google-vertex/us-east5`) means that region alone;
 * which one a key opens is not known here, so it means none of ours.
 */
export function means(name: string, provider: string): boolean {
  const lower = name.toLowerCase()
  const own = OPENROUTER_SLUGS[lower] ?? lower
  return own === provider || (own === 'bedrock' && provider === 'bedrock-anthropic') || (own === 'vertex' && provider === 'vertex-anthropic')
}
