import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GoogleGenAI } from '@google/genai'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gemini } from '../../../../../../electron/engine/protocols/gemini/gemini.ts'
import type { ChatEvent, ChatView, JsonObject } from '../../../../../../shared/chat.ts'
import { Failure } from '../../../../../../shared/failure.ts'

const CONTEXT = { requestId: 'req-1', model: 'gemini-3-flash', createdAt: 1_700_000_000, wantsUsage: true }

const EVENTS: readonly ChatEvent[] = [
  { type: 'reasoning-delta', text: 'Hm.' },
  { type: 'text-delta', text: 'Grüezi, ' },
  { type: 'text-delta', text: 'world' },
  { type: 'tool-call-start', index: 0, id: 'call_0', name: 'get_weather', signature: 'c2ln' },
  { type: 'tool-call-delta', index: 0, arguments: '{"city":"Oslo"}' },
  { type: 'tool-call-end', index: 0 },
  { type: 'usage', tokens: { input: 3, output: 4 } },
  { type: 'finish', reason: 'tool-calls', raw: 'tool_use' },
]

/** Serves our own writers to Google's own client over HTTP. */
describe("Google's official client", () => {
  let server: Server
  let client: GoogleGenAI
  let seen: ChatView[]
  let reply: 'answer' | 'break off' | 'refuse'

  beforeEach(async () => {
    seen = []
    reply = 'answer'
    server = createServer((request, response) => {
      let text = ''
      request.on('data', (piece: Buffer) => {
        text += piece.toString('utf8')
      })
      request.on('end', () => {
        const [, model, method] = /models\/([^:]+):(\w+)/.exec(request.url ?? '') ?? []
        const stream = method === 'streamGenerateContent'
        seen.push(gemini.readRequest(JSON.parse(text) as JsonObject, { model: model ?? '', stream }))
        if (reply === 'refuse') {
          const failure = new Failure('rate-limited', 'Slow down.', { retryAfterSeconds: 2 })
          response.writeHead(429, { 'content-type': 'application/json' }).end(JSON.stringify(gemini.writeFailure(failure, 'req-1')))
        } else if (stream) {
          const writer = gemini.writer(CONTEXT)
          response.writeHead(200, { 'content-type': gemini.streamType })
          if (reply === 'break off') response.end(writer.write({ type: 'text-delta', text: 'half' }) + writer.fail(new Failure('overloaded', 'Gone.')))
          else response.end(EVENTS.map((event) => writer.write(event)).join('') + writer.end())
        } else {
          response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(gemini.writeWhole(EVENTS, CONTEXT)))
        }
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    client = new GoogleGenAI({ apiKey: 'made-up', httpOptions: { baseUrl: `http://127.0.0.1:${port}` } })
  })

  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve))
  })

  it('understands a whole answer', async () => {
    const answer = await client.models.generateContent({ model: 'gemini-3-flash', contents: 'hi', config: { systemInstruction: 'Be kind.', temperature: 0.3 } })
    expect(answer.text).toBe('Grüezi, world')
    expect(answer.functionCalls).toEqual([{ id: 'call_0', name: 'get_weather', args: { city: 'Oslo' } }])
    expect(answer.usageMetadata).toMatchObject({ promptTokenCount: 3, totalTokenCount: 7 })
    expect(seen).toMatchObject([
      {
        model: 'gemini-3-flash',
        stream: false,
        temperature: 0.3,
        messages: [
          { role: 'system', parts: [{ text: 'Be kind.' }] },
          { role: 'user', parts: [{ text: 'hi' }] },
        ],
      },
    ])
  })

  it('understands a streamed answer, and sends its history back with the signature in place', async () => {
    const chat = client.chats.create({ model: 'gemini-3-flash' })
    let text = ''
    for await (const chunk of await chat.sendMessageStream({ message: 'hi' })) text += chunk.text ?? ''
    expect(text).toBe('Grüezi, world')
    for await (const chunk of await chat.sendMessageStream({
      message: { functionResponse: { id: 'call_0', name: 'get_weather', response: { output: 'rain' } } },
    }))
      text += chunk.text ?? ''
    const parts = seen[1]?.messages.flatMap((message) => message.parts)
    expect(parts).toContainEqual({ type: 'tool-call', id: 'call_0', name: 'get_weather', arguments: '{"city":"Oslo"}', signature: 'c2ln' })
    expect(parts).toContainEqual({ type: 'tool-result', callId: 'call_0', name: 'get_weather', parts: [{ type: 'text', text: 'rain' }], isError: false })
  })

  it('throws when the answer breaks off in band', async () => {
    reply = 'break off'
    const read = async (): Promise<void> => {
      for await (const chunk of await client.models.generateContentStream({ model: 'gemini-3-flash', contents: 'hi' })) expect(chunk.text).toBe('half')
    }
    await expect(read()).rejects.toMatchObject({ status: 503 })
  })

  it('shows our refusals', async () => {
    reply = 'refuse'
    await expect(client.models.generateContent({ model: 'gemini-3-flash', contents: 'hi' })).rejects.toMatchObject({ status: 429 })
  })
})
