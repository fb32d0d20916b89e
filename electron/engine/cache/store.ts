/**
 * The entries as the request's path sees them: a bounded index in memory that knows of each whether it is there and until when, and the answers used last.
 * Everything else is in the database, which is told of changes without anybody waiting for it.
 */
import type { CacheKey } from '../../../shared/cache.ts'
import type { EndpointId, Ms, RequestId } from '../../../shared/ids.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { CacheIndexRow, CacheStorage, NegativePair, NewCacheEntry, NewCacheHit, NewNearMiss } from '../storage/cache-storage.ts'
import type { KeptAnswer } from './kept-answer.ts'
import type { HowMatched } from './semantic-tier.ts'

/** Answers kept in memory beside the database, by what they take there. */
const REMEMBERED_BYTES = 16 * 1024 * 1024
/** Hits and near misses go to the database together, this often at most. */
const TELL_EVERY_MS = 200
/** What a user deleted can be had back this long. */
export const UNDO_MS = 10 * 60_000
/** A full cache lets go of a little more than it must, so that not every new answer has to sort all others. */
const HEADROOM = 0.02
/** Hits that wait while the database is slow; beyond, the oldest are not counted. */
const MOST_UNTOLD = 10_000

export interface Found {
  readonly answer: KeptAnswer
  readonly source: RequestId
  /** The model that answered. */
  readonly model: EndpointId
  readonly madeAt: Ms
  /** undefined: pinned. */
  readonly expiresAt: Ms | undefined
}

interface Known {
  readonly madeAt: Ms
  expiresAt: Ms
  pinned: boolean
  readonly bytes: number
}

export interface CacheStoreFacts {
  readonly storage: CacheStorage
  readonly settings: () => Settings['cache']
  readonly now: () => Ms
  readonly onError: (error: Error) => void
  /** Entries have come, gone or been used. */
  readonly onChange: () => void
  /** Told of every entry that is there, at the start and later, and of every one that is no more. */
  readonly onAdded: (row: CacheIndexRow) => void
  readonly onRemoved: (key: CacheKey) => void
  /** A user has said that two questions must not share an answer. */
  readonly onLearned: (pair: NegativePair, how: HowMatched) => void
}

export class CacheStore {
  readonly #facts: CacheStoreFacts
  readonly #index = new Map<CacheKey, Known>()
  readonly #never = new Set<CacheKey>()
  readonly #wrong = new Set<string>()
  /** Least lately used first. */
  readonly #remembered = new Map<CacheKey, Pick<Found, 'answer' | 'source' | 'model'> & { readonly bytes: number }>()
  #rememberedBytes = 0
  #bytes = 0
  #hits: NewCacheHit[] = []
  #misses: NewNearMiss[] = []
  #timer: NodeJS.Timeout | undefined
  #trimming = false
  #closed = false

  constructor(facts: CacheStoreFacts) {
    this.#facts = facts
  }

