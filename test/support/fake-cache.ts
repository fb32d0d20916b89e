/** A response cache in memory for the fake engine, with a few invented entries. */
import type { ComparedInput, cacheApi } from '../../shared/api/cache.ts'
import { type CacheEntrySummary, KEY_PARTS, type NeverCached } from '../../shared/cache.ts'
import { ApiError, type Handlers } from '../../shared/contract.ts'
import { type CacheReason, reasonInEnglish } from '../../shared/messages/cache-reasons.ts'
import { asNanoUsd } from '../../shared/money.ts'

const QUESTIONS = [
  'How do I turn on two-factor authentication?',
  'Translate "good morning" into Norwegian.',
  'What is the difference between a mutex and a semaphore?',
  'Summarise the attached release notes in three sentences.',
  'Write a haiku about railway switches.',
  'Which regions does the API run in?',
]
const MODELS = ['openai/gpt-5-mini', 'anthropic/claude-sonnet-4-5', 'google/gemini-2.5-flash']
const HOUR_MS = 3_600_000
const OPPOSITES: CacheReason = { code: 'opposites', one: 'on', other: 'off' }

function entries(now: number): CacheEntrySummary[] {
  return QUESTIONS.map((question, index) => ({
    key: String(index).padStart(64, 'a'),
    scope: 'client-0',
    model: MODELS[index % MODELS.length] ?? '',
    question,
    kind: index === 0 ? 'semantic' : 'exact',
    source: `gen-${index}`,
    madeAt: now - (index + 1) * 2 * HOUR_MS,
    expiresAt: index === 4 ? undefined : now + (24 - index) * HOUR_MS,
    pinned: index === 4,
    hits: index === 3 ? 0 : 14 - 2 * index,
    lastHitAt: index === 3 ? undefined : now - (index + 1) * 180_000,
    bytes: 900 + index * 731,
    saved: index === 3 ? undefined : asNanoUsd((14 - 2 * index) * 410_000),
  }))
}

