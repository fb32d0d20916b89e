/**
 * How long a prompt is: asked of the provider where it can say, otherwise an estimate that is marked as one. Nothing is used by it, so nothing is
 * charged.
 */
import type { ChatView, JsonObject } from '../../../shared/chat.ts'
import { Failure, type FailureKind } from '../../../shared/failure.ts'
import type { Endpoint } from '../../../shared/routing.ts'
import { countInput } from '../ledger/tokenizer.ts'
import { codecs } from '../protocols/codecs.ts'
import { objectAt } from '../protocols/json.ts'
import { patchTopLevel } from '../protocols/relay-body.ts'
import { type CountDialect, counterOf, readTokenCount, type TokenCounter, writeTokenCount } from '../protocols/token-counts/counters.ts'
import type { Caller } from '../request.ts'
import type { StoredResponses } from '../stored-responses.ts'
import type { Post, Question, SideAnswer, SideIncoming } from './side-call.ts'

/** A proxy in the provider's place may know nothing of the question, and a model may not be countable: neither says anything of the prompt. */
const NOT_COUNTED: ReadonlySet<FailureKind> = new Set(['model-missing', 'unsupported-parameter', 'bad-request'])

/** Stored answers that a question refers to are put into it first. @throws Failure 'bad-request' naming the field */
export async function readCount(
  body: JsonObject,
  incoming: SideIncoming,
  caller: Caller,
  { responses }: { readonly responses: Pick<StoredResponses, 'recall'> },
): Promise<Question> {
  const dialect = incoming.dialect as CountDialect
  const sent = { ...body, store: false }
  const { body: recalled } = dialect === 'openai-input-tokens' ? await responses.recall(sent, caller) : { body: sent }
  const { store: _store, ...refilled } = recalled
  const asked = recalled === sent ? body : refilled
  const view = viewOf(dialect, asked, incoming)
  const bytes = asked === body ? incoming.body : Buffer.from(JSON.stringify(asked))
  return { view, paid: undefined, ask: ({ endpoint }, post) => count(dialect, view, { body: asked, bytes }, endpoint, post) }
}

function viewOf(dialect: CountDialect, body: JsonObject, { route }: SideIncoming): ChatView {
  switch (dialect) {
    case 'gemini-count-tokens': {
      const inner = body.generateContentRequest === undefined ? body : objectAt(body.generateContentRequest, 'generateContentRequest')
      return codecs.gemini.readRequest(inner, { ...route, stream: false })
    }
    case 'anthropic-count-tokens':
      return codecs['anthropic-messages'].readRequest({ max_tokens: 1, ...body }, route)
    case 'openai-input-tokens':
      return codecs['openai-responses'].readRequest(body, { ...route, stream: false })
  }
}

interface Asked {
  readonly body: JsonObject
  readonly bytes: Uint8Array
}

async function count(dialect: CountDialect, view: ChatView, asked: Asked, endpoint: Endpoint, post: Post): Promise<SideAnswer> {
  const { provider, protocol, upstreamModel } = endpoint
  const target = { provider, protocol, upstreamModel, stream: false, outputLimit: endpoint.limits.output }
  const counter = endpoint.simulated ? undefined : counterOf(target)
  const countHere = async (): Promise<SideAnswer> => {
    const { tokens, estimated } = await countInput(view, endpoint)
    return { body: writeTokenCount[dialect](tokens), estimated, dropped: [] }
  }
  if (counter === undefined) return countHere()
  const isOwn = counter.dialect === dialect
  const bytes = isOwn ? patchTopLevel(asked.bytes, counter.relayEdits(asked.body, target)) : Buffer.from(JSON.stringify(counter.write(view, target)))
  try {
    const { json, bytes: answered, headers } = await post({ path: counter.path(target), bytes, dropped: [] })
    const tokens = readTokenCount(counter, json)
    return { body: isOwn ? answered : writeTokenCount[dialect](tokens), headers, estimated: false, dropped: [] }
  } catch (thrown) {
    // a client of the provider's own is told what it said
    if (isOwn || !isOptional(counter) || !NOT_COUNTED.has(Failure.from(thrown).kind)) throw thrown
    // what stands in for a count that there should have been is none
    return { ...(await countHere()), estimated: true }
  }
}

/** Those that serve only some models or places; the others count whatever they can answer. */
function isOptional({ field, dialect }: TokenCounter): boolean {
  return field === 'inputTokens' || dialect === 'openai-input-tokens'
}
