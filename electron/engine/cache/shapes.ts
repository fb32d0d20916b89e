/**
 * Which fields of a client's body its canonical view holds without loss, by dialect. Everything else of a body goes into the key as it came, with
 * the dialect's name: so a field that nobody here has heard of is in the key, and what two dialects say alike has one key.
 */
import type { ChatDialect } from '../../../shared/chat.ts'

export interface Shape {
  /** A text, number or truth value that the view holds; a list: only these values. */
  readonly plain?: true | readonly (string | boolean)[]
  /** The view holds it whole, whatever it is. */
  readonly whole?: true
  /** It changes no answer, see INERT below. */
  readonly inert?: true
  readonly items?: Shape
  readonly fields?: Readonly<Record<string, Shape>>
  /** Of several, the first whose `when` fits. */
  readonly oneOf?: readonly Shape[]
  /** Fields that decide whether the shape fits at all: their values, `undefined` for being absent. */
  readonly when?: Readonly<Record<string, readonly (string | undefined)[]>>
  /** Fields that say the same by two names: with both, the view holds only one. */
  readonly unless?: string
}

const plain: Shape = { plain: true }
const whole: Shape = { whole: true }
/**
 * The only fields that are left out of a key, each for a reason: how an answer is framed (`stream`, `stream_options.include_usage`, `usage.include`),
 * whether somebody keeps it (`store`), marks and names for prompt caches, which change what is charged and never what is said
 * (`cache_control`, `prompt_cache_key`, `prompt_cache_retention`), how long a local server keeps a model loaded (`keep_alive`); and `model`, whose place
 * the resolved model takes.
 */
const inert: Shape = { inert: true }

const text = (...types: string[]): Shape => ({
  when: { type: types },
  fields: { type: plain, text: plain, cache_control: inert, prompt_cache_breakpoint: inert },
})
const content = (...types: string[]): Shape => ({ plain: true, items: text(...types) })

const openaiFunction: Shape = { fields: { name: plain, description: plain, parameters: whole, strict: plain } }

const openaiCall: Shape = { when: { type: ['function'] }, fields: { id: plain, type: plain, function: { fields: { name: plain, arguments: plain } } } }

const openaiChat: Shape = {
  fields: {
    model: inert,
    stream: inert,
    stream_options: { fields: { include_usage: inert } },
    usage: { fields: { include: inert } },
    store: inert,
    prompt_cache_key: inert,
    prompt_cache_retention: inert,
    messages: {
      items: {
        oneOf: [
          { when: { role: ['system', 'user'] }, fields: { role: plain, content: content('text'), cache_control: inert } },
          { when: { role: ['assistant'] }, fields: { role: plain, content: content('text'), cache_control: inert, tool_calls: { items: openaiCall } } },
          { when: { role: ['tool'] }, fields: { role: plain, content: content('text'), cache_control: inert, tool_call_id: plain } },
        ],
      },
    },
    temperature: plain,
    top_p: plain,
    top_k: plain,
    frequency_penalty: plain,
    presence_penalty: plain,
    seed: plain,
    max_completion_tokens: plain,
    max_tokens: { plain: true, unless: 'max_completion_tokens' },
    stop: { plain: true, items: plain },
    tools: { items: { when: { type: ['function'] }, fields: { type: plain, function: openaiFunction, cache_control: inert } } },
    tool_choice: { plain: ['auto', 'none', 'required'] },
    parallel_tool_calls: plain,
    response_format: {
      oneOf: [
        { when: { type: ['json_object'] }, fields: { type: plain } },
        { when: { type: ['json_schema'] }, fields: { type: plain, json_schema: { fields: { name: plain, schema: whole, strict: plain } } } },
      ],
    },
  },
}

const anthropicMessages: Shape = {
  fields: {
    model: inert,
    stream: inert,
    cache_control: inert,
    system: content('text'),
    messages: {
      items: {
        when: { role: ['user', 'assistant'] },
        fields: {
          role: plain,
          content: {
            plain: true,
            items: {
              oneOf: [text('text'), { when: { type: ['tool_use'] }, fields: { type: plain, id: plain, name: plain, input: whole, cache_control: inert } }],
            },
          },
        },
      },
    },
    max_tokens: plain,
    temperature: plain,
    top_p: plain,
    top_k: plain,
    stop_sequences: { items: plain },
    tools: {
      items: {
        when: { type: [undefined, 'custom'] },
        fields: { type: plain, name: plain, description: plain, input_schema: whole, strict: plain, cache_control: inert },
      },
    },
    tool_choice: {
      oneOf: [
        { when: { type: ['auto', 'any', 'none'] }, fields: { type: plain } },
        { when: { type: ['tool'] }, fields: { type: plain, name: plain } },
      ],
    },
  },
}

