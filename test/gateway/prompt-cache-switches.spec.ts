/**
 * What a conversation of twenty turns costs through an outage and two changes of the model, against the least that the providers' rules allow. The
 * providers are made from Anthropic's documentation: what a mark covers is kept, per host and model, and read by whatever begins with it.
 */
import { afterEach, expect, it } from 'vitest'
import { answerJson, type FakeUpstream, fakeUpstream, type Seen } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'

let upstream: FakeUpstream
let running: TestGateway
afterEach(async () => {
  await running.close()
  await upstream.close()
})

const TURNS = 20
const OUTPUT = 75
const SYSTEM = 'You are a careful assistant. '.repeat(700)
/** Least tokens, and micro-USD per token, from Anthropic's price page; OpenRouter passes them on. */
const MODELS = {
  'claude-sonnet-4-5': { least: 1_024, input: 3, output: 15 },
  'claude-haiku-4-5': { least: 4_096, input: 1, output: 5 },
} as const
type Model = keyof typeof MODELS
const WRITE = 1.25
const READ = 0.1
const HOSTS = ['anthropic', 'openrouter'] as const
type Host = (typeof HOSTS)[number]

const tokensOf = (text: string): number => Math.ceil(text.length / 4)

interface Block {
  readonly text: string
  readonly cache_control?: object
}
interface Sent {
  readonly model: string
  readonly system?: string | readonly Block[]
  readonly cache_control?: object
  readonly messages: readonly { readonly content: string | readonly Block[] }[]
}

const hostOf = ({ url }: Seen): Host => (url.endsWith('/v1/messages') ? 'anthropic' : 'openrouter')
const modelOf = (name: string): Model => (name.includes('haiku') ? 'claude-haiku-4-5' : 'claude-sonnet-4-5')

/** Two hosts with the caches of two models each. */
class Providers {
  down: Host | undefined
  last: Host | undefined
  readonly #kept = new Map<string, string[]>()

  answer(seen: Seen): { readonly status: number; readonly body: object } {
    const host = hostOf(seen)
    if (host === this.down) return { status: 529, body: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } } }
    this.last = host
    const sent = JSON.parse(seen.body) as Sent
    const model = modelOf(sent.model)
    const blocks = [...(sent.system === undefined ? [] : [sent.system]), ...sent.messages.map(({ content }) => content)].flatMap((content) =>
      typeof content === 'string' ? [{ text: content }] : content,
    ) as readonly Block[]
    const prefixes = blocks.map((_, index) =>
      blocks
        .slice(0, index + 1)
        .map(({ text }) => text)
        .join('\n'),
    )
    const marks = blocks.flatMap(({ cache_control }, index) => (cache_control === undefined ? [] : [index]))
    if (sent.cache_control !== undefined) marks.push(blocks.length - 1)
    const key = `${host} ${model}`
    const kept = this.#kept.get(key) ?? []
    const lastMark = marks.at(-1)
    // a mark is looked for at itself and up to 20 blocks before it
    const readable = prefixes.filter((prefix, index) => kept.includes(prefix) && marks.some((mark) => index <= mark && mark - index < 20))
    const read = tokensOf(readable.at(-1) ?? '')
    const whole = tokensOf(prefixes.at(-1) ?? '')
    const covered = lastMark === undefined ? 0 : tokensOf(prefixes[lastMark] ?? '')
    const isKept = covered >= MODELS[model].least
    if (isKept)
      this.#kept.set(key, [...kept, ...marks.flatMap((mark) => (tokensOf(prefixes[mark] ?? '') >= MODELS[model].least ? [prefixes[mark] ?? ''] : []))])
    const written = isKept ? Math.max(0, covered - read) : 0
    return { status: 200, body: host === 'anthropic' ? inMessages(sent.model, whole, read, written) : inChat(sent.model, whole, read, written) }
  }
}

const ANSWER = 'x'.repeat(4 * OUTPUT)
const inMessages = (model: string, whole: number, read: number, written: number): object => ({
  ...{ id: 'msg_1', type: 'message', role: 'assistant', model, content: [{ type: 'text', text: ANSWER }], stop_reason: 'end_turn', stop_sequence: null },
  usage: { input_tokens: whole - read - written, cache_read_input_tokens: read, cache_creation_input_tokens: written, output_tokens: OUTPUT },
})
const inChat = (model: string, whole: number, read: number, written: number): object => ({
  ...{ id: 'gen-1', object: 'chat.completion', created: 1, model },
  choices: [{ index: 0, message: { role: 'assistant', content: ANSWER }, finish_reason: 'stop' }],
  usage: {
    ...{ prompt_tokens: whole, completion_tokens: OUTPUT, total_tokens: whole + OUTPUT },
    prompt_tokens_details: { cached_tokens: read, cache_write_tokens: written },
  },
})

