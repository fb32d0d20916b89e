/** Everything that may go wrong between Switchyard and a provider, and what each must mean. Bodies are written from documentation. */
import type { ServerResponse } from 'node:http'
import type { FailureKind } from '../../shared/failure.ts'
import { type Answering, answerJson } from './fake-upstream.ts'

export interface Fault {
  readonly what: string
  /** undefined: no provider is reached at all. */
  readonly answer: Answering | undefined
  /** Where the provider is, for those that cannot be reached. */
  readonly address?: 'closed port' | 'unknown host' | 'no TLS'
  readonly modes: readonly ('stream' | 'whole')[]
  readonly expects: /** Before the first content. `again`: tries of the same place that follow when it is alone; `moves`: another place is tried at once. */
    | {
        readonly is: 'failure'
        readonly kind: FailureKind
        readonly status: number
        readonly again: number
        readonly moves: boolean
        readonly retryAfter?: true
      }
    /** After the first content: told in band, never mended elsewhere. */
    | { readonly is: 'broken'; readonly kind: FailureKind }
    /** `calls`: it took so many. */
    | { readonly is: 'answer'; readonly calls: number }
    | { readonly is: 'client leaves'; readonly after: 'call' | 'content' }
  /** What looks like the end of an idle connection is sent once more on another one, which is no attempt. */
  readonly looksIdle?: true
  /** How the key is shown from then on. */
  readonly marks?: 'refused' | 'out-of-credit'
}

export const GOOD_TEXT = 'fine'
const BOTH = ['stream', 'whole'] as const
const STREAM = ['stream'] as const
const WHOLE = ['whole'] as const

const chunk = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
const ROLE = chunk({ role: 'assistant', content: '' })
const ONCE = chunk({ content: 'Once upon' })
const IN_BAND = `data: ${JSON.stringify({ error: { message: 'The engine is overloaded', type: 'overloaded_error', code: 503 } })}\n\n`

const isStreamed = (body: string): boolean => body.includes('"stream":true')
const opened = (response: ServerResponse): ServerResponse => response.writeHead(200, { 'content-type': 'text/event-stream' })
const events =
  (...pieces: readonly string[]): Answering =>
  (_seen, response) =>
    void opened(response).end(pieces.join(''))
const refusal = (status: number, error: object, headers: Record<string, string> = {}): Answering => answerJson({ error }, status, headers)

