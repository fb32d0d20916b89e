/** Recordings' names for wire formats, and what reads and writes them. Formats that are registered later are picked up here. */
import { clientCodec, codecs, upstreamFormats } from '../../electron/engine/protocols/codecs.ts'
import { grammars } from '../../electron/engine/protocols/grammar/grammars.ts'
import type { ClientFormat, ProtocolCodec } from '../../electron/engine/protocols/protocol.ts'
import { SseSplitter } from '../../electron/engine/protocols/sse.ts'
import bedrockAnthropic from '../../electron/engine/providers/bedrock-anthropic.ts'
import type { ChatDialect, ChatEvent, JsonObject, Protocol } from '../../shared/chat.ts'
import { cut } from './recordings.ts'

/** What talks to a provider, and to clients too where they speak the format. */
export type Format = { readonly id: Protocol } & Pick<ProtocolCodec, 'reader' | 'splitter' | 'readWhole' | 'classify' | 'writeRequest'> &
  Partial<Pick<ProtocolCodec, 'readRequest'>>

/** Anthropic's own events and bodies, framed and refused by AWS; the version stands in the body, the model in the address. */
function invokeAnthropic(): Format {
  const { splitter, classify, adapt } = bedrockAnthropic
  const format = codecs['anthropic-messages']
  return {
    ...format,
    ...(splitter !== undefined && { splitter }),
    ...(classify !== undefined && { classify }),
    readRequest: ({ anthropic_version: _version, ...body }, route) => format.readRequest(body, route),
    writeRequest: (view, target) => {
      const { body, dropped } = format.writeRequest(view, target)
      // through JSON, as it would be sent: what is undefined is not there
      return { body: JSON.parse(JSON.stringify({ ...body, ...adapt?.({}).edits })) as JsonObject, dropped }
    },
  }
}

/** Where a recording's name for a format is not ours. */
const BY_THEIR_NAME: Readonly<Record<string, Format>> = {
  'gemini-generate': codecs.gemini,
  'cohere-v2-chat': codecs['cohere-v2'],
  'bedrock-invoke-anthropic': invokeAnthropic(),
  // its answers are read by the same reader; providers are asked on /api/chat
  'ollama-generate': { ...codecs['ollama-chat'], readRequest: clientCodec('ollama-generate').readRequest },
}
const formats: Readonly<Record<string, Format>> = { ...upstreamFormats, ...BY_THEIR_NAME }

/** What reads the answers of an api of the recordings; undefined when nothing here does. */
export function formatOf(api: string): Format | undefined {
  return Object.hasOwn(formats, api) ? formats[api] : undefined
}

/** The formats that clients and providers speak alike. */
export const clientFormats: readonly ProtocolCodec[] = Object.values(codecs)
/** Every door that clients converse through. */
export const clientDoors: readonly ClientFormat[] = (Object.keys(grammars) as ChatDialect[]).map(clientCodec)

export const CONTEXT = { requestId: 'req-1', model: 'asked/for', createdAt: 1_700_000_000, wantsUsage: true } as const

/** The events of a streamed answer that comes in pieces of `size` bytes. */
export function readStream(format: Pick<Format, 'reader' | 'splitter'>, bytes: Uint8Array, size: number = Number.POSITIVE_INFINITY): readonly ChatEvent[] {
  const splitter = format.splitter?.() ?? new SseSplitter()
  const reader = format.reader()
  const events: ChatEvent[] = []
  for (const piece of cut(bytes, size)) for (const frame of splitter.push(piece)) if (frame.event !== undefined) events.push(...reader.read(frame.event))
  const last = splitter.end()?.event
  if (last !== undefined) events.push(...reader.read(last))
  events.push(...reader.end())
  return events
}

export function readWhole(format: Pick<ProtocolCodec, 'readWhole'>, bytes: Buffer): readonly ChatEvent[] {
  return format.readWhole(JSON.parse(bytes.toString('utf8')) as JsonObject)
}

/** A stream as this format's clients get it. */
export function writeStream(format: Pick<ClientFormat, 'writer'>, events: readonly ChatEvent[]): string {
  const writer = format.writer(CONTEXT)
  return events.map((event) => writer.write(event)).join('') + writer.end()
}

/** Holds a stream to its dialect's grammar, and says how it ended. @throws Error naming the first breach */
export function checkStream(dialect: ChatDialect, stream: string): 'complete' | 'failed' {
  const grammar = grammars[dialect]()
  grammar.push(stream)
  return grammar.end()
}
