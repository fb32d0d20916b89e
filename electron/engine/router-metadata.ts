/**
 * `openrouter_metadata`: how a request was routed, for clients that ask by `X-OpenRouter-Metadata: enabled`. Shape and places as in OpenRouter's
 * documentation (guides/features/router-metadata, read in August 2026): beside the answer, on the last chunk before `[DONE]`, in `message_stop`.
 */

import type { CacheUse } from '../../shared/cache.ts'
import type { ChatDialect, JsonObject } from '../../shared/chat.ts'
import { FAILURES } from '../../shared/failure.ts'
import { english, type Ours } from '../../shared/messages/english.ts'
import { says } from '../../shared/messages/message.ts'
import type { Attempt, RoutePlan } from '../../shared/routing.ts'
import { asBuffer } from './as-buffer.ts'
import type { Routed } from './ledger/account-stages.ts'

type Headers = Readonly<Record<string, string | undefined>>

export function asksForMetadata(headers: Headers): boolean {
  const asked = headers['x-openrouter-metadata'] ?? headers['x-openrouter-experimental-metadata']
  return asked?.toLowerCase() === 'enabled'
}

export function metadataOf({ plan, attempts, served, wish, cache }: Routed): JsonObject {
  const { candidates } = plan
  const available = [...new Map(candidates.map(({ endpoint }) => [endpoint.id, endpoint])).values()]
  const selected = served === undefined ? '' : `, selected=${served.id}`
  const params = wish === undefined ? [] : Object.entries(wish).filter(([name, value]) => name !== 'fallbackModels' && value !== false && value !== undefined)
  return {
    requested: plan.requested,
    strategy: english(plan.decidedBy).includes('fallback') ? 'fallback' : english(plan.decidedBy) === 'pinned' || candidates.length === 0 ? 'direct' : 'auto',
    region: null,
    summary: `available=${available.length}${selected}`,
    attempt: attempts.length,
    is_byok: candidates.some(({ endpoint, credential }) => endpoint.id === served?.id && credential !== undefined),
    endpoints: {
      total: new Set([...available.map(({ id }) => id), ...plan.passedOver.map(({ endpoint }) => endpoint)]).size,
      available: available.map(({ id, provider }) => ({ provider, model: id, selected: id === served?.id })),
    },
    ...(params.length > 0 && { params: Object.fromEntries(params) as JsonObject }),
    attempts: attempts.map((attempt) => ({
      provider: attempt.endpoint.slice(0, attempt.endpoint.indexOf('/')),
      model: attempt.endpoint,
      status: statusOf(attempt),
    })),
    pipeline: pipelineOf(plan, cache),
    // not one of OpenRouter's fields
    ...(plan.auto !== undefined && { switchyard_decision: english(plan.auto.line) }),
  }
}

const OF_BUDGETS = ['over-budget', 'budget-needs-price', 'budget-left'] satisfies readonly Ours['code'][]

/**
 * The stages that had a say, in their order. Fields as in OpenRouter's `PipelineStage` (client-sdks/python/components/pipelinestage); its list of types
 * is open, and these stages are ours.
 */
function pipelineOf({ trail = [], auto, passedOver }: RoutePlan, cache: CacheUse | undefined): readonly JsonObject[] {
  const stages: JsonObject[] = []
  if (trail.length > 0) stages.push({ type: 'routing', name: 'own-routing', summary: trail.map(english).join(' ') })
  if (cache !== undefined) stages.push({ type: 'response_cache', name: cache.kind, data: cacheData(cache) })
  if (auto !== undefined) stages.push({ type: 'routing', name: 'switchyard/auto' })
  const tooDear = passedOver.filter(({ why }) => OF_BUDGETS.some((code) => says(why, code))).length
  if (tooDear > 0) stages.push({ type: 'budget', name: 'budget', summary: `${tooDear} passed over` })
  return stages
}

function cacheData(cache: CacheUse): JsonObject {
  switch (cache.kind) {
    case 'exact':
      return { source: cache.source, age_ms: cache.ageMs }
    case 'semantic':
      return { source: cache.source, age_ms: cache.ageMs, similarity: cache.similarity }
    case 'merged':
      return { with: cache.with }
    default:
      return {}
  }
}

function statusOf(attempt: Attempt): number {
  if (attempt.phase === 'failed') return attempt.upstreamStatus ?? FAILURES[attempt.kind].status
  return attempt.phase === 'left' ? FAILURES.cancelled.status : 200
}

/** Only at the start of a line, for an answer may speak of it. */
const DONE = /^data: ?\[DONE\]/m
/**
 * What the last event of a stream holds, by dialect, and that is nowhere before it: quotes inside of a text are escaped. Dialects that OpenRouter does
 * not speak have no place for it. Spaces in JSON are a provider's own affair.
 */
const LAST_EVENT: Partial<Readonly<Record<ChatDialect, RegExp>>> = {
  'openai-chat': DONE,
  'openai-completions': DONE,
  'openai-responses': /"type": ?"response\.completed"/,
  'anthropic-messages': /"type": ?"message_stop"/,
}

/** Puts the metadata into the last event of a stream; every other byte passes as it is. Pieces hold whole events. */
export async function* streamWithMetadata(
  pieces: AsyncIterable<Uint8Array | string>,
  dialect: ChatDialect,
  context: { readonly id: string; readonly model: string; readonly created: number },
  metadata: () => JsonObject,
): AsyncGenerator<Uint8Array | string> {
  const mark = LAST_EVENT[dialect]
  for await (const piece of pieces) {
    const text = mark === undefined ? undefined : textWith(piece, mark)
    if (mark === undefined || text === undefined) yield piece
    else if (mark === DONE) {
      const chunk = {
        id: context.id,
        object: 'chat.completion.chunk',
        created: context.created,
        model: context.model,
        choices: [],
        openrouter_metadata: metadata(),
      }
      yield text.replace(mark, (done) => `data: ${JSON.stringify(chunk)}\n\n${done}`)
    } else
      yield text
        .split('\n')
        .map((line) => (mark.test(line) ? lineWith(line, metadata()) : line))
        .join('\n')
  }
}

/** The piece as text when it holds the mark. */
function textWith(piece: Uint8Array | string, mark: RegExp): string | undefined {
  const text = typeof piece === 'string' ? piece : asBuffer(piece).toString('utf8')
  return mark.test(text) ? text : undefined
}

function lineWith(line: string, metadata: JsonObject): string {
  const start = line.indexOf('{')
  return `${line.slice(0, start)}${JSON.stringify({ ...(JSON.parse(line.slice(start)) as JsonObject), openrouter_metadata: metadata })}`
}
