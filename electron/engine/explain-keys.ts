/** Why two requests are not the same to the response cache: their keys, part by part. */
import type { ComparedInput, KeyComparison } from '../../shared/api/cache.ts'
import { type CacheScope, KEY_PARTS, type KeyPart } from '../../shared/cache.ts'
import type { ChatDialect, JsonObject } from '../../shared/chat.ts'
import { ApiError } from '../../shared/contract.ts'
import { Failure } from '../../shared/failure.ts'
import { keyOf, partsOf } from './cache/key.ts'
import { clientCodec } from './protocols/codecs.ts'
import type { Storage } from './storage/storage.ts'

export interface ExplainFacts {
  readonly storage: Pick<Storage, 'getLedger' | 'cache'>
  readonly resolve: (model: string) => { readonly id: string } | undefined
  readonly share: () => 'client' | 'everyone'
}

interface Side {
  readonly key: string
  readonly what: string
  readonly parts: readonly KeyPart[]
}

/** @throws ApiError for what is not there or cannot be read */
export async function explainKeys(one: ComparedInput, other: ComparedInput, facts: ExplainFacts): Promise<KeyComparison> {
  const [a, b] = await Promise.all([sideOf(one, facts), sideOf(other, facts)])
  const textOf = (side: Side, name: string): KeyPart | undefined => side.parts.find((part) => part.name === name)
  const differences = KEY_PARTS.flatMap((part) => {
    const mine = textOf(a, part)
    const theirs = textOf(b, part)
    return mine?.hash === theirs?.hash ? [] : [{ part, ...aroundTheDifference(mine?.text ?? '', theirs?.text ?? '') }]
  })
  return { same: a.key === b.key, one: { key: a.key, what: a.what }, other: { key: b.key, what: b.what }, differences }
}

async function sideOf(input: ComparedInput, facts: ExplainFacts): Promise<Side> {
  if ('entry' in input) {
    const found = await facts.storage.cache.cacheGet(input.entry)
    if (found === undefined) throw new ApiError('not-found', { code: 'no-cache-entry' })
    return { key: input.entry, what: 'an entry', parts: found.parts }
  }
  if ('request' in input) {
    const found = await facts.storage.getLedger(input.request)
    if (found?.exchange === undefined) throw new ApiError('not-found', { code: 'body-not-kept' })
    const { record, exchange } = found
    if (exchange.truncated.includes('requestBody')) throw new ApiError('unavailable', { code: 'beginning-kept' })
    const scope = facts.share() === 'everyone' ? 'everyone' : (record.caller ?? '')
    // Gemini says in its URL what other dialects say in the body
    return keyed(record.dialect as ChatDialect, exchange.requestBody, scope, facts, `request ${record.id}`, record.requested, exchange.requestHeaders)
  }
  return keyed(input.dialect, input.body, input.scope ?? 'everyone', facts, 'the body given', undefined, {})
}

function keyed(
  dialect: ChatDialect,
  text: string,
  scope: CacheScope,
  facts: ExplainFacts,
  what: string,
  named: string | undefined,
  headers: Readonly<Record<string, string>>,
): Side {
  try {
    const codec = clientCodec(dialect)
    const body = JSON.parse(text) as JsonObject
    const view = codec.readRequest(body, named === undefined ? {} : { model: named })
    const model = facts.resolve(view.model)?.id ?? view.model
    const key = keyOf({ view, wire: { codec, body }, incoming: { headers } }, scope, model)
    if (key === undefined) throw new ApiError('unavailable', `${what} holds a number that JSON cannot carry exactly, so it has no key.`)
    return { key: key.key, what, parts: partsOf(key) }
  } catch (thrown) {
    if (thrown instanceof ApiError) throw thrown
    throw new ApiError('bad-input', thrown instanceof Failure ? thrown.message : `${what} is no request that can be read.`)
  }
}

const AROUND_CHARACTERS = 200

/** Long texts from a little before the place where they part. */
function aroundTheDifference(one: string, other: string): { readonly one: string; readonly other: string } {
  let same = 0
  while (same < one.length && one[same] === other[same]) same++
  const from = Math.max(0, same - AROUND_CHARACTERS / 4)
  const cut = (text: string): string =>
    `${from > 0 ? '…' : ''}${text.slice(from, same + AROUND_CHARACTERS)}${text.length > same + AROUND_CHARACTERS ? '…' : ''}`
  return { one: cut(one), other: cut(other) }
}
