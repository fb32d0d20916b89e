/** Everything the workbench offers to copy is run as it is printed, against a listener that answers in the client's own format. */
import { execFile, spawnSync } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { parse as parseToml } from 'smol-toml'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { SNIPPET_SOURCES } from '../renderer/features/connect/snippet-sources.ts'
import type { SnippetFacts } from '../renderer/features/connect/snippet-text.ts'
import { SNIPPETS } from '../renderer/features/connect/snippets.ts'
import { seenOf, testLight } from '../renderer/features/connect/test-light.ts'
import { asCurl } from '../renderer/features/traffic/curl.ts'
import { exchangeOf } from './support/fake-exchange.ts'
import { openRecord } from './support/fake-traffic.ts'
import { startGateway, TEST_KEYS, type TestGateway } from './support/gateway.ts'

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

function found(id: string): (typeof SNIPPETS)[number] {
  const snippet = SNIPPETS.find((each) => each.id === id)
  if (snippet === undefined) throw new Error(`no snippet ${id}`)
  return snippet
}

function text(id: string): string {
  return found(id).text(facts)
}

function other(id: string): string {
  return found(id).also?.text(facts) ?? ''
}

/** Loopback must be reached directly, and no key of this machine's may stand in for the one in the snippet. */
const environment = { PATH: process.env.PATH, HOME: process.env.HOME }

const TYPESCRIPT = [
  ['openai-typescript', '/v1/chat/completions'],
  ['anthropic-typescript', '/v1/messages'],
  ['google-genai', '/v1beta/models/demo/swift:generateContent'],
  ['vercel-ai', '/v1/chat/completions'],
  ['langchain-typescript', '/v1/chat/completions'],
  ['fetch', '/v1/chat/completions'],
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

  it('claude-code, which names each of its tiers', async () => {
    // `claude` itself is replaced by a print of what it would see
    const script = text('claude-code').replace(/^claude$/m, 'env | grep ^ANTHROPIC_ | sort')
    const { stdout } = await run('bash', ['-c', script], { env: { ...environment, ANTHROPIC_API_KEY: 'another' } })
    const tiers = ['HAIKU', 'OPUS', 'SONNET'].map((tier) => `ANTHROPIC_DEFAULT_${tier}_MODEL=${facts.model}`)
    expect(stdout.trim().split('\n')).toEqual([
      `ANTHROPIC_AUTH_TOKEN=${facts.key}`,
      `ANTHROPIC_BASE_URL=${facts.address}`,
      ...tiers,
      `ANTHROPIC_MODEL=${facts.model}`,
    ])
  })

  it.each([
    ['cursor', 'ngrok', () => `http ${new URL(facts.address).port} --host-header=rewrite`],
    [
      'open-webui',
      'docker',
      () =>
        `run -d --name open-webui --network=host -v open-webui:/app/backend/data -e OPENAI_API_BASE_URL=${facts.address}/v1 -e OPENAI_API_KEY=${facts.key} -e DEFAULT_MODELS=${facts.model} ghcr.io/open-webui/open-webui:main`,
    ],
  ] as const)('the other way of %s', async (id, command, expected) => {
    const { stdout } = await run('bash', ['-c', `${command}() { printf '%s' "$*"; }\n${other(id)}`], { env: environment })
    expect(stdout).toBe(expected())
  })
})

/** Keys that each tool's documentation names, see snippet-sources.ts. */
const DOCUMENTED = {
  'vs-code': {
    provider: ['name', 'vendor', 'apiKey', 'apiType', 'url', 'models'],
    model: [
      ...['id', 'name', 'url', 'apiType', 'toolCalling', 'vision', 'maxInputTokens', 'maxOutputTokens', 'editTools', 'thinking', 'streaming'],
      ...['zeroDataRetentionEnabled', 'supportsReasoningEffort', 'reasoningEffortFormat', 'requestHeaders', 'contextWindow', 'modelOptions'],
    ],
  },
  zed: {
    provider: ['api_url', 'available_models', 'custom_headers'],
    model: ['name', 'display_name', 'max_tokens', 'max_output_tokens', 'reasoning_effort', 'capabilities'],
    capabilities: ['tools', 'images', 'parallel_tool_calls', 'prompt_cache_key', 'chat_completions', 'interleaved_reasoning', 'max_tokens_parameter'],
  },
  continue: { top: ['name', 'version', 'schema', 'models', 'context', 'rules', 'prompts', 'docs', 'mcpServers', 'data'] },
  codex: [
    ...['name', 'base_url', 'env_key', 'env_key_instructions', 'experimental_bearer_token', 'wire_api', 'query_params', 'http_headers', 'env_http_headers'],
    ...[
      'auth',
      'request_max_retries',
      'stream_max_retries',
      'stream_idle_timeout_ms',
      'websocket_connect_timeout_ms',
      'requires_openai_auth',
      'supports_websockets',
    ],
  ],
}

