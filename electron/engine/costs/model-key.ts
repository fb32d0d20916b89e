/**
 * Under which two names of one model meet: exports write display names (Claude Haiku 4.5), dated snapshots (gpt-4o-2024-08-06,
 * claude-haiku-4-5-20251001) or our own form (openai/gpt-4o). Which snapshot it was is not told apart.
 */
export function modelKey(name: string, provider: string): string {
  const bare = name.trim().toLowerCase()
  const within = bare.startsWith(`${provider}/`) ? bare.slice(provider.length + 1) : bare
  return within
    .replace(/[\s._]+/g, '-')
    .replace(/[-@](?:20\d{6}|20\d\d-\d\d-\d\d)$/, '')
    .replace(/-latest$/, '')
}