const openaiResponses: Shape = {
  fields: {
    model: inert,
    stream: inert,
    stream_options: { fields: { include_obfuscation: inert } },
    store: inert,
    prompt_cache_key: inert,
    prompt_cache_retention: inert,
    instructions: plain,
    input: {
      plain: true,
      items: {
        when: { type: [undefined, 'message'], role: ['system', 'user', 'assistant'] },
        fields: { type: plain, role: plain, content: content('input_text', 'output_text') },
      },
    },
    temperature: plain,
    top_p: plain,
    max_output_tokens: plain,
    parallel_tool_calls: plain,
    tools: { items: { when: { type: ['function'] }, fields: { type: plain, name: plain, description: plain, parameters: whole, strict: plain } } },
    tool_choice: { plain: ['auto', 'none', 'required'] },
  },
}

const geminiParts: Shape = { items: { fields: { text: plain } } }
const gemini: Shape = {
  fields: {
    model: inert,
    systemInstruction: { fields: { parts: geminiParts } },
    contents: { items: { when: { role: [undefined, 'user', 'model'] }, fields: { role: plain, parts: geminiParts } } },
    generationConfig: {
      fields: {
        temperature: plain,
        topP: plain,
        topK: plain,
        maxOutputTokens: plain,
        stopSequences: { items: plain },
        seed: plain,
        presencePenalty: plain,
        frequencyPenalty: plain,
      },
    },
  },
}

const ollamaOptions: Shape = {
  fields: {
    temperature: plain,
    top_p: plain,
    top_k: plain,
    seed: plain,
    presence_penalty: plain,
    frequency_penalty: plain,
    stop: { plain: true, items: plain },
  },
}
const ollamaChat: Shape = {
  fields: {
    model: inert,
    stream: inert,
    keep_alive: inert,
    messages: { items: { when: { role: ['system', 'user', 'assistant'] }, fields: { role: plain, content: plain } } },
    options: ollamaOptions,
  },
}

const cohere: Shape = {
  fields: {
    model: inert,
    stream: inert,
    messages: { items: { when: { role: ['system', 'user', 'assistant'] }, fields: { role: plain, content: plain } } },
    temperature: plain,
    p: plain,
    k: plain,
    seed: plain,
    max_tokens: plain,
    frequency_penalty: plain,
    presence_penalty: plain,
    stop_sequences: { items: plain },
  },
}

/** Doors whose bodies are small and old: nothing of them is taken as read but how the answer is framed. */
const framingAlone: Shape = { fields: { model: inert, stream: inert, stream_options: { fields: { include_usage: inert } }, keep_alive: inert } }

export const SHAPES: Readonly<Record<ChatDialect, Shape>> = {
  'openai-chat': openaiChat,
  'anthropic-messages': anthropicMessages,
  'openai-responses': openaiResponses,
  gemini,
  'ollama-chat': ollamaChat,
  'cohere-v2': cohere,
  'openai-completions': framingAlone,
  'ollama-generate': framingAlone,
}

/** What of a body its shape does not hold, each with its path. Null, '' and empty lists count as such: readers take them for absent, providers may not. */
export function leftOver(value: unknown, shape: Shape | undefined, path = '', out: [string, unknown][] = []): readonly [string, unknown][] {
  if (shape?.inert === true) return out
  const keep = (): readonly [string, unknown][] => {
    out.push([path, value])
    return out
  }
  if (shape === undefined || value === null) return keep()
  if (shape.whole === true) return typeof value === 'object' ? out : keep()
  if (Array.isArray(value)) {
    if (shape.items === undefined || value.length === 0) return keep()
    for (const [index, item] of value.entries()) leftOver(item, shape.items, `${path}[${index}]`, out)
    return out
  }
  if (typeof value !== 'object') {
    if (shape.plain === undefined || value === '') return keep()
    return shape.plain === true || shape.plain.some((one) => one === value) ? out : keep()
  }
  const fields = value as Readonly<Record<string, unknown>>
  if (shape.oneOf !== undefined)
    return leftOver(
      value,
      shape.oneOf.find((one) => fits(fields, one)),
      path,
      out,
    )
  if (shape.fields === undefined || !fits(fields, shape)) return keep()
  const names = Object.keys(fields)
  if (names.length === 0) return keep()
  for (const name of names) {
    const field = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined
    const twin = field?.unless
    leftOver(fields[name], twin !== undefined && fields[twin] !== undefined ? undefined : field, path === '' ? name : `${path}.${name}`, out)
  }
  return out
}

function fits(fields: Readonly<Record<string, unknown>>, { when = {} }: Shape): boolean {
  return Object.entries(when).every(([name, allowed]) => allowed.some((value) => value === fields[name]))
}
