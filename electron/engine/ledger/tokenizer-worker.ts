/** The tokenizer's thread: its tables take half a second to load and 77 MB to hold, and a long text takes its time, so none of that is the engine's. */
import { parentPort } from 'node:worker_threads'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'

export interface CountMessage {
  readonly call: number
  readonly texts: readonly string[]
}

export interface CountedMessage {
  readonly call: number
  /** undefined: a text could not be counted. */
  readonly tokens: number | undefined
}

/** What looks like a mark of the model's own is text here. */
const PLAIN_TEXT = { disallowedSpecial: new Set<string>() }

parentPort?.on('message', ({ call, texts }: CountMessage) => {
  let tokens: number | undefined = 0
  try {
    for (const text of texts) tokens += countTokens(text, PLAIN_TEXT)
  } catch {
    // the caller estimates then, and says so
    tokens = undefined
  }
  parentPort?.postMessage({ call, tokens } satisfies CountedMessage)
})