export function fakeCache(now: number, changed: () => void): Handlers<typeof cacheApi> {
  let rows = entries(now)
  let nevers: readonly NeverCached[] = []
  const deleted = new Map<string, CacheEntrySummary>()
  const find = (key: string): CacheEntrySummary => {
    const found = rows.find((row) => row.key === key)
    if (found === undefined) throw new ApiError('not-found', 'This entry is not in the response cache (any more).')
    return found
  }
  const change = (key: string, fields: Partial<CacheEntrySummary>): CacheEntrySummary => {
    const next = { ...find(key), ...fields }
    rows = rows.map((row) => (row.key === key ? next : row))
    changed()
    return next
  }
  const remove = (keys: readonly string[]): readonly string[] => {
    const gone = rows.filter((row) => keys.includes(row.key))
    for (const row of gone) deleted.set(row.key, row)
    rows = rows.filter((row) => !keys.includes(row.key))
    changed()
    return gone.map((row) => row.key)
  }
  const matching = ({ text, model, kind }: { text?: string | undefined; model?: string | undefined; kind?: string | undefined }) =>
    rows.filter(
      (row) =>
        (text === undefined || row.question.toLowerCase().includes(text.toLowerCase())) &&
        (model === undefined || row.model === model) &&
        (kind === undefined || row.kind === kind),
    )
  const compare = (one: string, other: string) => {
    const words = (text: string) => new Set(text.toLowerCase().match(/\w+/g) ?? [])
    const [a, b] = [words(one), words(other)]
    const shared = [...a].filter((word) => b.has(word)).length
    const similarity = shared / Math.max(1, a.size + b.size - shared)
    const reasons = /\boff\b/.test(one) === /\boff\b/.test(other) ? [] : [OPPOSITES]
    return { similarity, isHit: similarity >= 0.8 && reasons.length === 0, reasons, refusals: reasons.map(reasonInEnglish) }
  }

  return {
    'cache.list': (filter) => {
      const found = matching(filter).toSorted((one, other) => (filter.sort === 'hits' ? other.hits - one.hits : other.madeAt - one.madeAt))
      return { rows: found.slice(0, filter.limit), cursor: undefined }
    },
    'cache.get': ({ key }) => {
      const entry = find(key)
      const hash = 'b'.repeat(64)
      return {
        entry,
        question: entry.question,
        answer: { text: 'Open **Settings**, then **Security**, and choose *Two-factor authentication*.', reasoning: '', toolCalls: [] },
        parts: KEY_PARTS.map((name) => ({ name, hash, text: name === 'model' ? entry.model : name === 'parameters' ? '{"temperature":0}' : '' })),
        hits:
          entry.hits === 0
            ? []
            : [
                {
                  id: 2,
                  request: 'gen-9',
                  at: now - 180_000,
                  kind: 'semantic',
                  similarity: 0.94,
                  question: 'How can I enable 2FA?',
                  saved: asNanoUsd(410_000),
                  checked: 'agrees',
                },
                {
                  id: 1,
                  request: 'gen-8',
                  at: now - 900_000,
                  kind: 'exact',
                  similarity: 1,
                  question: undefined,
                  saved: asNanoUsd(410_000),
                  checked: undefined,
                },
              ],
        nearMisses: [
          {
            at: now - 600_000,
            request: 'gen-7',
            question: 'How do I turn off two-factor authentication?',
            similarity: 0.96,
            gate: reasonInEnglish(OPPOSITES),
            reason: OPPOSITES,
          },
        ],
        neighbours: rows
          .filter((row) => row.key !== key)
          .slice(0, 2)
          .map((row) => ({ key: row.key, question: row.question, ...compare(entry.question, row.question) })),
      }
    },
    'cache.stats': () => ({
      entries: rows.length,
      bytes: rows.reduce((sum, row) => sum + row.bytes, 0),
      pinned: rows.filter((row) => row.pinned).length,
      mostEntries: 10_000,
      mostBytes: 256 * 1024 * 1024,
      models: [...new Set(rows.map((row) => row.model))],
      since: now - 30 * 24 * HOUR_MS,
      hits: 48,
      semanticHits: 6,
      nearMisses: 3,
      saved: asNanoUsd(19_680_000),
      checked: 12,
      differed: 0,
      checksCost: asNanoUsd(4_920_000),
      wrong: 1,
    }),
    'cache.pin': ({ key, pinned }) => change(key, { pinned, expiresAt: pinned ? undefined : now + 24 * HOUR_MS }),
    'cache.setTtl': ({ key, ttlSeconds }) => change(key, { expiresAt: Date.now() + ttlSeconds * 1000 }),
    'cache.delete': ({ keys }) => ({ deleted: remove(keys) }),
    'cache.restore': ({ keys }) => {
      const back = keys.flatMap((key) => deleted.get(key) ?? [])
      rows = [...rows, ...back]
      changed()
      return { restored: back.map((row) => row.key) }
    },
    'cache.wrong': ({ key, request }) => {
      if (request === 'gen-9') return { deleted: false, learned: true }
      remove([key])
      return { deleted: true, learned: false }
    },
    'cache.never': ({ key, allow }) => {
      if (allow) nevers = nevers.filter((never) => never.key !== key)
      else nevers = [{ key, question: rows.find((row) => row.key === key)?.question ?? '', at: now }, ...nevers]
      if (!allow) remove([key])
      return { never: !allow }
    },
    'cache.nevers': () => nevers,
    'cache.clear': ({ filter, dryRun }) => {
      const keys = matching(filter).map((row) => row.key)
      return { keys: dryRun ? keys : remove(keys), dryRun }
    },
    'cache.explain': ({ one, other }) => {
      const keyOf = (side: ComparedInput): string =>
        'entry' in side ? side.entry : 'request' in side ? Buffer.from(side.request).toString('hex').padEnd(64, '0') : ''
      const same = keyOf(one) === keyOf(other)
      return {
        same,
        one: { key: keyOf(one), what: 'one' },
        other: { key: keyOf(other), what: 'the other' },
        differences: same ? [] : [{ part: 'parameters', one: '{"temperature":0}', other: '{"temperature":0.7}' }],
      }
    },
    'cache.test': ({ one, other }) => {
      const { refusals, reasons, ...compared } = compare(one, other)
      return {
        exact: one === other,
        ...compared,
        gates: (['numbers', 'names', 'antonyms'] as const).map((name) => ({
          name,
          ...(name === 'antonyms' ? { against: refusals[0], reason: reasons[0] } : { against: undefined, reason: undefined }),
        })),
      }
    },
    'cache.export': () => ({ lines: '', next: undefined }),
    'cache.import': () => ({ imported: 0, refused: [] }),
  }
}
