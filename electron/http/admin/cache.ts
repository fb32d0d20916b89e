import { type CacheFilterInput, type CacheNeighbour, type cacheApi, exportedEntry } from '../../../shared/api/cache.ts'
import type { CacheEntrySummary, CacheKey } from '../../../shared/cache.ts'
import { ApiError, type Handlers } from '../../../shared/contract.ts'
import { reasonInEnglish } from '../../../shared/messages/cache-reasons.ts'
import type { KeptAnswer } from '../../engine/cache/kept-answer.ts'
import { explainKeys } from '../../engine/explain-keys.ts'
import { AnswerSummary } from '../../engine/ledger/answer-summary.ts'
import type { CacheFilter } from '../../engine/storage/cache-storage.ts'
import type { AdminStages } from './stages.ts'

const DAY_MS = 86_400_000
const STATS_DAYS = 30
const NEIGHBOURS_COMPARED = 200
const NEIGHBOURS_SHOWN = 8
/** Below, two questions have nothing in common. */
const NEIGHBOURS_FROM = 0.2
const EXPORTED_AT_ONCE = 200
const NEVERS_SHOWN = 1_000
/** Of lines that could not be imported, so many are told. */
const REFUSALS_TOLD = 20
const SHOWN_CHARACTERS = 1024 * 1024

