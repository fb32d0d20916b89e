/** Signs of life between two events of a stream go out in just those dialects whose official client reads past them. */
import { describe, expect, it } from 'vitest'
import { clientCodec } from '../../../../../electron/engine/protocols/codecs.ts'
import { grammars } from '../../../../../electron/engine/protocols/grammar/grammars.ts'
import type { ChatDialect, ChatEvent } from '../../../../../shared/chat.ts'
import { checkStream, writeStream } from '../../../../support/formats.ts'
import { officialParsers } from '../../../../support/official-parsers.ts'

const EVENTS: readonly ChatEvent[] = [
  { type: 'response-start', model: 'some-model' },
  { type: 'text-delta', text: 'Hello' },
  { type: 'text-delta', text: ' you' },
  { type: 'tool-call-start', index: 0, id: 'call_a', name: 'look' },
  { type: 'tool-call-delta', index: 0, arguments: '{"a":1}' },
  { type: 'tool-call-end', index: 0 },
  { type: 'usage', tokens: { input: 3, output: 4 } },
  { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' },
]
const COMMENT = ': keep-alive\n\n'

/** Between every two events, where the engine would put it. */
function interspersed(stream: string, sign: string, end: string): string {
  const frames = stream.split(end).slice(0, -1)
  return frames.map((frame) => frame + end).join(sign)
}

async function hearsTheSame(dialect: ChatDialect, stream: string, sign: string, end: string): Promise<boolean> {
  const parse = officialParsers[dialect]
  const plain = await parse(stream, true)
  try {
    expect(await parse(interspersed(stream, sign, end), true)).toEqual(plain)
    return true
  } catch {
    // whatever it makes of it, it is not the answer
    return false
  }
}

describe.each(Object.keys(grammars) as ChatDialect[])('%s', (dialect) => {
  const codec = clientCodec(dialect)
  const stream = writeStream(codec, EVENTS)
  const isLines = codec.streamType.includes('ndjson')

  it('sends signs of life only if its official client and its grammar read past them', async () => {
    if (codec.keepAlive === undefined) return
    expect(await hearsTheSame(dialect, stream, codec.keepAlive, '\n\n')).toBe(true)
    expect(checkStream(dialect, interspersed(stream, codec.keepAlive, '\n\n'))).toBe('complete')
  })

  it('does so wherever its official client reads past comments', async () => {
    // lines of JSON know no comments
    if (isLines) return expect(codec.keepAlive).toBeUndefined()
    // Google's client for Python is said to take every line that is no data for a piece of the answer; it is not at hand, so its dialect is sent none
    if (dialect === 'gemini') return expect(codec.keepAlive).toBeUndefined()
    const takes = await hearsTheSame(dialect, stream, COMMENT, '\n\n')
    expect(codec.keepAlive !== undefined).toBe(takes)
  })
})