  /** What earlier runs kept. Until then every look-up is a miss. Never rejects. */
  async load(): Promise<void> {
    try {
      const { storage } = this.#facts
      const [{ rows, never }, negatives] = await Promise.all([storage.cacheIndex(), storage.cacheNegatives()])
      for (const { key, other } of negatives) this.#wrong.add(`${key} ${other}`)
      for (const key of never) this.#never.add(key)
      // what has been kept meanwhile is newer
      for (const row of rows) if (!this.#index.has(row.key)) this.#know(row)
    } catch (thrown) {
      this.#failed(thrown)
    }
  }

  get size(): number {
    return this.#index.size
  }

  isForbidden(key: CacheKey): boolean {
    return this.#never.has(key)
  }

  /** A user has said that this question must not be answered from this entry. */
  isWrong(key: CacheKey, question: string): boolean {
    return this.#wrong.has(`${key} ${question}`)
  }

  /** @throws StorageError */
  async learn(pair: NegativePair, how: HowMatched): Promise<void> {
    this.#wrong.add(`${pair.key} ${pair.other}`)
    this.#facts.onLearned(pair, how)
    await this.#facts.storage.cacheNegative(pair)
    this.#facts.onChange()
  }

  /** When an entry that may be used was made. */
  peek(key: CacheKey): { readonly madeAt: Ms } | undefined {
    const known = this.#index.get(key)
    return known !== undefined && (known.pinned || known.expiresAt > this.#facts.now()) ? known : undefined
  }

  /** Never rejects: what the database cannot give is a miss. */
  async take(key: CacheKey): Promise<Found | undefined> {
    const known = this.#index.get(key)
    if (known === undefined) return undefined
    const expiresAt = known.pinned ? undefined : known.expiresAt
    const remembered = this.#remembered.get(key)
    if (remembered !== undefined) {
      this.#remembered.delete(key)
      this.#remembered.set(key, remembered)
      return { answer: remembered.answer, source: remembered.source, model: remembered.model, madeAt: known.madeAt, expiresAt }
    }
    try {
      const stored = await this.#facts.storage.cacheTake(key)
      if (stored === undefined || stored === 'corrupt') {
        this.#forget(key)
        return undefined
      }
      const answer = JSON.parse(stored.content) as KeptAnswer
      this.#remember(key, { answer, source: stored.source, model: stored.model, bytes: stored.content.length })
      return { answer, source: stored.source, model: stored.model, madeAt: known.madeAt, expiresAt }
    } catch (thrown) {
      this.#failed(thrown)
      return undefined
    }
  }

  put(entry: Omit<NewCacheEntry, 'content' | 'bytes'>, answer: KeptAnswer): void {
    const content = JSON.stringify(answer)
    const bytes = content.length + entry.question.length + JSON.stringify(entry.parts).length
    const { mostBytes, mostEntries } = this.#facts.settings()
    if (bytes > mostBytes || this.#closed) return
    const row = { ...entry, content, bytes }
    this.#know(row)
    this.#remember(entry.key, { answer, source: entry.source, model: entry.model, bytes: content.length })
    this.#facts.storage.cachePut(row).catch((thrown: unknown) => {
      this.#forget(entry.key)
      this.#failed(thrown)
    })
    this.#facts.onChange()
    if (this.#index.size > mostEntries || this.#bytes > mostBytes) void this.trim(HEADROOM)
  }

  hit(hit: NewCacheHit): void {
    if (this.#hits.length < MOST_UNTOLD) this.#hits.push(hit)
    this.#tellSoon()
  }

  nearMisses(misses: readonly NewNearMiss[]): void {
    if (this.#misses.length < MOST_UNTOLD) this.#misses.push(...misses)
    this.#tellSoon()
  }

  /** What asking the model again showed of a hit. */
  checked(request: RequestId, agrees: boolean): void {
    // the hit itself may still be waiting to be written
    void this.flush()
      .then(() => this.#facts.storage.cacheChecked(request, agrees ? 'agrees' : 'differs'))
      .then(this.#facts.onChange, (thrown: unknown) => this.#failed(thrown))
  }

  /** Takes entries out of use here; whoever calls tells the database. */
  forget(keys: readonly CacheKey[]): void {
    for (const key of keys) this.#forget(key)
    this.#facts.onChange()
  }

  /** Takes entries out of use at once; the database follows. */
  remove(keys: readonly CacheKey[]): void {
    for (const key of keys) this.#forget(key)
    this.#facts.storage.cacheDelete(keys, this.#facts.now()).catch((thrown: unknown) => this.#failed(thrown))
    this.#facts.onChange()
  }

  /** Entries that are there again. */
  restore(rows: readonly CacheIndexRow[]): void {
    for (const row of rows) this.#know(row)
    this.#facts.onChange()
  }

  change(key: CacheKey, change: { readonly pinned?: boolean; readonly expiresAt?: Ms }): void {
    const known = this.#index.get(key)
    if (known !== undefined) Object.assign(known, change)
    this.#facts.onChange()
  }

  forbid(key: CacheKey, isForbidden: boolean): void {
    if (isForbidden) this.#never.add(key)
    else this.#never.delete(key)
  }

  /** Lets go of what is too old or too much, and of `headroom` of the limits more. Never rejects. */
  async trim(headroom = 0): Promise<void> {
    if (this.#trimming) return
    this.#trimming = true
    const now = this.#facts.now()
    const { mostEntries, mostBytes } = this.#facts.settings()
    try {
      const entries = mostEntries - Math.floor(mostEntries * headroom)
      const bytes = mostBytes - Math.floor(mostBytes * headroom)
      const gone = await this.#facts.storage.cacheTrim({ now, deletedBefore: now - UNDO_MS, entries, bytes })
      for (const key of gone) this.#forget(key)
      if (gone.length > 0) this.#facts.onChange()
    } catch (thrown) {
      this.#failed(thrown)
    } finally {
      this.#trimming = false
    }
  }

  /** Everything told so far is in the database after this. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const hits = this.#hits
    const misses = this.#misses
    this.#hits = []
    this.#misses = []
    try {
      if (hits.length > 0) await this.#facts.storage.cacheHits(hits)
      if (misses.length > 0) await this.#facts.storage.cacheNearMisses(misses)
      if (hits.length + misses.length > 0) this.#facts.onChange()
    } catch (thrown) {
      this.#failed(thrown)
    }
  }

  async close(): Promise<void> {
    await this.flush()
    this.#closed = true
  }

  #tellSoon(): void {
    if (this.#closed) return
    this.#timer ??= setTimeout(() => void this.flush(), TELL_EVERY_MS).unref()
  }

  #know(row: CacheIndexRow): void {
    this.#bytes += row.bytes - (this.#index.get(row.key)?.bytes ?? 0)
    const pinned = row.pinned || this.#index.get(row.key)?.pinned === true
    this.#index.set(row.key, { madeAt: row.madeAt, expiresAt: row.expiresAt, pinned, bytes: row.bytes })
    this.#facts.onAdded(row)
  }

  #forget(key: CacheKey): void {
    const known = this.#index.get(key)
    if (known === undefined) return
    this.#index.delete(key)
    this.#bytes -= known.bytes
    this.#unremember(key)
    this.#facts.onRemoved(key)
  }

  #remember(key: CacheKey, answer: Pick<Found, 'answer' | 'source' | 'model'> & { readonly bytes: number }): void {
    this.#unremember(key)
    this.#remembered.set(key, answer)
    this.#rememberedBytes += answer.bytes
    for (const oldest of this.#remembered.keys()) {
      if (this.#rememberedBytes <= REMEMBERED_BYTES) break
      this.#unremember(oldest)
    }
  }

  #unremember(key: CacheKey): void {
    this.#rememberedBytes -= this.#remembered.get(key)?.bytes ?? 0
    this.#remembered.delete(key)
  }

  #failed(thrown: unknown): void {
    if (this.#closed) return
    this.#facts.onError(new Error('The response cache could not be read or written.', { cause: thrown }))
  }
}
