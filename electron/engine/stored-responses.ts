/**
 * The memory that clients of OpenAI's Responses expect of their provider (`store`, `previous_response_id`, `item_reference`), kept here so that any
 * provider can serve them and a conversation can move from one to another: what a request refers to is put into its input before anyone reads
 * it, and the answer is kept as the client received it. On unless the user turns it off (`settings.responses`), for 30 days and the newest
 * 10,000 answers or 512 MiB; each client key sees its own answers alone.
 */
import type { JsonObject, JsonValue } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { CallerId } from '../../shared/ids.ts'
import type { Settings } from '../../shared/settings.ts'
import { addPiece } from './attempt/few-pieces.ts'
import { badField, isObject, objectOf, parseJson, textOf } from './protocols/json.ts'
import { unknownResponse } from './protocols/openai-responses/read-request.ts'
import { EVENT_LIMIT_BYTES, SseSplitter } from './protocols/sse.ts'
import type { Caller, Reply } from './request.ts'
import type { Storage } from './storage/storage.ts'

/** Answers kept; the oldest go first. */
const KEPT = { count: 10_000, bytes: 512 * 1024 * 1024 }
const DAY_MS = 86_400_000

/** What the answer to a request will be kept with. */
export interface Turn {
  readonly caller: CallerId
  readonly previous: string | undefined
  /** The request's own items, without those of the conversation before. */
  readonly input: readonly JsonValue[]
}

export interface Recalled {
  /** The body with everything that it refers to; the very same one when it refers to nothing. */
  readonly body: JsonObject
  /** undefined when the answer is not to be kept. */
  readonly turn: Turn | undefined
}

export interface StoredResponsesFacts {
  readonly storage: Pick<Storage, 'putResponse' | 'getResponse' | 'responseTurns' | 'responseItem' | 'removeResponse' | 'trimResponses'>
  readonly settings: () => Settings['responses']
  readonly now: () => number
  readonly onError: (error: Error) => void
}

export class StoredResponses {
  readonly #facts: StoredResponsesFacts

  constructor(facts: StoredResponsesFacts) {
    this.#facts = facts
  }

  /** @throws Failure 'bad-request' (code `previous_response_not_found`) for an id that this caller has no answer under, or while nothing is stored */
  async recall(body: JsonObject, caller: Caller): Promise<Recalled> {
    const previous = textOf(body.previous_response_id)
    const isOn = this.#facts.settings().store
    if (!isOn) {
      if (previous !== undefined) throw new Failure('bad-request', `${OFF} Send the whole conversation instead.`, notFound)
      if (body.store === true) throw new Failure('bad-request', `${OFF} Send "store": false.`, { param: 'store' })
    }
    const own = itemsOf(body.input)
    const input = isOn ? await this.#resolved(own, caller) : own
    // OpenAI stores unless told not to
    const turn = isOn && body.store !== false ? { caller: caller.id, previous, input } : undefined
    if (previous === undefined) return { body: input === own ? body : { ...body, input }, turn }
    const turns = await this.#facts.storage.responseTurns(previous, caller.id)
    if (turns === undefined) throw unknownResponse(previous)
    const before = turns.flatMap((earlier) => [...earlier.input, ...earlier.output]).flatMap(asInput)
    const { previous_response_id: _resolved, ...rest } = body
    return { body: { ...rest, input: [...before, ...input] }, turn }
  }

