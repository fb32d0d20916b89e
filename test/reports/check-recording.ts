/** Everything that must hold for one recorded exchange, as a list of what does not. */
import { isDeepStrictEqual } from 'node:util'
import { withCitations } from '../../electron/engine/protocols/citations.ts'
import { asJsonArray } from '../../electron/engine/protocols/gemini/json-array.ts'
import { checkGeminiResponses } from '../../electron/engine/protocols/grammar/gemini.ts'
import type { ClientFormat } from '../../electron/engine/protocols/protocol.ts'
import { type ChatDialect, type ChatEvent, isContent, type JsonObject, totalInput, totalOutput } from '../../shared/chat.ts'
import { Failure, type FailureKind } from '../../shared/failure.ts'
import { CONTEXT, checkStream, clientDoors, type Format, readStream, readWhole, writeStream } from '../support/formats.ts'
import { argumentsOf, type Meaning, meaningOf } from '../support/meaning.ts'
import { type Heard, officialParsers } from '../support/official-parsers.ts'
import { CUTS, type Expected, type Recording } from '../support/recordings.ts'

export interface Problem {
  readonly step: string
  readonly what: string
}

/** The recordings' words for refusals, and the kinds of ours that they may be. */
const KINDS: Readonly<Record<string, readonly FailureKind[]>> = {
  auth: ['credential-refused'],
  model_not_found: ['model-missing'],
  unsupported_parameter: ['unsupported-parameter'],
  invalid_request: ['bad-request'],
  rate_limit: ['rate-limited'],
  quota: ['out-of-credit', 'rate-limited'],
  context_length: ['context-too-long'],
  overloaded: ['overloaded'],
  server: ['upstream-error', 'overloaded'],
  server_error: ['upstream-error', 'overloaded'],
  content_filter: ['content-policy'],
}

const FINISH_WORDS = { stop: 'stop', length: 'length', 'tool-calls': 'tool_calls', 'content-filter': 'content_filter', error: 'error' } as const

/** Counts that cannot be compared, since the provider contradicts itself or nobody else has read them; what is billed is compared all the same. */
function uncompared({ usage }: Expected, format: Format): ReadonlySet<string> {
  const fields = new Set<string>()
  if ((usage?.cached_tokens ?? 0) > (usage?.prompt_tokens ?? 0)) fields.add('cached_tokens')
  if ((usage?.reasoning_tokens ?? 0) > (usage?.completion_tokens ?? 0)) fields.add('reasoning_tokens')
  // the recordings' reader does not look for them there; they are part of what is compared as completion_tokens
  if (format.id === 'cohere-v2') fields.add('reasoning_tokens')
  if (usage?.upstream_total !== undefined) for (const field of ['completion_tokens', 'reasoning_tokens']) fields.add(field)
  return fields
}

export async function checkRecording(recording: Recording, format: Format): Promise<readonly Problem[]> {
  return recording.status >= 400 ? checkRefusal(recording, format) : await checkAnswer(recording, format)
}

/** Doors through which some of what models say cannot pass. */
const WITHOUT_CALLS: ReadonlySet<ChatDialect> = new Set(['openai-completions', 'ollama-generate'])
/** Formats that leave a count out where it is unknown; the others demand one and say 0. */
const LEAVES_OUT_UNKNOWN: ReadonlySet<ChatDialect> = new Set(['gemini', 'cohere-v2', 'ollama-chat', 'ollama-generate'])

/** What its provider made of a request that it refused, against what the recording's reader found; and the refusal as each client gets it. */
export function checkRefusal({ status, headers, body, expected }: Recording, format: Pick<Format, 'classify'>): readonly Problem[] {
  const problems: Problem[] = []
  const failure = format.classify(status, headers, body.toString('utf8'))
  const kinds = KINDS[expected.error?.kind ?? '']
  if (kinds !== undefined && !kinds.includes(failure.kind)) problems.push({ step: 'refusal', what: `${failure.kind} instead of ${kinds.join(' or ')}` })
  if (failure.upstreamStatus !== status) problems.push({ step: 'refusal', what: `status ${failure.upstreamStatus} instead of ${status}` })
  if (/<html|\n/.test(failure.message) || failure.message === '') problems.push({ step: 'refusal', what: 'a message nobody can read' })
  for (const dialect of clientDoors) problems.push(...refusalProblems(failure, dialect).map((what) => ({ step: `-> ${dialect.id}`, what })))
  return problems
}