interface Turn {
  readonly model: Model
  /** Whoever served the turn before the outage began is down. */
  readonly outage: boolean
  readonly prompt: number
}

/**
 * The least these turns can cost, in micro-USD: every host that is up is tried, with and without keeping the prompt, over all that may have been kept
 * before. The outage hits whoever serves the conversation, so nobody can foresee and avoid it. Knows nothing of how anything is routed or marked.
 */
function bestPossible(turns: readonly Turn[]): number {
  const known = new Map<string, number>()
  const from = (at: number, kept: Readonly<Record<string, number>>, last: Host | undefined, brokenBefore: Host | undefined): number => {
    const turn = turns[at]
    if (turn === undefined) return 0
    const broken = turn.outage ? (brokenBefore ?? last) : undefined
    const key = `${at} ${last} ${broken} ${JSON.stringify(Object.entries(kept).sort())}`
    const found = known.get(key)
    if (found !== undefined) return found
    const { least, input, output } = MODELS[turn.model]
    let best = Number.POSITIVE_INFINITY
    for (const host of HOSTS.filter((each) => each !== broken)) {
      const place = `${host} ${turn.model}`
      const read = kept[place] ?? 0
      const fresh = turn.prompt - read
      best = Math.min(best, (read * READ + fresh) * input + from(at + 1, kept, host, broken))
      if (turn.prompt >= least) best = Math.min(best, (read * READ + fresh * WRITE) * input + from(at + 1, { ...kept, [place]: turn.prompt }, host, broken))
    }
    known.set(key, best + OUTPUT * output)
    return best + OUTPUT * output
  }
  return from(0, {}, undefined, undefined)
}

/** Haiku for three turns in the middle; an outage of whoever served the fifth turn for the three that follow. */
const modelAt = (turn: number): Model => (turn >= 12 && turn < 15 ? 'claude-haiku-4-5' : 'claude-sonnet-4-5')
const isOut = (turn: number): boolean => turn >= 5 && turn < 8

async function converse(marks: 'off' | 'aggressive'): Promise<{ readonly paid: number; readonly turns: readonly Turn[]; readonly hosts: ReadonlySet<Host> }> {
  const providers = new Providers()
  upstream = await fakeUpstream((seen, response) => {
    const { status, body } = providers.answer(seen)
    return answerJson(body, status)(seen, response)
  })
  running = await startGateway({
    upstream: upstream.url,
    environment: { OPENROUTER_API_KEY: 'made-up-openrouter-key-0a9b8c7d6e5f' },
    settings: { promptCache: { anthropic: marks } },
  })
  const said: { role: string; content: unknown }[] = []
  const turns: Turn[] = []
  const hosts = new Set<Host>()
  let broken: Host | undefined
  for (let turn = 0; turn < TURNS; turn++) {
    if (turn === 5) broken = providers.last
    providers.down = isOut(turn) ? broken : undefined
    said.push({ role: 'user', content: `Question ${turn}: ${'y'.repeat(400)}` })
    const answer = await raw(`${running.address}/v1/messages`, {
      headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: modelAt(turn),
        ...{ max_tokens: 100, system: SYSTEM, messages: said },
      }),
    })
    expect(answer.status).toBe(200)
    if (providers.last !== undefined) hosts.add(providers.last)
    const prompt = tokensOf([SYSTEM, ...said.map(({ content }) => (typeof content === 'string' ? content : ANSWER))].join('\n'))
    turns.push({ model: modelAt(turn), outage: isOut(turn), prompt })
    said.push({ role: 'assistant', content: answer.json<{ content: unknown }>().content })
  }
  const rows = await running.rows(TURNS)
  // the ledger counts in nano-USD
  return { paid: rows.reduce((sum, row) => sum + (row.cost ?? Number.NaN), 0) / 1_000, turns, hosts }
}

it('through an outage and two changes of the model it costs within 5 % of the best possible', async () => {
  const { paid, turns, hosts } = await converse('aggressive')
  const best = bestPossible(turns)
  console.info(`paid $${(paid / 1e6).toFixed(5)}, the best possible is $${(best / 1e6).toFixed(5)}: ${((100 * paid) / best - 100).toFixed(2)} % above`)
  expect(hosts.size).toBe(2)
  expect(paid).toBeGreaterThanOrEqual(best * 0.999)
  expect(paid).toBeLessThanOrEqual(best * 1.05)
})

it('without marks it costs more than twice that', async () => {
  const { paid, turns } = await converse('off')
  expect(paid).toBeGreaterThan(2 * bestPossible(turns))
})
