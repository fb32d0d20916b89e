/** Everything the workbench offers to copy is run as it is printed, against a listener that answers in the client's own format. */
import { execFile } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SNIPPETS, type SnippetFacts } from '../renderer/features/connect/snippets.ts'
import { asCurl } from '../renderer/features/traffic/curl.ts'
import { exchangeOf } from './support/fake-exchange.ts'
import { openRecord } from './support/fake-traffic.ts'

const run = promisify(execFile)

interface Heard {
  readonly url: string
  readonly key: string
  readonly body: { readonly model?: string }
}

let server: Server
let heard: Heard[]
let facts: SnippetFacts

beforeEach(async () => {
  heard = []
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { authorization, 'x-api-key': anthropic, 'x-goog-api-key': google } = request.headers
      const key = authorization?.replace('Bearer ', '') ?? String(anthropic ?? google ?? '')
      heard.push({ url: request.url ?? '', key, body: JSON.parse(Buffer.concat(chunks).toString()) as Heard['body'] })
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(answerTo(request.url ?? '')))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  facts = { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key: "made-up 'key'", model: 'demo/swift' }
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function answerTo(url: string): unknown {
  if (url.startsWith('/v1/chat/completions'))
    return { id: 'x', object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' } }] }
  if (url.startsWith('/v1/messages')) return { id: 'x', type: 'message', role: 'assistant', content: [{ type: 'text', text: 'Hello' }] }
  return { candidates: [{ content: { role: 'model', parts: [{ text: 'Hello' }] } }] }
}

function text(id: string): string {
  const snippet = SNIPPETS.find((each) => each.id === id)
  if (snippet === undefined) throw new Error(`no snippet ${id}`)
  return snippet.text(facts)
}

/** Loopback must be reached directly, and no key of this machine's may stand in for the one in the snippet. */
const environment = { PATH: process.env.PATH, HOME: process.env.HOME }

const TYPESCRIPT = [
  ['openai-typescript', '/v1/chat/completions'],
  ['anthropic-typescript', '/v1/messages'],
  ['google-genai', '/v1beta/models/demo/swift:generateContent'],
] as const

describe('snippets run as they are printed', () => {
  it.each(TYPESCRIPT)('%s', async (id, path) => {
    const { stdout } = await run(process.execPath, ['--input-type=module-typescript', '-e', text(id)], { env: environment })
    expect(heard).toHaveLength(1)
    expect(heard[0]).toMatchObject({ url: path, key: facts.key })
    expect(stdout).toContain('Hello')
  })

  it('curl', async () => {
    const { stdout } = await run('bash', ['-c', text('curl')], { env: environment })
    expect(heard[0]).toMatchObject({ url: '/v1/chat/completions', key: facts.key, body: { model: 'demo/swift' } })
    expect(stdout).toContain('Hello')
  })

  it.each([
    [
      'codex',
      'codex',
      '$SWITCHYARD_API_KEY|$*',
      () =>
        `${facts.key}|-c model_provider=switchyard -c model_providers.switchyard.name=Switchyard -c model_providers.switchyard.base_url=${facts.address}/v1 -c model_providers.switchyard.env_key=SWITCHYARD_API_KEY -c model_providers.switchyard.wire_api=responses -m ${facts.model}`,
    ],
    ['aider', 'aider', '$OPENAI_API_BASE|$OPENAI_API_KEY|$*', () => `${facts.address}/v1|${facts.key}|--model openai/${facts.model}`],
    ['open-webui', 'open-webui', '$OPENAI_API_BASE_URL|$OPENAI_API_KEY|$DEFAULT_MODELS|$*', () => `${facts.address}/v1|${facts.key}|${facts.model}|serve`],
  ] as const)('%s, which sets what the tool reads', async (id, command, seen, expected) => {
    // the tool itself is replaced by a print of what it would see
    const { stdout } = await run('bash', ['-c', `${command}() { printf '%s' "${seen}"; }\n${text(id)}`], { env: environment })
    expect(stdout).toBe(expected())
  })

  it.each(['vs-code', 'zed'])('%s, as JSON that holds the address and the model', (id) => {
    const settings = JSON.parse(text(id).replace(/^\/\/.*\n/, '')) as unknown
    expect(JSON.stringify(settings)).toContain(`${facts.address}/v1`)
    expect(JSON.stringify(settings)).toContain(`"${facts.model}"`)
  })

  it('claude-code, which sets what Claude Code reads', async () => {
    // `claude` itself is replaced by a print of what it would see
    const script = text('claude-code').replace(/^claude$/m, 'printf "%s|%s|%s" "$ANTHROPIC_BASE_URL" "$ANTHROPIC_AUTH_TOKEN" "$ANTHROPIC_MODEL"')
    const { stdout } = await run('bash', ['-c', script], { env: environment })
    expect(stdout).toBe(`${facts.address}|${facts.key}|${facts.model}`)
  })
})

describe('copy as curl', () => {
  it('sends the request again, quotes and line breaks included', async () => {
    const record = { ...openRecord('run-1', 0, 'demo/swift'), streamed: false }
    const exchange = exchangeOf(record)
    if (exchange === undefined) throw new Error('the fake keeps this one')
    const body = { model: 'demo/swift', messages: [{ role: 'user', content: `it's "odd"\n$HOME \`x\` \\n` }] }
    const command = asCurl(record, { ...exchange, requestBody: JSON.stringify(body, null, 2) }, facts.address)
    await run('bash', ['-c', command], { env: { ...environment, SWITCHYARD_KEY: 'made-up' } })
    expect(heard).toEqual([{ url: '/v1/chat/completions', key: 'made-up', body }])
  })
})
