/**
 * The tokenizer's thread: its tables take half a second to load and 77 MB to hold, and a long text takes its time, so none of that is the engine's. Each
 * encoding is loaded when it is first asked for.
 */
import { parentPort } from 'node:worker_threads'
import type { countTokens } from 'gpt-tokenizer/encoding/o200k_base'

export type Encoding = 'o200k_base' | 'cl100k_base'

export interface CountMessage {
  readonly call: number
  readonly texts: readonly string[]
  readonly encoding: Encoding
}

export interface CountedMessage {
  readonly call: number
  /** undefined: a text could not be counted. */
  readonly tokens: number | undefined
}

/** What looks like a mark of the model's own is text here. */
const PLAIN_TEXT = { disallowedSpecial: new Set<string>() }

const ENCODERS: Readonly<Record<Encoding, () => Promise<{ readonly countTokens: typeof countTokens }>>> = {
  o200k_base: () => import('gpt-tokenizer/encoding/o200k_base'),
  cl100k_base: () => import('gpt-tokenizer/encoding/cl100k_base'),
}

parentPort?.on('message', async ({ call, texts, encoding }: CountMessage) => {
  let tokens: number | undefined = 0
  try {
    const { countTokens } = await ENCODERS[encoding]()
    for (const text of texts) tokens += countTokens(text, PLAIN_TEXT)
  } catch {
    // the caller estimates then, and says so
    tokens = undefined
  }
  parentPort?.postMessage({ call, tokens } satisfies CountedMessage)
})
