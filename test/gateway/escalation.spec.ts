import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { english } from '../../shared/messages/english.ts'
import type { SettingsInput } from '../../shared/settings.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'
import { inEnglish } from '../support/in-english.ts'

const CHEAP = 'gpt-4o-mini'
const STRONG = 'gpt-5'
const JUDGE = 'gpt-4o'
const QUESTION = 'What is the capital of Austria?'

interface Asked {
  readonly model: string
  readonly stream?: boolean
  readonly messages: readonly { readonly content: string }[]
}
type Told = string | { readonly message: object } | { readonly status: number }

let upstream: FakeUpstream
let running: TestGateway
/** What each model says to each of its calls; the last holds for all that follow. */
let says: Record<string, readonly Told[]>
let asked: Asked[]

const start = async (escalation: NonNullable<SettingsInput['auto']>['escalation'] = {}, settings: SettingsInput = {}) => {
  const auto = { pairs: { pair: { strong: `openai/${STRONG}`, cheap: `openai/${CHEAP}` } }, escalation: { enabled: true, ...escalation } }
  running = await startGateway({ upstream: upstream.url, settings: { auto, ...settings } })
  await running.gateway.ready()
}
beforeEach(async () => {
  asked = []
  says = { [CHEAP]: ['Graz'], [STRONG]: ['Vienna'] }
  upstream = await fakeUpstream()
  upstream.answer((seen, response) => {
    const body = JSON.parse(seen.body) as Asked
    const before = asked.filter(({ model }) => model === body.model).length
    asked.push(body)
    const all = says[body.model] ?? ['?']
    answer(all[Math.min(before, all.length - 1)] ?? '?', body, response)
  })
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

const usage = { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 }
function answer(told: Told, { model, stream }: Asked, response: ServerResponse): unknown {
  if (typeof told === 'object' && 'status' in told) return answerJson({ error: { message: 'broken' } }, told.status)(undefined as never, response)
  const message = { role: 'assistant', ...(typeof told === 'string' ? { content: told } : { content: null, ...told.message }) }
  const base = { id: 'c', created: 1, model }
  if (stream !== true)
    return answerJson({ ...base, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: 'stop' }], usage })(undefined as never, response)
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const chunk = (delta: object, finish: string | null = null) =>
    `data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
  return response.end(
    `${chunk({ role: 'assistant', content: '' })}${chunk({ content: typeof told === 'string' ? told : '' })}${chunk({}, 'stop')}data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', choices: [], usage })}\n\ndata: [DONE]\n\n`,
  )
}

