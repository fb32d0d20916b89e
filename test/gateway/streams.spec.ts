/** What is done to a translated stream on its way out: signs of life in silence, and a strict look at its grammar. */

import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkAnthropicStream } from '../../electron/engine/protocols/grammar/anthropic-messages.ts'
import { checkGeminiStream } from '../../electron/engine/protocols/grammar/gemini.ts'
import { checkOpenAiStream } from '../../electron/engine/protocols/grammar/openai-chat.ts'
import { type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'
import { inEnglish } from '../support/in-english.ts'

let upstream: FakeUpstream
let running: TestGateway
const start = async (settings: Parameters<typeof startGateway>[0] = {}): Promise<void> => {
  running = await startGateway({ upstream: upstream.url, ...settings })
}
beforeEach(async () => {
  upstream = await fakeUpstream()
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
const chunk = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
const geminiChunk = (text: string, finish?: string): string =>
  `data: ${JSON.stringify({ candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0, ...(finish !== undefined && { finishReason: finish }) }], responseId: 'r', modelVersion: 'm' })}\n\n`

/** Speaks, is silent until the test says so, and speaks again. */
function pausing(before: string, after: string): Promise<() => void> {
  return new Promise((told) => {
    upstream.answer((_seen, response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(before)
      told(() => void response.end(after))
    })
  })
}

const openAiPause = (): Promise<() => void> => pausing(chunk({ role: 'assistant', content: 'Once' }), `${chunk({ content: ' more' }, 'stop')}data: [DONE]\n\n`)
const geminiPause = (): Promise<() => void> => pausing(geminiChunk('Once'), geminiChunk(' more', 'STOP'))

/** Reads a stream, and ends the provider's silence once `sign` has gone out often enough, or after a while when nothing is to be seen. */
async function listen(url: string, body: object, silence: Promise<() => void>, sign: string): Promise<string> {
  const response = await fetch(running.address + url, { method: 'POST', headers, body: JSON.stringify(body) })
  const goOn = await silence
  let text = ''
  let isOver = false
  const resume = (): void => {
    if (!isOver) goOn()
    isOver = true
  }
  const patience = setTimeout(resume, sign === '' ? 150 : 20_000)
  for await (const piece of response.body ?? []) {
    text += Buffer.from(piece).toString()
    if (sign !== '' && text.split(sign).length > 2) resume()
  }
  clearTimeout(patience)
  return text
}

const user = [{ role: 'user', content: 'x' }]

describe('while a provider is silent in the middle of its answer', () => {
  it('an OpenAI client is sent comments', async () => {
    await start({ settings: { keepAliveMs: 20 } })
    const text = await listen('/v1/chat/completions', { model: 'google/gemini-2.5-flash', stream: true, messages: user }, geminiPause(), ': keep-alive\n\n')
    expect(checkOpenAiStream(text).map((sent) => (sent.choices as { delta: { content?: string } }[])[0]?.delta.content ?? '')).toEqual([
      '',
      'Once',
      ' more',
      '',
    ])
    expect(text).toContain(': keep-alive\n\n')
  })

  it("an Anthropic client is sent that dialect's own pings", async () => {
    await start({ settings: { keepAliveMs: 20 } })
    const body = { model: 'openai/gpt-4o-mini', max_tokens: 10, stream: true, messages: user }
    const text = await listen('/v1/messages', body, openAiPause(), 'event: ping\n')
    expect(checkAnthropicStream(text).filter((event) => event.type === 'ping').length).toBeGreaterThan(1)
  })

  it('a Gemini client is sent nothing, since its official client takes nothing', async () => {
    await start({ settings: { keepAliveMs: 20 } })
    const text = await listen('/v1beta/models/openai/gpt-4o-mini:streamGenerateContent?alt=sse', { contents: [{ parts: [{ text: 'x' }] }] }, openAiPause(), '')
    expect(checkGeminiStream(text).text).toBe('Once more')
  })

  it('a client of the same format is sent nothing but what the provider sent', async () => {
    await start({ settings: { keepAliveMs: 20 } })
    const body = { model: 'openai/gpt-4o-mini', stream: true, stream_options: { include_usage: true }, messages: user }
    const text = await listen('/v1/chat/completions', body, openAiPause(), '')
    expect(text).toBe(`${chunk({ role: 'assistant', content: 'Once' })}${chunk({ content: ' more' }, 'stop')}data: [DONE]\n\n`)
  })

  it('nobody is sent anything when the setting says never', async () => {
    await start({ settings: { keepAliveMs: 0 } })
    const text = await listen('/v1/chat/completions', { model: 'google/gemini-2.5-flash', stream: true, messages: user }, geminiPause(), '')
    expect(text).not.toContain('keep-alive')
  })
})

it('sends no sign of life before an endpoint has committed, so failover stays possible', async () => {
  await start({
    settings: {
      keepAliveMs: 20,
      timeouts: { connectMs: 2000, firstEventMs: 1000, reasoningFirstEventMs: 1000, silenceMs: 10_000, reasoningSilenceMs: 10_000, wholeMs: 60_000 },
    },
  })
  upstream.answer((_seen, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders())
  const answer = await raw(`${running.address}/v1/chat/completions`, {
    headers,
    body: JSON.stringify({ model: 'google/gemini-2.5-flash', models: ['demo/swift'], stream: true, messages: user }),
  })
  expect(answer.headers['x-switchyard-served-by']).toBe('demo/swift')
})

describe('a stream that breaks the grammar of its dialect', () => {
  // half a token, which Google never counts
  const counted = { usageMetadata: { promptTokenCount: 1.5, candidatesTokenCount: 2, totalTokenCount: 3.5 }, responseId: 'r', modelVersion: 'm' }
  const broken = `${geminiChunk('Once')}data: ${JSON.stringify(counted)}\n\n${geminiChunk(' more', 'STOP')}`
  const ask = (): ReturnType<typeof raw> => {
    upstream.answer((_seen, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(broken))
    return raw(`${running.address}/v1/chat/completions`, {
      headers,
      body: JSON.stringify({ model: 'google/gemini-2.5-flash', stream: true, stream_options: { include_usage: true }, messages: user }),
    })
  }
  const complaints = (): readonly string[] => running.log.filter((line) => line.includes('broke the grammar'))

  it('is told in the log, without a word of the answer, and reaches its client all the same', async () => {
    await start({ mayBreakGrammar: true })
    const answer = await ask()
    expect(answer.text).toContain('Once')
    expect(answer.text).toContain(' more')
    expect(complaints()).toHaveLength(1)
    expect(complaints()[0]).toContain('"breach":"usage lacks its counts"')
    expect(complaints()[0]).not.toContain('Once')
  })

  it('is not looked at unless asked for', async () => {
    await start({ settings: { debug: { checkStreams: false } } })
    expect((await ask()).text).toContain('Once')
    expect(complaints()).toEqual([])
  })
})

describe('request fields that a translation leaves out', () => {
  const body = { model: 'anthropic/claude-sonnet-4-5', messages: user, seed: 7, 'new \u{1F600}\nfield': 1 }
  const claude = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [{ type: 'text', text: 'fine' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 3, output_tokens: 1 },
  }
  beforeEach(async () => {
    await start()
    upstream.answer((_seen, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(claude)))
  })

  it('are named in the header, whatever a client calls them, and in the log', async () => {
    const answer = await raw(`${running.address}/v1/chat/completions`, { headers, body: JSON.stringify(body) })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.headers['x-switchyard-dropped']).toMatch(/seed/)
    expect(answer.headers['x-switchyard-dropped']).toMatch(/new \?+field/)
    const line = running.log.find((entry) => entry.includes('left fields out'))
    expect(line).toContain('"seed"')
    expect(line).toContain('"endpoint":"anthropic/claude-sonnet-4-5"')
  })

  it('fit into a header however many they are', async () => {
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`made_up_field_${index}`, 1]))
    const answer = await raw(`${running.address}/v1/chat/completions`, { headers, body: JSON.stringify({ ...body, ...many }) })
    expect(answer.status).toBe(200)
    expect(answer.headers['x-switchyard-dropped']?.length).toBeLessThan(2100)
  })

  it('make the endpoint unfit under require_parameters, which the plan says without a call', async () => {
    const strict = { ...body, provider: { require_parameters: true } }
    const answer = await raw(`${running.address}/v1/chat/completions`, { headers, body: JSON.stringify(strict) })
    expect(answer.status).toBe(400)
    expect(answer.text).toMatch(/anthropic\/claude-sonnet-4-5 cannot carry .*seed.* provider\.require_parameters is set/)
    expect(upstream.seen).toEqual([])
  })

  it('are not what another maker’s model thought in earlier turns, which no endpoint could carry', async () => {
    const messages = [...user, { role: 'assistant', content: 'ok', reasoning_content: 'Hm.' }, ...user]
    const strict = { model: body.model, messages, provider: { require_parameters: true } }
    const answer = await raw(`${running.address}/v1/chat/completions`, { headers, body: JSON.stringify(strict) })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.headers['x-switchyard-dropped']).toBe('messages.reasoning')
  })

  it('send the request to the next endpoint under require_parameters, with the reason in the plan', async () => {
    const strict = { ...body, models: ['demo/swift'], provider: { require_parameters: true } }
    const answer = await raw(`${running.address}/v1/chat/completions`, { headers, body: JSON.stringify(strict) })
    expect(answer.headers['x-switchyard-served-by']).toBe('demo/swift')
    const [row] = await running.rows(1)
    expect(row?.attempts).toHaveLength(1)
    const detail = await running.client['traffic.get']({ id: row?.id ?? '' })
    expect(inEnglish(detail.ok && detail.value.exchange?.plan?.passedOver)).toMatchObject([
      { endpoint: 'anthropic/claude-sonnet-4-5', why: expect.stringContaining('cannot carry') },
    ])
  })
})

