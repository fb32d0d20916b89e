/**
 * One typed contract between the workbench and the engine, with no knowledge of our routes: a route is declared once with its input and
 * output; the server checks input at one door; failures travel as data. One `Request -> Response` function serves it over memory, loopback HTTP
 * and the window's app:// handler alike.
 *
 * On the wire: `POST {prefix}{route}` with a JSON body. reads and writes answer `{ok: true, value}` or `{ok: false, failure}`; streams answer
 * NDJSON, a line an item, `{item}` each and `{failure}` as the last line when it broke.
 */
import type { infer as Infer, ZodType } from 'zod'
import { english, type Ours } from './messages/english.ts'
import { inputMessage } from './messages/input.ts'
import type { Message } from './messages/message.ts'
import { SpokenError } from './messages/spoken-error.ts'

export type Kind = 'reads' | 'writes' | 'streams'

export interface Route<K extends Kind, Input, Output> {
  readonly kind: K
  readonly input: ZodType<Input>
  /** Never set; carries the output's type. */
  readonly output?: Output
}

// biome-ignore lint/suspicious/noExplicitAny: the widest route there is
export type ApiShape = Readonly<Record<string, Route<Kind, any, any>>>

/** Asks and changes nothing. `Out` is the only type to give: the input's comes from the schema. */
export function reads<S extends ZodType>(input: S) {
  return { returns: <Output>(): Route<'reads', Infer<S>, Output> => ({ kind: 'reads', input: input as ZodType<Infer<S>> }) }
}
/** Changes something. */
export function writes<S extends ZodType>(input: S) {
  return { returns: <Output>(): Route<'writes', Infer<S>, Output> => ({ kind: 'writes', input: input as ZodType<Infer<S>> }) }
}
/** Answers with many items over time. */
export function streams<S extends ZodType>(input: S) {
  return { of: <Item>(): Route<'streams', Infer<S>, Item> => ({ kind: 'streams', input: input as ZodType<Infer<S>> }) }
}

export type InputOf<R> = R extends Route<Kind, infer Input, unknown> ? Input : never
export type OutputOf<R> = R extends Route<Kind, infer _Input, infer Output> ? Output : never

/**
 * A failure as the workbench sees it. `kind` is for code, `message` for people, in English; `said` is what other languages are made from, where it is
 * ours. `field` names the input at fault.
 */
export interface ApiFailure {
  readonly kind: 'bad-input' | 'not-found' | 'conflict' | 'refused' | 'unavailable' | 'signed-out' | 'internal'
  readonly message: string
  readonly said?: Message
  readonly field?: string
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ApiFailure }

/** Thrown by handlers to answer with a failure; anything else thrown becomes 'internal' and stays inside. */
export class ApiError extends SpokenError {
  readonly failure: ApiFailure
  constructor(kind: ApiFailure['kind'], said: string | Ours, field?: string) {
    super(said)
    this.name = 'ApiError'
    this.failure = failed(kind, said, field)
  }
}

function failed(kind: ApiFailure['kind'], said: string | Ours, field?: string): ApiFailure {
  return { kind, message: english(said), ...(typeof said !== 'string' && { said }), ...(field !== undefined && { field }) }
}

export type Handlers<A extends ApiShape> = {
  readonly [N in keyof A]: A[N]['kind'] extends 'streams'
    ? (input: InputOf<A[N]>, signal: AbortSignal) => AsyncIterable<OutputOf<A[N]>>
    : (input: InputOf<A[N]>, signal: AbortSignal) => Promise<OutputOf<A[N]>> | OutputOf<A[N]>
}

export type Client<A extends ApiShape> = {
  readonly [N in keyof A]: A[N]['kind'] extends 'streams'
    ? (input: InputOf<A[N]>, signal?: AbortSignal) => AsyncIterable<OutputOf<A[N]>>
    : (input: InputOf<A[N]>, signal?: AbortSignal) => Promise<Result<OutputOf<A[N]>>>
}

/** `{ 'keys.add': 'writes', ... }`: all the renderer needs to know at run time. */
export type Kinds<A extends ApiShape> = { readonly [N in keyof A]: A[N]['kind'] }

/** Sends one request; `fetch` in a browser, the server's own function in memory. */
export type Transport = (request: Request) => Promise<Response>

const NDJSON = 'application/x-ndjson'

