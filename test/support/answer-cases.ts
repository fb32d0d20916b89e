/** Answers for whole-request tests: recorded ones where they are at hand, always the project's own, written from documentation. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ClientProtocol } from '../../shared/chat.ts'
import { load, type Recording, recordings } from './recordings.ts'

export interface AnswerCase {
  readonly what: string
  readonly protocol: ClientProtocol
  readonly stream: boolean
  readonly headers: Record<string, string>
  readonly body: Buffer
  readonly expected: {
    readonly text: string
    readonly calls: readonly { readonly name: string; readonly arguments: unknown }[]
    /** OpenAI's word, and the provider's own. */
    readonly finish: string
    readonly finishRaw: string
    readonly input: number
    readonly output: number
  }
}

const FOLDERS: Partial<Record<ClientProtocol, string>> = {
  'openai-chat': 'openai',
  'openai-responses': 'openai',
  'anthropic-messages': 'anthropic',
  gemini: 'google',
  'cohere-v2': 'cohere',
  'ollama-chat': 'ollama',
}
const APIS: Partial<Record<ClientProtocol, string>> = { gemini: 'gemini-generate', 'cohere-v2': 'cohere-v2-chat' }
const CASES_OF_A_KIND = 2

/** Text and tool calls, whole and streamed. */
export function answers(protocol: ClientProtocol): readonly AnswerCase[] {
  const own = documented(protocol)
  const recorded = [false, true].flatMap((stream) => [false, true].flatMap((tools) => pick(protocol, stream, tools)))
  return [...own, ...recorded]
}

function pick(protocol: ClientProtocol, stream: boolean, tools: boolean): readonly AnswerCase[] {
  const found: AnswerCase[] = []
  const lines = recordings(
    APIS[protocol] ?? protocol,
    (line) => line.provider === FOLDERS[protocol] && line.streaming === stream && line.status === 200 && line.features.includes('tool_calls') === tools,
  )
  for (const line of lines) {
    if (found.length >= CASES_OF_A_KIND) break
    const recording = load(line)
    if (isPlain(recording)) found.push(caseOf(recording, protocol))
  }
  return found
}

/** What every dialect can say: text and calls, with counts. Citations, refusals and the like have their own tests beside the formats. */
function isPlain({ expected, features }: Recording): boolean {
  return (
    expected.usage?.prompt_tokens !== undefined &&
    expected.usage.completion_tokens !== undefined &&
    ['stop', 'length', 'tool_calls'].includes(expected.finish_reason ?? '') &&
    (expected.other ?? []).length === 0 &&
    expected.midstream_error === undefined &&
    (expected.text !== '' || (expected.tool_calls ?? []).length > 0) &&
    !features.some((feature) =>
      ['citations', 'server_tool', 'web_search', 'audio_in', 'image_out', 'tool_choice_named', 'finish_raw_stop_sequence'].includes(feature),
    )
  )
}

function caseOf(recording: Recording, protocol: ClientProtocol): AnswerCase {
  const { expected } = recording
  return {
    what: `${recording.streaming ? 'streamed' : 'whole'} ${recording.id}`,
    protocol,
    stream: recording.streaming,
    headers: { 'content-type': recording.streaming ? 'text/event-stream' : 'application/json' },
    body: recording.body,
    expected: {
      text: expected.text ?? '',
      calls: (expected.tool_calls ?? []).map((call) => ({ name: call.name, arguments: call.arguments ?? {} })),
      finish: expected.finish_reason ?? '',
      finishRaw: expected.finish_reason_raw ?? '',
      input: expected.usage?.prompt_tokens ?? 0,
      output: expected.usage?.completion_tokens ?? 0,
    },
  }
}

interface Documented {
  readonly origin: 'written from documentation'
  readonly what: string
  readonly protocol: ClientProtocol
  readonly stream: boolean
  readonly expected: AnswerCase['expected']
  /** Lines of the stream, or the whole body. */
  readonly body: readonly string[] | object
}

function documented(protocol: ClientProtocol): readonly AnswerCase[] {
  const folder = fileURLToPath(new URL('../fixtures/answers/', import.meta.url))
  return readdirSync(folder)
    .map((file) => JSON.parse(readFileSync(folder + file, 'utf8')) as Documented)
    .filter((fixture) => fixture.protocol === protocol)
    .map(({ what, stream, expected, body }) => ({
      what,
      protocol,
      stream,
      expected,
      headers: { 'content-type': stream ? 'text/event-stream' : 'application/json' },
      body: Buffer.from(Array.isArray(body) ? `${body.join('\n')}\n` : JSON.stringify(body)),
    }))
}