describe('the framing of a stream', () => {
  const pieces = [chunk({ role: 'assistant', content: 'Grüße' }), chunk({ content: ' 世界 🌍' }), `${chunk({}, 'stop')}data: [DONE]\n\n`]
  /** What comes back over one connection for requests sent at once, until `isComplete` holds or the server closes it. */
  const exchange = (requests: string, isComplete: (text: string) => boolean): Promise<string> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(running.address)
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(requests))
      const received: Buffer[] = []
      const text = (): string => Buffer.concat(received).toString()
      socket.on('data', (bytes) => {
        received.push(bytes)
        if (isComplete(text())) socket.end()
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(text()))
    })
  const request = (version: string, model: string): string => {
    const body = JSON.stringify({ model, stream: true, messages: user })
    const head = [`POST /v1/chat/completions HTTP/${version}`, `Host: ${new URL(running.address).host}`, `Authorization: Bearer ${TEST_KEYS.client}`]
    return `${[...head, `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`
  }
  const unchunked = (body: string): string => {
    let rest = Buffer.from(body)
    const parts: Buffer[] = []
    for (;;) {
      const line = rest.indexOf('\r\n')
      const length = Number.parseInt(rest.subarray(0, line).toString(), 16)
      if (length === 0) return Buffer.concat(parts).toString()
      parts.push(rest.subarray(line + 2, line + 2 + length))
      expect(rest.subarray(line + 2 + length, line + 4 + length).toString()).toBe('\r\n')
      rest = rest.subarray(line + 4 + length)
    }
  }
  beforeEach(async () => {
    await start()
    upstream.answer(async (_seen, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const piece of pieces) {
        response.write(piece)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      response.end()
    })
  })

  it.each(['openai/gpt-4o-mini', 'demo/swift'])('is whole for %s, also for a request that was sent before the first was answered', async (second) => {
    const isComplete = (text: string): boolean => text.split('\r\n0\r\n\r\n').length === 3
    const text = await exchange(request('1.1', 'openai/gpt-4o-mini') + request('1.1', second), isComplete)
    const answers = text.split('HTTP/1.1 200 OK').slice(1)
    expect(answers).toHaveLength(2)
    const [first = '', other = ''] = answers.map((answer) => unchunked(answer.slice(answer.indexOf('\r\n\r\n') + 4)))
    expect(first).toBe(pieces.join(''))
    expect(other).toMatch(/data: \[DONE\]\n\n$/)
  })

  it('is none for a client of HTTP/1.0', async () => {
    const text = await exchange(request('1.0', 'openai/gpt-4o-mini'), () => false)
    expect(text.toLowerCase()).not.toContain('transfer-encoding')
    expect(text.slice(text.indexOf('\r\n\r\n') + 4)).toBe(pieces.join(''))
  })
})