/** What a provider that is well says. */
export const good: Answering = (seen, response) =>
  isStreamed(seen.body)
    ? events(ROLE, chunk({ content: GOOD_TEXT }), chunk({}, 'stop'), 'data: [DONE]\n\n')(seen, response)
    : answerJson({
        ...{ id: 'c', object: 'chat.completion', created: 1, model: 'm' },
        choices: [{ index: 0, message: { role: 'assistant', content: GOOD_TEXT }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
      })(seen, response)

const drip: Answering = async (seen, response) => {
  const pieces = isStreamed(seen.body)
    ? [ROLE, ...[...GOOD_TEXT].map((letter) => chunk({ content: letter })), chunk({ content: ` ${GOOD_TEXT}` }), chunk({}, 'stop'), 'data: [DONE]\n\n']
    : [...JSON.stringify({ id: 'c', model: 'm', choices: [{ index: 0, message: { role: 'assistant', content: GOOD_TEXT }, finish_reason: 'stop' }] })]
  response.writeHead(200, { 'content-type': isStreamed(seen.body) ? 'text/event-stream' : 'application/json' })
  for (const [index, piece] of pieces.entries()) {
    response.write(piece)
    if (index % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 15))
  }
  response.end()
}

const failure = (kind: FailureKind, status: number, again: number, moves = true): Extract<Fault['expects'], { is: 'failure' }> => ({
  ...{ is: 'failure', kind, status, again, moves },
})
const busy = { ...failure('overloaded', 503, 2), retryAfter: true } as const

export const FAULTS: readonly Fault[] = [
  { what: 'refused', answer: undefined, address: 'closed port', modes: BOTH, expects: failure('upstream-unreachable', 502, 1) },
  { what: 'DNS', answer: undefined, address: 'unknown host', modes: BOTH, expects: failure('upstream-unreachable', 502, 1) },
  { what: 'TLS', answer: undefined, address: 'no TLS', modes: BOTH, expects: failure('upstream-unreachable', 502, 1) },
  {
    what: '400',
    answer: refusal(400, { message: 'Invalid messages', type: 'invalid_request_error' }),
    modes: BOTH,
    expects: failure('bad-request', 400, 0, false),
  },
  {
    what: '400 context too long',
    answer: refusal(400, { message: 'maximum context length is 8192 tokens', code: 'context_length_exceeded' }),
    modes: BOTH,
    expects: failure('context-too-long', 400, 0, false),
  },
  {
    what: '400 content policy',
    answer: refusal(400, { message: 'Rejected by the content policy', code: 'content_filter' }),
    modes: BOTH,
    expects: failure('content-policy', 400, 0, false),
  },
  {
    what: '400 unsupported parameter',
    answer: (seen, response) =>
      (seen.body.includes('"temperature"') ? refusal(400, { message: 'Unsupported parameter', param: 'temperature', code: 'unsupported_parameter' }) : good)(
        seen,
        response,
      ),
    modes: BOTH,
    expects: { is: 'answer', calls: 2 },
  },
  {
    what: '401',
    answer: refusal(401, { message: 'Incorrect key', code: 'invalid_api_key' }),
    modes: BOTH,
    expects: failure('credential-refused', 401, 0),
    marks: 'refused',
  },
  { what: '402', answer: refusal(402, { message: 'Add credit' }), modes: BOTH, expects: failure('out-of-credit', 402, 0), marks: 'out-of-credit' },
  { what: '403', answer: refusal(403, { message: 'Not allowed' }), modes: BOTH, expects: failure('credential-refused', 401, 0), marks: 'refused' },
  { what: '404 model', answer: refusal(404, { message: 'no such model', code: 'model_not_found' }), modes: BOTH, expects: failure('model-missing', 404, 0) },
  { what: '408', answer: refusal(408, { message: 'timed out' }), modes: BOTH, expects: busy },
  { what: '409', answer: refusal(409, { message: 'locked' }), modes: BOTH, expects: busy },
  { what: '413', answer: refusal(413, { message: 'too large' }), modes: BOTH, expects: failure('body-too-large', 413, 0, false) },
  {
    what: '429 with Retry-After',
    answer: refusal(429, { message: 'slow down' }, { 'retry-after-ms': '40' }),
    modes: BOTH,
    expects: { ...failure('rate-limited', 429, 2), retryAfter: true },
  },
  {
    what: '429 without Retry-After',
    answer: refusal(429, { message: 'slow down' }),
    modes: BOTH,
    expects: { ...failure('rate-limited', 429, 0), retryAfter: true },
  },
  { what: '500', answer: refusal(500, { message: 'oops' }), modes: BOTH, expects: failure('upstream-error', 502, 1) },
  { what: '502', answer: refusal(502, { message: 'bad gateway' }), modes: BOTH, expects: busy },
  { what: '503', answer: refusal(503, { message: 'busy' }), modes: BOTH, expects: busy },
  { what: '529', answer: refusal(529, { message: 'overloaded' }), modes: BOTH, expects: busy },
  {
    what: 'HTML body',
    answer: (_seen, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Welcome to the hotel</body></html>'),
    modes: BOTH,
    expects: failure('upstream-unreadable', 502, 1),
  },
  {
    what: 'empty 200',
    answer: (_seen, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(),
    modes: WHOLE,
    expects: failure('upstream-unreadable', 502, 1),
  },
  { what: 'empty 200', answer: events(), modes: STREAM, expects: failure('stream-broken', 502, 1) },
  { what: 'hang before headers', answer: () => undefined, modes: BOTH, expects: failure('timeout', 504, 1) },
  { what: 'hang before first event', answer: (_seen, response) => opened(response).flushHeaders(), modes: BOTH, expects: failure('timeout', 504, 1) },
  { what: 'role chunk then error', answer: events(ROLE, IN_BAND), modes: STREAM, expects: busy },
  { what: 'malformed SSE', answer: events(ROLE, 'data: {"choices":[{"delta"\n\n'), modes: STREAM, expects: failure('upstream-unreadable', 502, 1) },
  {
    what: 'reset before the answer',
    answer: (_seen, response) => void response.destroy(),
    looksIdle: true,
    modes: BOTH,
    expects: failure('upstream-unreachable', 502, 1),
  },
  {
    what: 'reset in the answer',
    answer: (_seen, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":')
      // a reset takes back what has not been read yet
      setTimeout(() => response.destroy(), 100)
    },
    modes: WHOLE,
    expects: failure('stream-broken', 502, 1),
  },
  { what: 'error mid-stream', answer: events(ROLE, ONCE, IN_BAND), modes: STREAM, expects: { is: 'broken', kind: 'overloaded' } },
  {
    what: 'reset mid-stream',
    answer: (_seen, response) => {
      opened(response).write(ROLE + ONCE)
      // a reset takes back what has not been read yet
      setTimeout(() => response.destroy(), 100)
    },
    modes: STREAM,
    expects: { is: 'broken', kind: 'stream-broken' },
  },
  {
    what: 'malformed SSE mid-stream',
    answer: events(ROLE, ONCE, 'data: {"choices":[{"delta"\n\n'),
    modes: STREAM,
    expects: { is: 'broken', kind: 'upstream-unreadable' },
  },
  {
    what: 'silence mid-stream',
    answer: (_seen, response) => void opened(response).write(ROLE + ONCE),
    modes: STREAM,
    expects: { is: 'broken', kind: 'timeout' },
  },
  { what: 'slow drip', answer: drip, modes: BOTH, expects: { is: 'answer', calls: 1 } },
  { what: 'client leaves before headers', answer: () => undefined, modes: BOTH, expects: { is: 'client leaves', after: 'call' } },
  {
    what: 'client leaves before first event',
    answer: (_seen, response) => opened(response).flushHeaders(),
    modes: BOTH,
    expects: { is: 'client leaves', after: 'call' },
  },
  {
    what: 'client leaves mid-stream',
    answer: (_seen, response) => void opened(response).write(ROLE + ONCE),
    modes: STREAM,
    expects: { is: 'client leaves', after: 'content' },
  },
]