const chat = (body: object = {}, headers: Record<string, string> = {}) =>
  raw(`${running.address}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, ...headers },
    body: JSON.stringify({ model: 'pair', messages: [{ role: 'user', content: QUESTION }], ...body }),
  })
const models = () => asked.map(({ model }) => model)
const contentOf = (text: string): unknown => (JSON.parse(text) as { choices: { message: { content: unknown } }[] }).choices[0]?.message.content
async function told<T>(call: Promise<{ ok: true; value: T } | { ok: false; failure: { message: string } }>): Promise<T> {
  const result = await call
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}
const HAS_VIENNA = { kind: 'contains' as const, text: 'Vienna', ignoreCase: true }

describe('escalation', () => {
  it('shows the cheap answer where it passes, and asks nobody else', async () => {
    await start({ tests: [{ ...HAS_VIENNA, text: 'Graz' }] })
    const reply = await chat()
    expect(contentOf(reply.text)).toBe('Graz')
    expect(models()).toEqual([CHEAP])
    expect(reply.headers['x-switchyard-served-by']).toBe(`openai/${CHEAP}`)
  })

  it('goes up where the user’s test fails, and counts what both have cost', async () => {
    await start({ tests: [HAS_VIENNA] })
    const reply = await chat()
    expect(contentOf(reply.text)).toBe('Vienna')
    expect(models()).toEqual([CHEAP, STRONG])
    expect(reply.headers).toMatchObject({ 'x-switchyard-served-by': `openai/${STRONG}`, 'x-switchyard-attempts': '2' })
    const [row] = await running.rows(1)
    const [first, second] = row?.attempts ?? []
    expect(inEnglish(first)).toMatchObject({ endpoint: `openai/${CHEAP}`, phase: 'done', setAside: { why: 'not good enough: Not so: it contains “Vienna”.' } })
    expect(second).toMatchObject({ endpoint: `openai/${STRONG}`, phase: 'done' })
    // the strong model alone, by the same usage
    await chat({ model: `openai/${STRONG}` })
    const [alone] = await running.rows(2)
    expect(first?.setAside?.cost).toBeGreaterThan(0)
    expect(row?.cost).toBe((alone?.cost ?? Number.NaN) + (first?.setAside?.cost ?? Number.NaN))
    expect(row?.tokens).toEqual(alone?.tokens)
    // and the router learns from it
    expect(await told(running.client['auto.evidence']({ limit: 5 }))).toMatchObject([
      { signal: 'check', model: `openai/${CHEAP}`, quality: 0, prompt: QUESTION },
    ])
  })

  it.each([
    ['is empty', '', {}],
    ['declines', 'I’m sorry, I can’t help with that.', {}],
    ['is no JSON', 'Graz', { response_format: { type: 'json_object' } }],
    [
      'breaks the schema',
      '{"town":"Graz"}',
      {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'capital', schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
        },
      },
    ],
    [
      'calls a tool without what it needs',
      { message: { tool_calls: [{ id: 'a', type: 'function', function: { name: 'look_up', arguments: '{}' } }] } },
      {
        tools: [
          { type: 'function', function: { name: 'look_up', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } } },
        ],
      },
    ],
  ] as const)('goes up where the cheap answer %s', async (_what, poor, body) => {
    says = { [CHEAP]: [poor], [STRONG]: ['{"city":"Vienna"}'] }
    await start()
    const reply = await chat(body)
    expect(reply.status, reply.text).toBe(200)
    expect(contentOf(reply.text)).toBe('{"city":"Vienna"}')
    expect(models()).toEqual([CHEAP, STRONG])
  })

  it('asks a verifier, which is paid for too and whose own failure fails nobody', async () => {
    says = { ...says, [JUDGE]: ['{"passed":false,"why":"Graz is not the capital."}', { status: 400 }] }
    await start({ verifier: `openai/${JUDGE}` })
    expect(contentOf((await chat()).text)).toBe('Vienna')
    expect(models()).toEqual([CHEAP, JUDGE, STRONG])
    const [row] = await running.rows(1)
    expect(inEnglish(row?.attempts.map(({ setAside }) => setAside?.why))).toEqual([
      'not good enough: Graz is not the capital.',
      'it judged another answer',
      undefined,
    ])
    const aside = (row?.attempts ?? []).reduce((sum, { setAside }) => sum + (setAside?.cost ?? 0), 0)
    expect(row?.cost).toBeGreaterThan(aside)
    expect(contentOf((await chat({ messages: [{ role: 'user', content: `${QUESTION} Again.` }] })).text)).toBe('Graz')
  })

  it('goes up where the cheap model does not say the same twice', async () => {
    says = { ...says, [CHEAP]: ['Graz', 'Linz is what I think', 'It might well be Salzburg'] }
    await start({ samples: 2 })
    expect(contentOf((await chat()).text)).toBe('Vienna')
    expect(models()).toEqual([CHEAP, CHEAP, CHEAP, STRONG])
  })

  it('goes up no further than the budget bears, and says so', async () => {
    // gpt-5 may cost a little over a cent; the cheap answer has cost two hundredths of one
    await start({ tests: [HAS_VIENNA] }, { budgets: { overall: { day: 0.0101 } } })
    const reply = await chat({ max_completion_tokens: 1_000 })
    expect(reply.status, reply.text).toBe(200)
    expect(contentOf(reply.text)).toBe('Graz')
    expect(models()).toEqual([CHEAP])
    const [row] = await running.rows(1)
    expect(row).toMatchObject({ outcome: 'ok', servedBy: `openai/${CHEAP}` })
    const { exchange } = (await told(running.client['traffic.get']({ id: row?.id ?? '' }))) ?? {}
    expect(english(exchange?.plan?.passedOver.find(({ endpoint }) => endpoint === `openai/${STRONG}`)?.why ?? '')).toContain('it may cost up to $0.01')
    expect(await told(running.client['budgets.list']({}))).toMatchObject([{ spent: row?.cost, reserved: 0 }])
  })

  it('asks no verifier and no second time where the budget does not bear it', async () => {
    says = { ...says, [CHEAP]: ['Graz', 'Linz is what I think', 'It might well be Salzburg'], [JUDGE]: ['{"passed":false,"why":"No."}'] }
    // the verifier may write some 4,000 tokens, four cents
    await start({ verifier: `openai/${JUDGE}` }, { budgets: { overall: { day: 0.03 } } })
    expect(contentOf((await chat({ max_completion_tokens: 1_000 })).text)).toBe('Graz')
    expect(models()).toEqual([CHEAP])
    expect(await told(running.client['budgets.list']({}))).toMatchObject([{ reserved: 0 }])
  })

  it('sets aside what a check may cost while it runs', async () => {
    let during: unknown
    says = { ...says, [JUDGE]: ['{"passed":true,"why":""}'] }
    await start({ verifier: `openai/${JUDGE}` }, { budgets: { overall: { day: 1 } } })
    upstream.answer((seen, response) => {
      const body = JSON.parse(seen.body) as Asked
      if (body.model !== JUDGE) answer('Graz', body, response)
      else
        void told(running.client['budgets.list']({})).then((states) => {
          during = states
          answer('{"passed":true,"why":""}', body, response)
        })
    })
    await chat({ max_completion_tokens: 1_000 })
    // the cheap answer's own cost, and the verifier's at most
    expect((during as readonly { reserved: number }[])[0]?.reserved).toBeGreaterThan(0.0409 * 1e9)
    expect(await told(running.client['budgets.list']({}))).toMatchObject([{ reserved: 0 }])
  })

  it('shows the poor answer where the better model fails', async () => {
    says = { ...says, [STRONG]: [{ status: 400 }] }
    await start({ tests: [HAS_VIENNA] })
    const reply = await chat()
    expect(reply.status, reply.text).toBe(200)
    expect(contentOf(reply.text)).toBe('Graz')
    const [row] = await running.rows(1)
    expect(row).toMatchObject({ outcome: 'ok', servedBy: `openai/${CHEAP}` })
    expect(row?.attempts.map(({ phase }) => phase)).toEqual(['done', 'failed'])
    expect(row?.attempts[0]?.setAside).toBeUndefined()
  })

  it('takes nothing back from a stream, unless its client asked for it to be held', async () => {
    await start({ tests: [HAS_VIENNA] })
    const plain = await chat({ stream: true })
    expect(plain.text).toContain('"content":"')
    expect(asked).toHaveLength(1)
    asked = []
    const held = await chat({ stream: true }, { 'x-switchyard-escalate': 'hold' })
    expect(held.text).toContain('Vienna')
    expect(held.text).not.toContain('Graz')
    expect(held.text.trim().endsWith('data: [DONE]')).toBe(true)
    expect(models()).toEqual([CHEAP, STRONG])
  })

  it('is off by default, and only for what automatic routing has chosen', async () => {
    await start({ enabled: false, tests: [HAS_VIENNA] })
    await chat()
    expect(asked).toHaveLength(1)
    await told(
      running.client['settings.update']({
        auto: { ...(await told(running.client['settings.get']({}))).auto, escalation: { enabled: true, tests: [HAS_VIENNA] } as never },
      }),
    )
    asked = []
    expect(contentOf((await chat({ model: `openai/${CHEAP}` })).text)).toBe('Graz')
    expect(models()).toEqual([CHEAP])
  })
})
