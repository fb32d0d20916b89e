/**
 * The `anthropic-beta` header, which asks Anthropic for what is not yet in its API proper, by names with a date.
 * Source: https://platform.claude.com/docs/en/api/beta-headers
 */

/** Without their dates: what every target does without being asked, or what the body itself says, where it is translated or named by its own field. */
const SAID_OTHERWISE: ReadonlySet<string> = new Set([
  // names the client, or how it has signed in
  ...['claude-code', 'oauth'],
  // since then in the API proper
  ...['messages', 'tools', 'prompt-caching', 'pdfs', 'message-batches', 'token-counting', 'max-tokens-3-5-sonnet', 'output-128k'],
  // a model that reasons does so between calls as well, and a stream tells arguments as they come
  ...['interleaved-thinking', 'adaptive-thinking', 'fine-grained-tool-streaming', 'token-efficient-tools'],
  // fields of the body
  ...['extended-cache-ttl', 'prompt-caching-scope', 'structured-outputs', 'effort', 'context-management', 'mcp-client', 'fast-mode'],
])

/** The betas that a header names. */
export function betasIn(header: string | undefined): readonly string[] {
  return header === undefined ? [] : header.split(',').flatMap((beta) => (beta.trim() === '' ? [] : [beta.trim()]))
}

/** A beta as it is named among the dropped fields. */
export function droppedBeta(beta: string): string {
  return `anthropic-beta: ${beta}`
}

/** What the betas of a request ask for that nobody does who gets its translation, as it is named among the dropped fields. */
export function betasLostInTranslation(header: string | undefined): readonly string[] {
  return betasIn(header)
    .filter((beta) => !SAID_OTHERWISE.has(beta.replace(/-\d{4}-?\d{2}-?\d{2}$/, '')))
    .map(droppedBeta)
}
