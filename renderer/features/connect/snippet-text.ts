/** What every snippet is written with. */

export interface SnippetFacts {
  /** `http://127.0.0.1:4747`, without a path. */
  readonly address: string
  readonly key: string
  /** `provider/model`, an alias, or a `demo/` model. */
  readonly model: string
}

export type SnippetLanguage = 'shell' | 'python' | 'typescript' | 'json' | 'yaml' | 'toml' | 'fields'

/** Under which tools keep a provider of their own. */
export const PROVIDER = 'switchyard'

/** Where OpenAI clients expect the API. Anthropic's and Google's add their own path to the bare address. */
export function openaiBase(address: string): string {
  return `${address}/v1`
}

/** A string literal that Python, TypeScript, YAML and TOML read alike. */
export function literal(text: string): string {
  return JSON.stringify(text)
}

/** One word for a POSIX shell, bare where that is safe. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