export function cacheHandlers(stages: AdminStages): Handlers<typeof cacheApi> {
  const { cacheStore: store, semantic, now } = stages
  const { cache: table } = stages.storage

  const entry = async (key: CacheKey): Promise<NonNullable<Awaited<ReturnType<typeof table.cacheGet>>>> => {
    await store.flush()
    const found = await table.cacheGet(key)
    if (found === undefined) throw new ApiError('not-found', 'This entry is not in the response cache (any more).')
    return found
  }
  const summary = async (key: CacheKey): Promise<CacheEntrySummary> => (await entry(key)).summary
  const filterOf = ({ olderThanMs, ...filter }: CacheFilterInput): CacheFilter => ({
    ...filter,
    ...(olderThanMs !== undefined && { madeBefore: now() - olderThanMs }),
  })

  return {
    'cache.list': async ({ sort, limit, before, ...filter }) => {
      await store.flush()
      return table.cacheList({ ...filterOf(filter), sort, limit, before })
    },
    'cache.get': async ({ key }) => {
      const found = await entry(key)
      const said = new AnswerSummary(SHOWN_CHARACTERS)
      for (const event of (JSON.parse(found.content) as KeptAnswer).events) said.add(event)
      const { summary: entrySummary, question, parts, hits, nearMisses, fingerprint } = found
      const siblings = question === '' ? [] : await table.cacheSiblings({ key, scope: entrySummary.scope, fingerprint }, NEIGHBOURS_COMPARED)
      const neighbours: CacheNeighbour[] = []
      for (const sibling of siblings) {
        const { similarity, gates } = semantic.compare(question, sibling.question)
        const reasons = gates.flatMap(({ against }) => against ?? [])
        if (similarity >= NEIGHBOURS_FROM) neighbours.push({ ...sibling, similarity, refusals: reasons.map(reasonInEnglish), reasons })
      }
      neighbours.sort((one, other) => other.similarity - one.similarity)
      return { entry: entrySummary, question, answer: said.record, parts, hits, nearMisses, neighbours: neighbours.slice(0, NEIGHBOURS_SHOWN) }
    },
    'cache.stats': async () => {
      await Promise.all([store.flush(), stages.ledger.flush()])
      const since = now() - STATS_DAYS * DAY_MS
      const { mostEntries, mostBytes } = stages.settings().cache
      return { ...(await table.cacheTotals(since)), since, mostEntries, mostBytes }
    },
    'cache.pin': async ({ key, pinned }) => {
      if (!(await table.cachePin(key, pinned))) throw gone()
      store.change(key, { pinned })
      return summary(key)
    },
    'cache.setTtl': async ({ key, ttlSeconds }) => {
      const expiresAt = now() + ttlSeconds * 1000
      if (!(await table.cacheExpire(key, expiresAt))) throw gone()
      store.change(key, { expiresAt })
      return summary(key)
    },
    'cache.delete': async ({ keys }) => {
      store.forget(keys)
      return { deleted: await table.cacheDelete(keys, now()) }
    },
    'cache.restore': async ({ keys }) => {
      const rows = await table.cacheRestore(keys)
      store.restore(rows)
      return { restored: rows.map((row) => row.key) }
    },
    'cache.wrong': async ({ key, request }) => {
      const found = await entry(key)
      const hit = request === undefined ? undefined : found.hits.find((each) => each.request === request)
      if (request !== undefined && hit === undefined) throw new ApiError('not-found', 'This request was not answered from this entry.')
      if (hit?.question === undefined) {
        // the same question to the last character: then it is the answer that is wrong
        store.forget([key])
        await table.cacheDelete([key], now())
        const { question, model } = found.summary
        if (question !== '' && stages.settings().auto.learns.wrong) await stages.auto.addEvidence({ signal: 'wrong', prompt: question, model, quality: 0 })
        return { deleted: true, learned: false }
      }
      const { scope } = found.summary
      const pair = { at: now(), scope, fingerprint: found.fingerprint, key, question: found.question, other: hit.question }
      await store.learn(pair, { how: await table.cacheHow(hit.request), similarity: hit.similarity })
      return { deleted: false, learned: true }
    },
    'cache.never': async ({ key, allow }) => {
      if (allow) await table.cacheAllow(key)
      else {
        const question = (await table.cacheGet(key))?.question ?? ''
        await table.cacheNever(key, question, now())
        store.forget([key])
        await table.cacheDelete([key], now())
      }
      store.forbid(key, !allow)
      return { never: !allow }
    },
    'cache.nevers': () => table.cacheNevers(NEVERS_SHOWN),
    'cache.clear': async ({ filter, dryRun }) => {
      const keys = await table.cacheMatching(filterOf(filter))
      if (dryRun) return { keys, dryRun }
      store.forget(keys)
      return { keys: await table.cacheDelete(keys, now()), dryRun }
    },
    'cache.explain': async ({ one, other }) => {
      await Promise.all([store.flush(), stages.ledger.flush()])
      const { aliases } = stages.routingFile.current.config
      const resolve = (model: string) => {
        // an alias's first model is what its key holds
        let name = model
        while (Object.hasOwn(aliases, name)) name = aliases[name]?.models[0]?.model ?? ''
        const resolution = stages.catalog.resolve(name)
        return resolution.is === 'found' ? resolution.endpoint : undefined
      }
      return explainKeys(one, other, { storage: stages.storage, resolve, share: () => stages.settings().cache.share })
    },
    'cache.test': ({ one, other }) => {
      const { gates, ...compared } = semantic.compare(one, other)
      const worded = gates.map(({ name, against }) => ({ name, against: against && reasonInEnglish(against), reason: against }))
      return { exact: one === other, ...compared, gates: worded }
    },
    'cache.export': async ({ after }) => {
      const entries = await table.cacheExport(after, EXPORTED_AT_ONCE)
      const lines = entries.map(({ content, bytes: _bytes, ...rest }) => JSON.stringify({ format: 'switchyard-cache-1', ...rest, kept: JSON.parse(content) }))
      return { lines: lines.map((line) => `${line}\n`).join(''), next: entries.length < EXPORTED_AT_ONCE ? undefined : entries.at(-1)?.key }
    },
    'cache.import': ({ lines }) => {
      const refused: string[] = []
      let imported = 0
      for (const [index, line] of lines.split('\n').entries()) {
        if (line.trim() === '') continue
        const read = readLine(line)
        if (typeof read === 'string') {
          if (refused.length < REFUSALS_TOLD) refused.push(`line ${index + 1}: ${read}`)
          continue
        }
        const { format: _format, kept, ...rest } = read
        store.put(rest, kept as unknown as KeptAnswer)
        imported++
      }
      return { imported, refused }
    },
  }
}

function gone(): ApiError {
  return new ApiError('not-found', 'This entry is not in the response cache (any more).')
}

function readLine(line: string): ReturnType<typeof exportedEntry.parse> | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'it is not JSON'
  }
  const checked = exportedEntry.safeParse(value)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  return `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not as expected'}`.trim()
}
