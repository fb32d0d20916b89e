/** A pane's next request as code to paste. The key stays a variable of the environment: the window never had it. */
import type { RunMessage, RunParameters } from '../../../shared/api/playground.ts'
import { type Attachment, TEXT_TYPE } from '../../../shared/attachments.ts'

export const CODE_KINDS = ['curl', 'openai', 'anthropic'] as const
export type CodeKind = (typeof CODE_KINDS)[number]

export interface CodeFacts {
  /** `http://127.0.0.1:4747`, without a path. */
  readonly address: string
  readonly model: string
  readonly messages: readonly RunMessage[]
  readonly parameters: RunParameters
}

/** Anthropic's API wants a limit; this many tokens are allowed where the pane has none. */
const ANTHROPIC_MAX_TOKENS = 4096

export function asCode(kind: CodeKind, facts: CodeFacts): string {
  switch (kind) {
    case 'curl':
      return [
        `curl '${facts.address}/v1/chat/completions'`,
        `-H 'content-type: application/json'`,
        '-H "authorization: Bearer $SWITCHYARD_KEY"',
        `--data-raw ${shellWord(JSON.stringify(openaiBody(facts)))}`,
      ].join(' \\\n  ')
    case 'openai':
      return [
        `import OpenAI from 'openai'`,
        '',
        `const client = new OpenAI({ baseURL: '${facts.address}/v1', apiKey: process.env.SWITCHYARD_KEY })`,
        `const answer = await client.chat.completions.create(${JSON.stringify(openaiBody(facts), null, 2)})`,
        'console.log(answer.choices[0]?.message.content)',
      ].join('\n')
    case 'anthropic':
      return [
        `import Anthropic from '@anthropic-ai/sdk'`,
        '',
        `const client = new Anthropic({ baseURL: '${facts.address}', apiKey: process.env.SWITCHYARD_KEY })`,
        `const answer = await client.messages.create(${JSON.stringify(anthropicBody(facts), null, 2)})`,
        "console.log(answer.content.map((part) => (part.type === 'text' ? part.text : '')).join(''))",
      ].join('\n')
  }
}

function openaiBody({ model, messages, parameters }: CodeFacts): object {
  const { temperature, topP, maxOutputTokens, seed, effort, tools } = parameters
  return {
    model,
    messages: messages.map(({ role, text, files = [] }) => ({
      role,
      content: files.length === 0 ? text : [...files.map(openaiPart), ...(text === '' ? [] : [{ type: 'text', text }])],
    })),
    temperature,
    top_p: topP,
    max_completion_tokens: maxOutputTokens,
    seed,
    reasoning_effort: effort,
    ...(tools !== undefined && tools.length > 0 && { tools: tools.map((tool) => ({ type: 'function', function: tool })) }),
  }
}

function anthropicBody({ model, messages, parameters }: CodeFacts): object {
  const { temperature, topP, maxOutputTokens, tools } = parameters
  const system = messages.filter(({ role }) => role === 'system').map(({ text }) => text)
  return {
    model,
    max_tokens: maxOutputTokens ?? ANTHROPIC_MAX_TOKENS,
    ...(system.length > 0 && { system: system.join('\n\n') }),
    messages: messages
      .filter(({ role }) => role !== 'system')
      .map(({ role, text, files = [] }) => ({
        role,
        content: files.length === 0 ? text : [...files.map(anthropicPart), ...(text === '' ? [] : [{ type: 'text', text }])],
      })),
    temperature,
    top_p: topP,
    ...(tools !== undefined &&
      tools.length > 0 && {
        tools: tools.map(({ name, description, parameters: schema }) => ({ name, description, input_schema: schema ?? { type: 'object' } })),
      }),
  }
}

/** Bytes of files would bury the code, so their place is marked instead. */
function bytesMark(name: string): string {
  return `<base64 of ${name}>`
}

function openaiPart({ name, mediaType, data }: Attachment): object {
  if (mediaType === TEXT_TYPE) return { type: 'text', text: textOfFile(name, data) }
  const url = `data:${mediaType};base64,${bytesMark(name)}`
  return mediaType.startsWith('image/') ? { type: 'image_url', image_url: { url } } : { type: 'file', file: { filename: name, file_data: url } }
}

function anthropicPart({ name, mediaType, data }: Attachment): object {
  if (mediaType === TEXT_TYPE) return { type: 'text', text: textOfFile(name, data) }
  return { type: mediaType.startsWith('image/') ? 'image' : 'document', source: { type: 'base64', media_type: mediaType, data: bytesMark(name) } }
}

function textOfFile(name: string, data: string): string {
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0))
  return `File ${JSON.stringify(name)}:\n\n${new TextDecoder().decode(bytes)}`
}

/** One shell word, whatever is in it. */
function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