function only(value: object | undefined, documented: readonly string[]): void {
  expect(value).toBeDefined()
  expect(documented).toEqual(expect.arrayContaining(Object.keys(value ?? {})))
}

describe('files for tools hold what their documentation names', () => {
  it('chatLanguageModels.json of VS Code', () => {
    const [provider] = JSON.parse(text('vs-code')) as readonly {
      vendor: string
      apiType: string
      apiKey: string
      models: readonly { url: string; id: string }[]
    }[]
    only(provider, DOCUMENTED['vs-code'].provider)
    only(provider?.models[0], DOCUMENTED['vs-code'].model)
    expect(provider).toMatchObject({ vendor: 'customendpoint', apiType: 'chat-completions', apiKey: facts.key })
    // the whole path, so that nothing is appended to it
    expect(provider?.models[0]).toMatchObject({ id: facts.model, url: `${facts.address}/v1/chat/completions` })
  })

  it('settings.json of Zed, which holds no key', () => {
    const [first = '', ...rest] = text('zed').split('\n')
    const { language_models: models } = JSON.parse(rest.join('\n')) as {
      language_models: { openai_compatible: Record<string, { api_url: string; available_models: readonly { name: string; capabilities: object }[] }> }
    }
    const [[name, provider] = ['', undefined]] = Object.entries(models.openai_compatible)
    // the variable is the provider's name in upper snake case
    expect(first).toBe(`// ${name.toUpperCase()}_API_KEY=${facts.key}`)
    expect(rest.join('\n')).not.toContain(facts.key)
    only(provider, DOCUMENTED.zed.provider)
    only(provider?.available_models[0], DOCUMENTED.zed.model)
    only(provider?.available_models[0]?.capabilities, DOCUMENTED.zed.capabilities)
    expect(provider).toMatchObject({ api_url: `${facts.address}/v1`, available_models: [{ name: facts.model }] })
  })

  it('config.yaml of Continue', () => {
    const config = parseYaml(text('continue')) as { models: readonly object[] }
    only(config, DOCUMENTED.continue.top)
    expect(config).toEqual({
      ...{ name: 'Switchyard', version: '1.0.0', schema: 'v1' },
      models: [
        { name: facts.model, provider: 'openai', model: facts.model, apiBase: `${facts.address}/v1`, apiKey: facts.key, roles: ['chat', 'edit', 'apply'] },
      ],
    })
  })

  it('config.toml of Codex, which holds no key but its name', () => {
    const config = parseToml(other('codex')) as { model: string; model_provider: string; model_providers: Record<string, object> }
    expect(config).toMatchObject({ model: facts.model, model_provider: 'switchyard' })
    only(config.model_providers.switchyard, DOCUMENTED.codex)
    expect(config.model_providers.switchyard).toEqual({
      ...{ name: 'Switchyard', base_url: `${facts.address}/v1`, env_key: 'SWITCHYARD_API_KEY', wire_api: 'responses' },
    })
  })

  it('settings.json of Claude Code, with the same variables as the shell', () => {
    const { env } = JSON.parse(other('claude-code')) as { env: Record<string, string> }
    for (const [name, value] of Object.entries(env)) expect(text('claude-code')).toContain(`export ${name}=${value === facts.key ? "'made-up" : value}`)
  })

  it('config.yaml of LiteLLM’s proxy', () => {
    expect(parseYaml(other('litellm'))).toEqual({
      model_list: [{ model_name: facts.model, litellm_params: { model: `openai/${facts.model}`, api_base: `${facts.address}/v1`, api_key: facts.key } }],
    })
  })

  it('and each says after which documentation it was written', () => {
    for (const { id } of SNIPPETS) if (id !== 'curl' && id !== 'fetch') expect(SNIPPET_SOURCES[id]?.docs).toMatch(/\w{3}/)
  })
})