function refusalProblems(failure: Failure, dialect: ClientFormat): readonly string[] {
  const text = JSON.stringify(dialect.writeFailure(failure, 'req-1'))
  return text.includes(JSON.stringify(failure.message).slice(1, -1)) ? [] : ['the refusal lost its message']
}

async function checkAnswer(recording: Recording, format: Format): Promise<readonly Problem[]> {
  const read = readAnswer(recording, format)
  const { events } = read
  if (events === undefined) return read.problems
  const problems = [...read.problems]
  const meaning = meaningOf(events)
  // a job that was only put into a queue has said nothing that could be written for anyone
  if (meaning.finish === undefined && meaning.error === undefined && typeof recording.expected.finish_reason !== 'string') return problems
  // clients of another format are told of sources in its own words
  const citing = withCitations(format)
  const cited = recording.response.endsWith('.json') ? readWhole(citing, recording.body) : readStream(citing, recording.body)
  for (const dialect of clientDoors) {
    const told = await checkWritten(dialect.id === format.id ? events : cited, meaning, dialect, format)
    problems.push(...told.map((what) => ({ step: `-> ${dialect.id}`, what })))
  }
  return problems
}

/** The events of a recorded answer, and where they differ from what its independent reader found in it, or from themselves when cut. */
export function readAnswer(recording: Recording, format: Format): { readonly events: readonly ChatEvent[] | undefined; readonly problems: readonly Problem[] } {
  const isStream = !recording.response.endsWith('.json')
  let events: readonly ChatEvent[]
  try {
    events = isStream ? readStream(format, recording.body) : readWhole(format, recording.body)
  } catch (thrown) {
    return { events: undefined, problems: [{ step: 'read', what: wordsOf(thrown) }] }
  }
  const problems = compare(meaningOf(events), recording.expected, format).map((what) => ({ step: 'read', what }))
  if (isStream) {
    for (const size of CUTS) {
      if (Number.isFinite(size) && !isDeepStrictEqual(readStream(format, recording.body, size), events))
        problems.push({ step: 'cut', what: `cut at ${size} it reads differently` })
    }
  }
  return { events, problems }
}

function compare(meaning: Meaning, expected: Expected, format: Format): readonly string[] {
  const problems: string[] = []
  const same = (what: string, found: unknown, wanted: unknown): void => {
    if (!isDeepStrictEqual(found, wanted)) problems.push(`${what}: ${shown(found)} instead of ${shown(wanted)}`)
  }
  same('text', meaning.text, expected.text ?? '')
  // Cohere's older models write a plan before they call tools, which reads as reasoning
  same('reasoning', meaning.reasoning, (expected.tool_plan ?? '') + (expected.reasoning ?? ''))
  same('refusal', meaning.refusal, expected.refusal ?? '')
  same(
    'calls',
    meaning.calls.map((call) => ({ name: call.name, arguments: argumentsOf(call) })),
    (expected.tool_calls ?? []).map((call) => ({ name: call.name, arguments: call.arguments ?? {} })),
  )
  for (const [index, call] of (expected.tool_calls ?? []).entries()) if (call.id) same('call id', meaning.calls[index]?.id, call.id)
  if (meaning.calls.some(({ id }) => id === '')) problems.push('a call without an id')
  same('signatures', meaning.sealed, expected.signatures ?? 0)
  if (expected.logprobs !== undefined) same('logprobs', meaning.logprobs, expected.logprobs)
  same('error in band', meaning.error !== undefined, expected.midstream_error !== undefined)
  // an error in band ends an answer without a reason of its own
  if (typeof expected.finish_reason === 'string' && meaning.error === undefined) {
    same('finish', meaning.finish && FINISH_WORDS[meaning.finish], expected.finish_reason)
    same('raw finish', meaning.raw, expected.finish_reason_raw)
  }
  const { usage } = expected
  if (usage === undefined) {
    if (meaning.tokens !== undefined) problems.push('token counts that nobody sent')
    return problems
  }
  const tokens = meaning.tokens ?? {}
  const counted: Readonly<Record<string, number | undefined>> = {
    prompt_tokens: totalInput(tokens),
    completion_tokens: totalOutput(tokens),
    cached_tokens: tokens.cacheRead,
    cache_write_tokens: (tokens.cacheWrite5m ?? 0) + (tokens.cacheWrite1h ?? 0),
    reasoning_tokens: tokens.reasoning,
  }
  const skipped = uncompared(expected, format)
  for (const [field, count] of Object.entries(counted)) if (!skipped.has(field)) same(field, count ?? 0, usage[field as keyof typeof usage] ?? 0)
  if (usage.upstream_total !== undefined) same('total tokens', (counted.prompt_tokens ?? 0) + (counted.completion_tokens ?? 0), usage.upstream_total)
  for (const [bucket, count] of Object.entries(tokens)) if (!(count >= 0)) problems.push(`${bucket} is ${count}`)
  return problems
}

