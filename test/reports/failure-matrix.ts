/**
 * Every fault x every client dialect x streamed or whole x one key, two keys, two providers, as whole requests over real HTTP: what the client gets, how
 * many calls the provider sees, what the ledger says, and that the provider sees it when the client leaves. Each cell has providers and keys of its
 * own, so cells run at once and know nothing of each other.
 */
import http from 'node:http'
import { clientCodec } from '../../electron/engine/protocols/codecs.ts'
import { CHAT_DIALECTS, type ChatDialect } from '../../shared/chat.ts'
import type { UsageRecord } from '../../shared/ledger.ts'
import { type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { type Fault, GOOD_TEXT, good } from '../support/faults.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'

export type Layout = 'one key' | 'two keys' | 'two providers'
export const LAYOUTS: readonly Layout[] = ['one key', 'two keys', 'two providers']
export const DIALECTS = CHAT_DIALECTS

export interface Cell {
  readonly fault: Fault
  readonly dialect: ChatDialect
  readonly mode: 'stream' | 'whole'
  readonly layout: Layout
}

export interface Result {
  readonly cell: Cell
  readonly calls: number
  /** What is wrong, one sentence each; none: the cell is right. */
  readonly problems: readonly string[]
}

/** Where running out of time is the fault: short. Everywhere else a busy machine may take its time. */
const OUT_OF_TIME_MS = 700
const IN_TIME_MS = 10_000
const AT_ONCE = 12
/** Nobody but the system's own services may listen there; one that was free a moment ago might be anybody's now. */
const CLOSED_PORT = 'http://127.0.0.1:1'
/** A label longer than DNS allows: every resolver says so at once, without asking the network. */
const UNKNOWN_HOST = `${'x'.repeat(70)}.invalid`

export function cellsOf(fault: Fault, dialects: readonly ChatDialect[] = DIALECTS, layouts: readonly Layout[] = LAYOUTS): readonly Cell[] {
  return fault.modes.flatMap((mode) => dialects.flatMap((dialect) => layouts.map((layout) => ({ fault, dialect, mode, layout }))))
}

/** Runs the cells of one fault on one gateway. */
export async function runCells(cells: readonly Cell[]): Promise<readonly Result[]> {
  const [first] = cells
  if (first === undefined) return []
  const answers = new Map<string, Fault['answer']>()
  const upstream = await fakeUpstream((seen, response) => {
    if (seen.method === 'GET') return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"object":"list","data":[]}')
    const provider = seen.url.split('/')[1] ?? ''
    const isSecondKey = seen.headers.authorization?.endsWith('-second') === true
    return ((isSecondKey ? undefined : answers.get(provider)) ?? good)(seen, response)
  })
  const faulty = { 'closed port': CLOSED_PORT, 'unknown host': `http://${UNKNOWN_HOST}`, 'no TLS': upstream.url.replace('http:', 'https:') }
  const providers = cells.flatMap(({ fault, layout }, index) => {
    answers.set(`c${index}a`, fault.answer)
    const base = fault.address === undefined ? upstream.url : faulty[fault.address]
    const own = { id: `c${index}a`, name: `c${index}a`, baseUrl: `${base}/c${index}a`, needsKey: true }
    return layout === 'two providers' ? [own, { id: `c${index}b`, name: `c${index}b`, baseUrl: `${upstream.url}/c${index}b`, needsKey: true }] : [own]
  })
  const { expects } = first.fault
  const patienceMs = 'kind' in expects && expects.kind === 'timeout' ? OUT_OF_TIME_MS : IN_TIME_MS
  const running = await startGateway({
    settings: {
      customProviders: providers,
      timeouts: { connectMs: 5_000, firstEventMs: patienceMs, silenceMs: patienceMs },
      // longer than the Retry-After of a fault, shorter than the second that a limit without one takes
      attempts: { backoffMs: 5, waitMs: first.fault.what.includes('without') ? 300 : 5_000 },
    },
  })
  try {
    await running.client['vault.choose']({ backend: 'memory' })
    for (const { id } of providers) await addKey(running, id, `made-up-${id}`)
    for (const [index, { layout }] of cells.entries()) if (layout === 'two keys') await addKey(running, `c${index}a`, `made-up-c${index}a-second`)
    const results: Result[] = []
    let next = 0
    const work = async (): Promise<void> => {
      for (let index = next++; index < cells.length; index = next++) {
        const cell = cells[index]
        if (cell !== undefined) results[index] = await runCell(cell, index, running, upstream)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    return results
  } finally {
    await running.close()
    await upstream.close()
  }
}

async function addKey(running: TestGateway, provider: string, secret: string): Promise<void> {
  const added = await running.client['keys.add']({ provider, secret })
  if (!added.ok) throw new Error(added.failure.message)
}

interface Got {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly text: string
}

async function runCell(cell: Cell, index: number, running: TestGateway, upstream: FakeUpstream): Promise<Result> {
  const { fault } = cell
  const isLeaving = fault.expects.is === 'client leaves'
  const mine = (): number => upstream.seen.filter(({ method, url }) => method === 'POST' && /^\/c(\d+)[ab]\//.exec(url)?.[1] === String(index)).length
  const got = await ask(cell, index, running, isLeaving ? { when: fault.expects.after, called: () => mine() > 0 } : undefined)
  const row = await rowOf(running, `c${index}a/m`)
  const problems: string[] = []
  const check = (is: boolean, problem: string): void => void (is || problems.push(problem))
  check(row !== undefined, 'no closed row in the ledger')
  if (row !== undefined) checkCell(cell, got, row, fault.answer === undefined ? undefined : mine(), check)
  if (isLeaving) check(await eventually(() => upstream.closed(`/c${index}a/`)), 'the provider did not see the client leave')
  if (fault.marks !== undefined) {
    const keys = await running.client['keys.list']({})
    const state = keys.ok ? keys.value.find(({ provider }) => provider === `c${index}a`)?.state.is : undefined
    check(state === fault.marks, `the key is shown as ${state}, not ${fault.marks}`)
  }
  return { cell, calls: row?.attempts.length ?? 0, problems }
}

function checkCell(
  { fault, dialect, mode, layout }: Cell,
  got: Got | undefined,
  row: UsageRecord,
  seen: number | undefined,
  check: (is: boolean, problem: string) => void,
): void {
  const { expects } = fault
  const isMended = expects.is === 'failure' && expects.moves && layout !== 'one key' && !(layout === 'two keys' && fault.address !== undefined)
  const calls = (): number => {
    if (expects.is === 'answer') return expects.calls
    if (expects.is !== 'failure') return 1
    if (isMended) return 2
    // an address that cannot be reached cannot be reached with either key, each tried again
    return (1 + expects.again) * (layout === 'two keys' && fault.address !== undefined ? 2 : 1)
  }
  check(row.attempts.length === calls(), `${row.attempts.length} attempts in the ledger, not ${calls()}`)
  const isSeen = (count: number): boolean => count === row.attempts.length || (fault.looksIdle === true && count > row.attempts.length && count <= 2 * calls())
  if (seen !== undefined) check(isSeen(seen), `${seen} calls seen by providers, ${row.attempts.length} in the ledger`)
  const outcome = isMended || expects.is === 'answer' ? 'ok' : expects.is === 'client leaves' ? 'cancelled' : expects.kind
  check(row.outcome === outcome, `the ledger says ${row.outcome}, not ${outcome}`)
  const last = row.attempts.at(-1)?.phase
  const phase = outcome === 'ok' ? 'done' : expects.is === 'broken' ? 'broken' : expects.is === 'client leaves' ? 'left' : 'failed'
  check(last === phase, `the last attempt is ${last}, not ${phase}`)
  if (expects.is === 'client leaves' || got === undefined) return
  if (outcome === 'ok') {
    check(got.status === 200, `status ${got.status}, not 200`)
    check(got.text.includes(GOOD_TEXT), 'the answer has not arrived')
    check(!IN_BAND_ERROR[dialect].test(got.text), 'a failure shows in the answer')
    check(got.headers['x-switchyard-attempts'] === String(calls()), `x-switchyard-attempts says ${String(got.headers['x-switchyard-attempts'])}`)
    if (fault.what.includes('unsupported')) check(got.headers['x-switchyard-dropped']?.includes('temperature') === true, 'what was left out is not named')
    return
  }
  if (expects.is === 'broken') {
    check(got.status === 200, `status ${got.status}, not 200`)
    check(got.text.includes('Once upon'), 'what had arrived was lost')
    check(!got.text.includes(GOOD_TEXT), 'the answer was spliced')
    check(IN_BAND_ERROR[dialect].test(got.text), `the failure is not told in band: ${got.text.slice(-200)}`)
    return
  }
  if (expects.is !== 'failure') return
  // some dialects have a status, or a place, of their own for a failure
  if (mode === 'stream' && clientCodec(dialect).toldInStream?.has(expects.kind) === true) {
    check(got.status === 200, `status ${got.status}, not 200`)
    check(IN_BAND_ERROR[dialect].test(got.text), `the failure is not told in band: ${got.text.slice(-200)}`)
    return
  }
  const status = clientCodec(dialect).statuses?.[expects.kind] ?? expects.status
  check(got.status === status, `status ${got.status}, not ${status}`)
  check(isErrorOf(dialect, got.text), `the ${mode} error is not in the dialect's shape: ${got.text.slice(0, 200)}`)
  check(!got.text.includes('<html'), 'a page was shown')
  if (expects.retryAfter) check(Number(got.headers['retry-after']) >= 1, `Retry-After says ${String(got.headers['retry-after'])}`)
}

const IN_BAND_ERROR: Readonly<Record<ChatDialect, RegExp>> = {
  'openai-chat': /"error":\{/,
  'openai-responses': /response\.failed|"type":"error"/,
  'anthropic-messages': /event: error/,
  gemini: /"error":/,
  'cohere-v2': /"finish_reason":"ERROR"|"error":/,
  'ollama-chat': /"error":/,
  'ollama-generate': /"error":/,
  'openai-completions': /"error":\{/,
}

function isErrorOf(dialect: ChatDialect, text: string): boolean {
  let body: { type?: unknown; message?: unknown; error?: unknown }
  try {
    body = JSON.parse(text) as typeof body
  } catch {
    // a body that is no JSON is no error of any dialect
    return false
  }
  const error = body.error as { message?: unknown; status?: unknown } | undefined
  switch (dialect) {
    case 'anthropic-messages':
      return body.type === 'error' && typeof error?.message === 'string'
    case 'gemini':
      return typeof error?.message === 'string' && typeof error.status === 'string'
    case 'cohere-v2':
      return typeof body.message === 'string'
    case 'ollama-chat':
    case 'ollama-generate':
      return typeof body.error === 'string'
    default:
      return typeof error?.message === 'string'
  }
}

/** One request in a dialect. With `leaves` the client goes away in that phase, and there is nothing to return. */
function ask(cell: Cell, index: number, running: TestGateway, leaves?: { when: 'call' | 'content'; called: () => boolean }): Promise<Got | undefined> {
  const { path, body } = requestOf(cell, index)
  const text = JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const request = http.request(
      running.address + path,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
        agent: false,
      },
      (response) => {
        let heard = ''
        response.on('data', (piece: Buffer) => {
          heard += piece.toString()
          if (leaves?.when === 'content' && heard.includes('Once')) request.destroy()
        })
        const done = (): void => resolve(leaves === undefined ? { status: response.statusCode ?? 0, headers: response.headers, text: heard } : undefined)
        response.on('end', done)
        response.on('error', done)
        response.on('close', done)
      },
    )
    request.on('error', (error) => (leaves === undefined ? reject(error) : resolve(undefined)))
    request.end(text)
    if (leaves?.when === 'call') void eventually(leaves.called).then(() => setTimeout(() => request.destroy(), 20))
  })
}

function requestOf({ dialect, mode, layout }: Cell, index: number): { readonly path: string; readonly body: object } {
  const model = `c${index}a/m`
  const stream = mode === 'stream'
  const others = layout === 'two providers' ? { models: [`c${index}b/m`] } : {}
  const messages = [{ role: 'user', content: 'Tell me a story.' }]
  switch (dialect) {
    case 'openai-chat':
      return { path: '/v1/chat/completions', body: { model, messages, stream, temperature: 0.5, ...others } }
    case 'openai-responses':
      return { path: '/v1/responses', body: { model, input: 'Tell me a story.', stream, store: false, temperature: 0.5, ...others } }
    case 'anthropic-messages': {
      const fallbacks = layout === 'two providers' ? { fallbacks: [{ model: `c${index}b/m` }] } : {}
      return { path: '/v1/messages', body: { model, messages, stream, max_tokens: 50, temperature: 0.5, ...fallbacks } }
    }
    case 'gemini': {
      const verb = stream ? 'streamGenerateContent?alt=sse' : 'generateContent'
      const contents = [{ role: 'user', parts: [{ text: 'Tell me a story.' }] }]
      return { path: `/v1beta/models/${encodeURIComponent(model)}:${verb}`, body: { contents, generationConfig: { temperature: 0.5 }, ...others } }
    }
    case 'cohere-v2':
      return { path: '/v2/chat', body: { model, messages, stream, temperature: 0.5, ...others } }
    case 'openai-completions':
      return { path: '/v1/completions', body: { model, prompt: 'Tell me a story.', stream, temperature: 0.5, ...others } }
    case 'ollama-generate':
      return { path: '/api/generate', body: { model, prompt: 'Tell me a story.', stream, options: { temperature: 0.5 }, ...others } }
    case 'ollama-chat':
      return { path: '/api/chat', body: { model, messages, stream, options: { temperature: 0.5 }, ...others } }
  }
}

async function rowOf(running: TestGateway, model: string): Promise<UsageRecord | undefined> {
  let found: UsageRecord | undefined
  await eventually(async () => {
    const page = await running.client['traffic.list']({ limit: 500, text: model })
    found = page.ok ? page.value.rows.find(({ requested, outcome }) => requested === model && outcome !== 'open') : undefined
    return found !== undefined
  })
  return found
}

async function eventually(condition: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 400; tries++) {
    if (await condition()) return true
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return false
}
