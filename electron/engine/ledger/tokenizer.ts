/**
 * Tokens of a prompt before it is sent: counted by OpenAI's own encodings for its models, in a thread that starts at the first count; estimated, and marked
 * as such, for everybody else, for pictures and tools, and where counting would take too long. The others' own tokenizers are not published for their
 * current models, or only as tables of megabytes for each family.
 */
import { Worker } from 'node:worker_threads'
import type { ChatView, Part } from '../../../shared/chat.ts'
import type { Endpoint } from '../../../shared/routing.ts'
import { estimateInput, estimateText } from './estimate.ts'
import type { CountedMessage, CountMessage, Encoding } from './tokenizer-worker.ts'

/** https://github.com/openai/openai-cookbook/blob/main/examples/How_to_count_tokens_with_tiktoken.ipynb */
const TOKENS_PER_MESSAGE = 3
const TOKENS_OF_REPLY = 3
/** Encodings by the names of models: https://github.com/openai/tiktoken/blob/main/tiktoken/model.py */
const ENCODINGS: readonly (readonly [RegExp, Encoding])[] = [
  [/^(gpt-(4o|4\.1|4\.5|5|6|oss)|chatgpt-4o|o[1-9])/, 'o200k_base'],
  [/^gpt-(4(?![\d.o])|3\.?5-turbo(?!-instruct))/, 'cl100k_base'],
]
/** The encoder's time grows with the square of a run without a space; base64 and hashes are such runs, and no prose is. */
const LONGEST_RUN = 300
/** About two seconds of work. */
const MOST_CHARACTERS = 4_000_000
const PATIENCE_MS = 3_000

export interface InputCount {
  readonly tokens: number
  /** false: counted as the provider counts. */
  readonly estimated: boolean
}

/** Never rejects: what cannot be counted is estimated. */
export async function countInput(view: Pick<ChatView, 'messages' | 'tools' | 'output'>, endpoint: Pick<Endpoint, 'upstreamModel'>): Promise<InputCount> {
  const estimate = (): InputCount => ({ tokens: estimateInput(view), estimated: true })
  const encoding = encodingOf(endpoint)
  if (encoding === undefined) return estimate()
  const texts: string[] = []
  let isWhole = view.tools.length === 0 && view.output?.type !== 'json-schema'
  let uncounted = 0
  for (const { parts } of view.messages) {
    for (const part of parts) {
      const text = textOf(part)
      if (text === undefined) isWhole = false
      else {
        const split = splitRuns(text)
        texts.push(split.text)
        uncounted += split.uncounted
      }
    }
  }
  if (texts.reduce((sum, text) => sum + text.length, 0) > MOST_CHARACTERS) return estimate()
  // pictures, tools and the like as they are estimated, beside the text as it is counted
  const others = isWhole
    ? 0
    : estimateInput({ ...view, messages: view.messages.map((message) => ({ ...message, parts: message.parts.filter((part) => textOf(part) === undefined) })) })
  const counted = await tokenizer.count(texts, encoding)
  if (counted === undefined) return estimate()
  return { tokens: counted + uncounted + others + view.messages.length * TOKENS_PER_MESSAGE + TOKENS_OF_REPLY, estimated: !isWhole || uncounted > 0 }
}

/** undefined: its tokens can only be estimated. */
export function encodingOf({ upstreamModel }: Pick<Endpoint, 'upstreamModel'>): Encoding | undefined {
  const name = upstreamModel.slice(upstreamModel.lastIndexOf('/') + 1)
  return ENCODINGS.find(([models]) => models.test(name))?.[1]
}

function textOf(part: Part): string | undefined {
  return part.type === 'text' ? part.text : undefined
}

/** The text without its long runs, and how many tokens those would be. */
function splitRuns(text: string): { readonly text: string; readonly uncounted: number } {
  let uncounted = 0
  const rest = text.replaceAll(RUN, (run) => {
    uncounted += estimateText(run)
    return ' '
  })
  return { text: rest, uncounted }
}

const RUN = new RegExp(`[^\\s]{${LONGEST_RUN},}`, 'gu')

/** One thread, started at the first count and gone when the process wants to end. */
class Tokenizer {
  readonly #waiting = new Map<number, (tokens: number | undefined) => void>()
  #worker: Worker | undefined
  #calls = 0

  /** undefined: it took too long, or the thread failed. */
  count(texts: readonly string[], encoding: Encoding): Promise<number | undefined> {
    return new Promise((resolve) => {
      const call = ++this.#calls
      const timer = setTimeout(() => this.#settle(call, undefined), PATIENCE_MS)
      timer.unref()
      this.#waiting.set(call, (tokens) => {
        clearTimeout(timer)
        resolve(tokens)
      })
      this.#worker ??= this.#start()
      this.#worker.postMessage({ call, texts, encoding } satisfies CountMessage)
    })
  }

  #settle(call: number, tokens: number | undefined): void {
    this.#waiting.get(call)?.(tokens)
    this.#waiting.delete(call)
  }

  #start(): Worker {
    // as with the database's thread: the build puts it beside the main chunk under this name
    const file = import.meta.url.endsWith('.ts') ? './tokenizer-worker.ts' : './tokenizer-worker.js'
    const worker = new Worker(new URL(file, import.meta.url), { name: 'tokenizer', execArgv: [], env: {} })
    worker.unref()
    worker.on('message', ({ call, tokens }: CountedMessage) => this.#settle(call, tokens))
    worker.on('error', () => this.#gone(worker))
    worker.on('exit', () => this.#gone(worker))
    return worker
  }

  /** The next count starts another. */
  #gone(worker: Worker): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    for (const call of [...this.#waiting.keys()]) this.#settle(call, undefined)
  }
}

const tokenizer = new Tokenizer()