/** Writes the answer for clients of a dialect, streamed and whole, and has it checked by the grammar and by the official client. */
async function checkWritten(events: readonly ChatEvent[], meaning: Meaning, dialect: ClientFormat, format: Format): Promise<readonly string[]> {
  const problems: string[] = []
  const breaks = meaning.error !== undefined || meaning.finish === 'error'
  const heard = async (how: string, answer: string, streamed: boolean): Promise<void> => {
    for (const what of differences(await officialParsers[dialect.id](answer, streamed), meaning, dialect)) problems.push(`${how}: ${what}`)
  }
  // of one's own format a client gets the provider's bytes; the writer is for what others say
  const isRelay = dialect.id === format.id
  try {
    if (meaning.error !== undefined) {
      // before anything was said there is no stream to break off: the client gets a plain refusal
      if (!events.some(isContent)) return refusalProblems(new Failure('upstream-error', meaning.error), dialect)
      const writer = dialect.writer(CONTEXT)
      const sent = events.flatMap((event) => (event.type === 'error' ? [] : [writer.write(event)])).join('')
      checkStream(dialect.id, sent + writer.fail(new Failure('upstream-error', meaning.error)))
    } else {
      const stream = writeStream(dialect, events)
      if (!isRelay || !hasOpaque(events)) checkStream(dialect.id, stream)
      if (!breaks) await heard('streamed', stream, true)
      // without alt=sse Gemini's streams are one list
      if (dialect.id === 'gemini' && !isRelay) checkGeminiResponses(asList(dialect, events))
    }
  } catch (thrown) {
    problems.push(`streamed: ${wordsOf(thrown)}`)
  }
  if (breaks) return problems
  try {
    await heard('whole', JSON.stringify(dialect.writeWhole(events, CONTEXT)), false)
  } catch (thrown) {
    problems.push(`whole: ${wordsOf(thrown)}`)
  }
  return problems
}

function asList(dialect: ClientFormat, events: readonly ChatEvent[]): readonly JsonObject[] {
  const writer = asJsonArray(dialect.writer(CONTEXT))
  return JSON.parse(events.map((event) => writer.write(event)).join('') + writer.end()) as readonly JsonObject[]
}

/** Parts that only one dialect knows go back to it as they came, so its provider's own departures do too. */
function hasOpaque(events: readonly ChatEvent[]): boolean {
  return events.some((event) => event.type === 'opaque')
}

function differences(heard: Heard, meaning: Meaning, dialect: ClientFormat): readonly string[] {
  const problems: string[] = []
  const same = (what: string, found: unknown, wanted: unknown): void => {
    if (!isDeepStrictEqual(found, wanted)) problems.push(`${what} ${shown(found)} instead of ${shown(wanted)}`)
  }
  same('text', heard.text, meaning.text + meaning.refusal)
  same(
    'calls',
    heard.calls.map(({ name, arguments: given }) => ({ name, arguments: given })),
    WITHOUT_CALLS.has(dialect.id) ? [] : meaning.calls.map((call) => ({ name: call.name, arguments: argumentsOf(call) })),
  )
  const { tokens } = meaning
  if (tokens === undefined) return problems
  const unknown = LEAVES_OUT_UNKNOWN.has(dialect.id) ? undefined : 0
  same('input tokens', heard.input, totalInput(tokens) ?? unknown)
  same('output tokens', heard.output, totalOutput(tokens) ?? unknown)
  return problems
}

export function wordsOf(thrown: unknown): string {
  return thrown instanceof Failure ? `${thrown.kind}: ${thrown.message}` : String(thrown)
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`
}
