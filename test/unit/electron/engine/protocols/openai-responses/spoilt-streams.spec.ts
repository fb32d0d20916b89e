/** Streams that arrive spoilt: whatever happens to their events, reading ends in an answer or in a Failure, and what was written keeps to the grammar. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkResponsesStream } from '../../../../../../electron/engine/protocols/grammar/openai-responses.ts'
import { openaiResponses } from '../../../../../../electron/engine/protocols/openai-responses/openai-responses.ts'
import { SseSplitter } from '../../../../../../electron/engine/protocols/sse.ts'
import type { ChatEvent } from '../../../../../../shared/chat.ts'
import { Failure } from '../../../../../../shared/failure.ts'
import { load, recordings } from '../../../../../support/recordings.ts'
import { CONTEXT } from './events.ts'

const fixture = fileURLToPath(new URL('../../../../../fixtures/answers/responses-tools-stream.json', import.meta.url))
const own = (JSON.parse(readFileSync(fixture, 'utf8')) as { body: readonly string[] }).body.join('\n')
const recorded = recordings('openai-responses', (line) => line.response.endsWith('.sse') && line.status === 200).slice(0, 20)
const streams = [Buffer.from(`${own}\n`), ...recorded.map((line) => load(line).body)]

/** Reads and writes on until one of them gives up, as the engine does. */
function pass(frames: readonly string[]): { readonly out: string; readonly thrown: unknown } {
  const splitter = new SseSplitter()
  const reader = openaiResponses.reader()
  const writer = openaiResponses.writer(CONTEXT)
  let out = ''
  const take = (events: readonly ChatEvent[]): void => {
    for (const event of events) out += writer.write(event)
  }
  try {
    for (const { event } of splitter.push(Buffer.from(frames.join('')))) if (event !== undefined) take(reader.read(event))
    take(reader.end())
    out += writer.end()
    return { out, thrown: undefined }
  } catch (thrown) {
    if (out !== '') out += writer.fail(Failure.from(thrown))
    return { out, thrown }
  }
}

test('dropped, doubled, swapped and cut events never crash, and never make a well-formed lie', () => {
  const spoils = fc.array(fc.record({ how: fc.constantFrom('drop', 'double', 'swap', 'cut', 'garble'), at: fc.nat() }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.constantFrom(...streams), spoils, (body, list) => {
      let frames = body.toString().split(/(?<=\n\n)/)
      for (const { how, at } of list) {
        const index = at % Math.max(1, frames.length)
        const frame = frames[index] ?? ''
        if (how === 'drop') frames = frames.toSpliced(index, 1)
        else if (how === 'double') frames = frames.toSpliced(index, 0, frame)
        else if (how === 'swap') frames = frames.toSpliced(index, 2, frames[index + 1] ?? '', frame)
        else if (how === 'cut') frames = frames.slice(0, index)
        else if (frames.length > 0) frames = frames.with(index, frame.replace(/"(delta|item|response)":/, '"$1":null,"was":'))
      }
      const { out, thrown } = pass(frames)
      if (thrown !== undefined) expect(thrown).toBeInstanceOf(Failure)
      if (out !== '') checkResponsesStream(out, { mayFail: true })
    }),
    { numRuns: 400 },
  )
})
