import type { ProviderSummary } from '../../../shared/api/providers.ts'

/** What a pasted key says about its provider. Several providers share the beginning `sk-`, and then only the user knows. */
export type Recognised =
  | { readonly is: 'nothing' }
  | { readonly is: 'one'; readonly provider: ProviderSummary }
  | { readonly is: 'several'; readonly providers: readonly ProviderSummary[] }

/**
 * The providers whose prefix fits the longest part of the key. Done here, in the window, so that nothing is sent anywhere
 * before the user has seen where the key would go.
 */
export function recogniseProvider(secret: string, providers: readonly ProviderSummary[]): Recognised {
  const key = secret.trim()
  let longest = 0
  let fitting: ProviderSummary[] = []
  for (const provider of providers) {
    if (!provider.takesKey) continue
    const fit = longestFit(key, provider.keyPrefixes)
    if (fit === 0 || fit < longest) continue
    if (fit > longest) fitting = []
    longest = fit
    fitting.push(provider)
  }
  const [first] = fitting
  if (first === undefined) return { is: 'nothing' }
  return fitting.length === 1 ? { is: 'one', provider: first } : { is: 'several', providers: fitting }
}

function longestFit(key: string, prefixes: readonly string[]): number {
  let longest = 0
  for (const prefix of prefixes) if (key.length > prefix.length && key.startsWith(prefix) && prefix.length > longest) longest = prefix.length
  return longest
}