/** The server: checks method, media type, JSON and input, calls the handler, and writes its result. Never rejects. */
export function serverOf<A extends ApiShape>(api: A, handlers: Handlers<A>, prefix: string, onInternal: (route: string, thrown: unknown) => void): Transport {
  return async (request) => {
    const name = new URL(request.url).pathname.slice(prefix.length)
    const route = Object.hasOwn(api, name) ? api[name] : undefined
    if (route === undefined) return fail(404, failed('not-found', { code: 'no-route', route: name }))
    if (request.method !== 'POST') return fail(405, failed('bad-input', { code: 'takes-post', route: name }))
    if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) return fail(415, failed('bad-input', { code: 'send-json' }))
    let raw: unknown
    try {
      raw = await request.json()
    } catch {
      return fail(400, failed('bad-input', { code: 'no-json' }))
    }
    const checked = route.input.safeParse(raw)
    if (!checked.success) {
      const said = inputMessage(checked.error.issues[0] ?? { message: 'not valid', path: [] })
      return fail(400, failed('bad-input', said, said.at === '' ? undefined : said.at))
    }
    // A Map lookup would lose the types; the handlers object is exhaustive by type, so the name is there.
    const handler = handlers[name as keyof A] as (input: unknown, signal: AbortSignal) => unknown
    if (route.kind === 'streams') return streamed(name, (signal) => handler(checked.data, signal) as AsyncIterable<unknown>, request.signal, onInternal)
    try {
      return Response.json({ ok: true, value: (await handler(checked.data, request.signal)) ?? null })
    } catch (thrown) {
      return fail(200, failureOf(name, thrown, onInternal))
    }
  }
}

function fail(status: number, failure: ApiFailure): Response {
  return Response.json({ ok: false, failure }, { status })
}

function failureOf(name: string, thrown: unknown, onInternal: (route: string, thrown: unknown) => void): ApiFailure {
  if (thrown instanceof ApiError) return thrown.failure
  onInternal(name, thrown)
  return failed('internal', { code: 'could-not' })
}

function streamed(
  name: string,
  start: (signal: AbortSignal) => AsyncIterable<unknown>,
  outer: AbortSignal,
  onInternal: (route: string, thrown: unknown) => void,
): Response {
  // Electron cancels the body but does not abort request.signal, so both end the handler.
  const gone = new AbortController()
  if (outer.aborted) gone.abort()
  else outer.addEventListener('abort', () => gone.abort(), { once: true })
  const encoder = new TextEncoder()
  const items = start(gone.signal)[Symbol.asyncIterator]()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await items.next()
        if (next.done === true) return controller.close()
        controller.enqueue(encoder.encode(`${JSON.stringify({ item: next.value })}\n`))
      } catch (thrown) {
        if (!gone.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify({ failure: failureOf(name, thrown, onInternal) })}\n`))
        controller.close()
      }
    },
    async cancel() {
      gone.abort()
      await items.return?.()
    },
  })
  return new Response(body, { headers: { 'content-type': NDJSON, 'cache-control': 'no-store' } })
}

/** A stream that broke; carries the failure the server told, or 'unavailable' when the connection was lost. */
export class StreamError extends Error {
  readonly failure: ApiFailure
  constructor(failure: ApiFailure) {
    super(failure.message)
    this.name = 'StreamError'
    this.failure = failure
  }
}

/** A client with one function a route. Reads and writes never reject; a stream throws StreamError and ends quietly when its signal aborts. */
export function clientOf<A extends ApiShape>(kinds: Kinds<A>, transport: Transport, base: string): Client<A> {
  const client: Record<string, unknown> = {}
  for (const [name, kind] of Object.entries(kinds)) {
    const request = (input: unknown, signal: AbortSignal | undefined): Request =>
      new Request(base + name, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input ?? {}),
        ...(signal && { signal }),
      })
    client[name] =
      kind === 'streams'
        ? (input: unknown, signal?: AbortSignal) => items(transport, request(input, signal), signal)
        : (input: unknown, signal?: AbortSignal) => ask(transport, request(input, signal))
  }
  return client as Client<A>
}

const LOST = failed('unavailable', { code: 'no-engine' })

async function ask(transport: Transport, request: Request): Promise<Result<unknown>> {
  try {
    const response = await transport(request)
    return (await response.json()) as Result<unknown>
  } catch {
    // Aborted, offline or not JSON: for the caller all of these mean that there is no answer.
    return { ok: false, failure: LOST }
  }
}

async function* items(transport: Transport, request: Request, signal: AbortSignal | undefined): AsyncGenerator<unknown> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  // A Request passes its signal on by a weak reference in some runtimes, which may be gone by now: so the reading is ended here as well.
  const stop = (): void => void reader?.cancel().catch(() => undefined)
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const response = await transport(request)
    if (!(response.headers.get('content-type') ?? '').startsWith(NDJSON) || response.body === null) {
      const result = (await response.json()) as Result<unknown>
      throw new StreamError(result.ok ? LOST : result.failure)
    }
    reader = response.body.getReader()
    const decoder = new TextDecoder()
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      rest += decoder.decode(value, { stream: true })
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const entry = JSON.parse(line) as { item?: unknown; failure?: ApiFailure }
        if (entry.failure !== undefined) throw new StreamError(entry.failure)
        yield entry.item
      }
    }
  } catch (thrown) {
    if (signal?.aborted === true) return
    throw thrown instanceof StreamError ? thrown : new StreamError(LOST)
  } finally {
    signal?.removeEventListener('abort', stop)
    // Leaving the loop early must end the handler at the other side.
    await reader?.cancel().catch(() => undefined)
  }
}
