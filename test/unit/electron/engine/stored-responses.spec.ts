import { expect, it } from 'vitest'
import { EVENT_LIMIT_BYTES } from '../../../../electron/engine/protocols/sse.ts'
import { StoredResponses, type StoredResponsesFacts } from '../../../../electron/engine/stored-responses.ts'

const MEBIBYTE = 1024 * 1024

it.each([0, 1, 15, 33, 50])('keeps the response of a stream’s last event, after %i MiB of other events', async (mebibytes) => {
  const put: string[] = []
  const storage = {
    putResponse: ({ id, response }: { id: string; response: { output?: unknown } }) => {
      put.push(`${id} ${JSON.stringify(response.output).length}`)
      return Promise.resolve()
    },
  }
  const facts = { storage, settings: () => ({ store: true, keepDays: 1 }), now: () => 0, onError: () => undefined } as unknown as StoredResponsesFacts
  const delta = `data: {"type":"response.output_text.delta","delta":"${'x'.repeat(MEBIBYTE)}"}\n\n`
  const text = 'y'.repeat(Math.floor(EVENT_LIMIT_BYTES * 0.9))
  const last = `data: ${JSON.stringify({ type: 'response.completed', response: { id: 'resp_1', status: 'completed', output: [text] } })}\n\n`
  async function* stream() {
    for (let count = 0; count < mebibytes; count++) yield delta
    // cut where no event begins
    for (let start = 0; start < last.length; start += 999_983) yield last.slice(start, start + 999_983)
  }
  const turn = { caller: 'client', previous: undefined, input: [] }
  const { body } = new StoredResponses(facts).keep(turn, { status: 200, headers: {}, body: stream() })
  let passed = 0
  for await (const piece of body as AsyncIterable<string>) passed += piece.length
  expect(passed).toBe(delta.length * mebibytes + last.length)
  expect(put).toEqual([`resp_1 ${text.length + 4}`])
})