const PYTHON = SNIPPETS.filter(({ language }) => language === 'python')
const python = spawnSync('python3', ['--version']).status === 0
if (!python) console.log(`Left out: ${PYTHON.length} Python snippets, for there is no python3 here.`)

// their libraries are not installed: what they print is not known, only that it is Python
describe.runIf(python)('Python snippets are Python', () => {
  it.each(PYTHON.map(({ id }) => [id]))('%s', async (id) => {
    const checked = run('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], { env: environment })
    checked.child.stdin?.end(text(id))
    await checked
  })
})

describe('against the real listener', () => {
  let rig: TestGateway
  beforeAll(async () => {
    rig = await startGateway()
  })
  afterAll(() => rig.close())

  const ours = (): SnippetFacts => ({ address: rig.address, key: TEST_KEYS.client, model: 'demo/swift' })
  const runs = (id: string, given = ours()) =>
    found(id).language === 'typescript'
      ? run(process.execPath, ['--input-type=module-typescript', '-e', found(id).text(given)], { env: environment })
      : run('bash', ['-c', found(id).text(given)], { env: environment })
  /** The light after the latest request, with the listener's own key in the snippet. */
  const lightNow = async (rows: number) => {
    const [latest] = await rig.rows(rows)
    const seen = latest && seenOf(latest)
    if (seen === undefined) throw new Error('no request of a tool was seen')
    return testLight({ [seen.caller]: seen.request }, { is: 'created', secret: TEST_KEYS.client, caller: seen.caller })
  }
  let rows = 0

  it.each([
    ['curl', 'openai-chat'],
    ['fetch', 'openai-chat'],
    ['openai-typescript', 'openai-chat'],
    ['vercel-ai', 'openai-chat'],
    ['langchain-typescript', 'openai-chat'],
    ['anthropic-typescript', 'anthropic-messages'],
    ['google-genai', 'gemini'],
  ])('%s is answered, and the light turns green', async (id, dialect) => {
    const { stdout } = await runs(id)
    expect(stdout.trim()).not.toBe('')
    rows += 1
    expect(await lightNow(rows)).toMatchObject({ is: 'connected', request: { dialect, status: 200, model: 'demo/swift', servedBy: 'demo/swift' } })
  })

  it('what Codex sends is answered, and the light turns green', async () => {
    const response = await fetch(`${rig.address}/v1/responses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'demo/swift', input: 'Say hello in one word.', stream: true }),
    })
    expect(await response.text()).toContain('response.completed')
    rows += 1
    expect(await lightNow(rows)).toMatchObject({ is: 'connected', request: { dialect: 'openai-responses', status: 200 } })
  })

  it.each([
    ['/v1/chat/completions', 'openai-chat', { messages: [{ role: 'user', content: 'x' }] }],
    ['/v1/responses', 'openai-responses', { input: 'x' }],
    ['/v1/messages', 'anthropic-messages', { max_tokens: 10, messages: [{ role: 'user', content: 'x' }] }],
  ])('%s with a model that nobody has turns the light red, with the reason', async (path, dialect, body) => {
    const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
    const response = await fetch(rig.address + path, { method: 'POST', headers, body: JSON.stringify({ model: 'nobody/none', ...body }) })
    expect(response.ok).toBe(false)
    rows += 1
    const light = await lightNow(rows)
    expect(light).toMatchObject({ is: 'failed', request: { dialect, status: response.status, model: 'nobody/none' } })
    expect(light.is === 'failed' && light.request.message).toContain('nobody/none')
  })

  it('a key that is not known turns the light red', async () => {
    await runs('fetch', { ...ours(), key: 'mistyped' }).catch(() => undefined)
    rows += 1
    const [latest] = await rig.rows(rows)
    const seen = latest && seenOf(latest)
    expect(seen && testLight({ [seen.caller]: seen.request }, { is: 'created', secret: '', caller: 'the-new-one' })).toMatchObject({
      is: 'unknown-key',
      request: { status: 401 },
    })
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