  /** The reply, watched on its way out: once it is complete it is kept. Nothing waits for that. */
  keep(turn: Turn, reply: Reply): Reply {
    const { body } = reply
    if (reply.status !== 200) return reply
    if (typeof body === 'string' || body instanceof Uint8Array) {
      this.#put(turn, parseJson(Buffer.from(body).toString('utf8')))
      return reply
    }
    return { ...reply, body: watchedUntilItsEnd(body, (bytes) => this.#put(turn, lastResponse(bytes))) }
  }

  /** @throws Failure (404) when this caller has no such answer */
  async get(id: string, caller: Caller): Promise<JsonObject> {
    const found = await this.#facts.storage.getResponse(id, caller.id)
    if (found === undefined) throw new Failure('unknown-route', `Response with id '${id}' not found.`, { code: 'response_not_found' })
    return found
  }

  /** @throws Failure (404) when this caller has no such answer */
  async remove(id: string, caller: Caller): Promise<JsonObject> {
    if (!(await this.#facts.storage.removeResponse(id, caller.id))) return this.get(id, caller)
    return { id, object: 'response.deleted', deleted: true }
  }

  /**
   * What the answer was given to, the conversation before it included, as OpenAI's list of items.
   * @param query `limit` (1 to 100, default 20), `order` (asc, default desc), `after` (the id of an item)
   * @throws Failure (404) when this caller has no such answer, 'bad-request' naming the parameter
   */
  async inputItems(id: string, caller: Caller, query: URLSearchParams): Promise<JsonObject> {
    await this.get(id, caller)
    const turns = (await this.#facts.storage.responseTurns(id, caller.id)) ?? []
    const last = turns.at(-1)
    const items = [...turns.slice(0, -1).flatMap(({ input, output }) => [...input, ...output]), ...(last?.input ?? [])]
    return pageOf(
      items.map((item, index) => withId(item, `item_${index}_of_${id}`)),
      query,
    )
  }

  /** @throws Failure always: 404 when this caller has no such answer, otherwise 'bad-request', for answers are given at once here */
  async cancel(id: string, caller: Caller): Promise<never> {
    await this.get(id, caller)
    throw new Failure('bad-request', 'Cannot cancel a synchronous response: it is complete. Close the connection to stop one that is being given.')
  }

  /** Lets go of what is too old or too much. */
  trim(): Promise<void> {
    return this.#facts.storage.trimResponses(this.#facts.now() - this.#facts.settings().keepDays * DAY_MS, KEPT)
  }

  /** The items with each reference to a stored one replaced by it; unknown ones stay, and whoever reads them says so. */
  async #resolved(items: readonly JsonValue[], caller: Caller): Promise<readonly JsonValue[]> {
    if (!items.some(isReference)) return items
    const resolved = await Promise.all(
      items.map(async (item) => (isReference(item) ? ((await this.#facts.storage.responseItem(textOf(item.id) ?? '', caller.id)) ?? item) : item)),
    )
    return resolved.flatMap(asInput)
  }

  #put({ caller, previous, input }: Turn, value: unknown): void {
    const response = objectOf(value)
    const id = textOf(response?.id)
    // a failed answer is none to go on from
    if (response === undefined || id === undefined || (response.status !== 'completed' && response.status !== 'incomplete')) return
    const kept = { ...response, store: true, previous_response_id: previous ?? null }
    this.#facts.storage.putResponse({ id, caller, at: this.#facts.now(), previous, input, response: kept }).catch(this.#facts.onError)
  }
}

/** Items as clients sent them may have no id, and a list is paged by ids. */
function withId(item: JsonValue, id: string): JsonObject {
  return isObject(item) ? { ...item, id: textOf(item.id) ?? id } : { id }
}

/** https://platform.openai.com/docs/api-reference/responses/input-items */
function pageOf(items: readonly JsonObject[], query: URLSearchParams): JsonObject {
  const limit = Number(query.get('limit') ?? 20)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw badField('limit', 'must be a number between 1 and 100')
  const order = query.get('order') ?? 'desc'
  if (order !== 'asc' && order !== 'desc') throw badField('order', 'must be asc or desc')
  const ordered = order === 'asc' ? items : items.toReversed()
  const after = query.get('after')
  const start = after === null ? 0 : ordered.findIndex(({ id }) => id === after) + 1
  if (after !== null && start === 0) throw badField('after', 'must be the id of an item of this list')
  const data = ordered.slice(start, start + limit)
  return { object: 'list', data, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null, has_more: start + limit < ordered.length }
}

const OFF = 'Switchyard does not store responses; the setting is turned off.'
const notFound = { param: 'previous_response_id', code: 'previous_response_not_found' }

function itemsOf(input: JsonValue | undefined): readonly JsonValue[] {
  if (typeof input === 'string') return [{ type: 'message', role: 'user', content: input }]
  return Array.isArray(input) ? (input as readonly JsonValue[]) : []
}

function isReference(item: JsonValue): item is JsonObject {
  return isObject(item) && item.type === 'item_reference'
}

const OURS: ReadonlySet<JsonValue | undefined> = new Set(['message', 'reasoning', 'function_call', 'custom_tool_call'])

/**
 * An item as it goes back to a provider. Its id means nothing to one that stored nothing, and OpenAI looks up every id that it sees; reasoning
 * without its encrypted content can only be looked up, so it is left out.
 */
function asInput(item: JsonValue): readonly JsonValue[] {
  if (!isObject(item) || !OURS.has(item.type)) return [item]
  if (item.type === 'reasoning' && textOf(item.encrypted_content) === undefined && !hasWords(item)) return []
  const { id: _id, status: _status, ...rest } = item
  return [rest]
}

/** Some providers show the reasoning itself. */
function hasWords(item: JsonObject): boolean {
  return Array.isArray(item.content) && item.content.length > 0
}

type Bytes = AsyncIterable<Uint8Array | string>

/** Hands everything on, the early end too: a stream that is left must be left all the way down. `onEnd` is given at least the last event whole. */
function watchedUntilItsEnd(body: Bytes, onEnd: (bytes: Buffer) => void): Bytes {
  return {
    [Symbol.asyncIterator]() {
      const inner = body[Symbol.asyncIterator]()
      const tail = new Tail()
      return {
        async next() {
          const result = await inner.next()
          if (result.done === true) onEnd(tail.bytes)
          else tail.push(Buffer.from(result.value))
          return result
        },
        async return() {
          await inner.return?.()
          return { done: true, value: undefined }
        },
      }
    },
  }
}

/** The end of a stream that may never end: as many bytes as one event may have, and at most twice as many. */
class Tail {
  #before: readonly Uint8Array[] = []
  #pieces: Uint8Array[] = []
  #size = 0

  push(piece: Uint8Array): void {
    addPiece(this.#pieces, piece)
    this.#size += piece.length
    if (this.#size < EVENT_LIMIT_BYTES) return
    this.#before = this.#pieces
    this.#pieces = []
    this.#size = 0
  }

  get bytes(): Buffer {
    return Buffer.concat([...this.#before, ...this.#pieces])
  }
}

/** The response that the last event of a stream holds. */
function lastResponse(stream: Buffer): unknown {
  const splitter = new SseSplitter()
  const frames = splitter.push(stream)
  const rest = splitter.end()
  if (rest !== undefined) frames.push(rest)
  const last = frames.findLast(({ event }) => event?.data.includes('"response"'))
  return objectOf(parseJson(last?.event?.data ?? ''))?.response
}
