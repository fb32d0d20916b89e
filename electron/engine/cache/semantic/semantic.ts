import type { CacheReason, Gate } from '../../../../shared/messages/cache-reasons.ts'
import { align } from './alignment.ts'
import { cosine, type Embedder } from './embedders/embedder.ts'
import { lexicalVector } from './embedders/lexical.ts'
import { CHANCE_MATCH, DEFAULT_TARGET_ERROR_RATE, EvidenceBook, type EvidenceRows, type Judge, type MatchKind, type Traffic } from './evidence.ts'
import { GUARDED, objections, type Refusal, refuses, STRICT, type Tier } from './gate.ts'
import type { Objection } from './guards/guard.ts'
import { LexicalIndex } from './index/lexical-index.ts'
import type { VectorSearch } from './index/vector-search.ts'
import { type Reading, readQuestion } from './reading.ts'
import { expandContractions } from './rewording.ts'

/** A cached answer as this tier knows it: its question and what must be equal around it. The answer itself stays with the cache. */
export interface SemanticEntry {
  readonly id: string
  readonly question: string
  /** See `fingerprintOf`. */
  readonly fingerprint: string
  /** Client key, alias or preset; entries of one scope are never seen by another. */
  readonly scope: string
}

/** An embedder, and where its vectors are searched. Without one the strict tier works alone. */
export interface EmbeddingOptions {
  readonly embedder: Embedder
  readonly vectors: VectorSearch
  /** Cosine below which a candidate is not looked at; see `ModelOffer`. */
  readonly leastSimilarity: number
  /** Milliseconds after which a look-up goes on without the embedder. */
  readonly patience?: number
  /** A vector was made for an entry that came without one; store it beside the entry and hand it to `add` next time. */
  readonly onVector?: (entryId: string, embedderId: string, vector: Float32Array) => void
  /** The embedder or the search failed; the strict tier goes on. */
  readonly onFailure?: (error: Error) => void
}

export interface SemanticOptions {
  /** What share of served answers may be wrong, 0 to 1. */
  readonly targetErrorRate?: number
  /** Finds and tells, serves nothing. */
  readonly shadow?: boolean
  /** false: shipped evidence does not count, every kind of match has to prove itself on the user's own questions before it serves. */
  readonly trustShipped?: boolean
  /** Ask for a check of one in so many hits, and of each of the first 20 of a kind; 0, the default, for none. */
  readonly checkOneIn?: number
  /** Near misses told at most, the nearest first. */
  readonly mostNearMisses?: number
  readonly embedding?: EmbeddingOptions
}

export interface Match {
  readonly entry: SemanticEntry
  /** 0 to 1, by the chosen embedder where it proposed the candidate, otherwise by the built-in lexical vectors. */
  readonly similarity: number
  readonly kind: MatchKind
  readonly tier: Tier
  /** In words for the screen. */
  readonly why: string
}

export interface NearMiss {
  readonly entry: SemanticEntry
  readonly similarity: number
  readonly refusedBy: readonly Refusal[]
  /** The first and gravest objection. */
  readonly why: CacheReason
}

export type FindResult =
  /** Serve this answer. `check`: ask the model too, compare and `learn`; the client need not wait for it. */
  | ({ readonly is: 'hit'; readonly check: boolean } & Match)
  /** The gate is silent, but in shadow mode or for want of evidence it is not served: ask upstream and, if you can, compare and `learn`. */
  | ({ readonly is: 'would-hit'; readonly heldBecause: CacheReason; readonly misses: readonly NearMiss[] } & Match)
  | { readonly is: 'near-miss'; readonly misses: readonly NearMiss[] }
  | { readonly is: 'none' }

/** One guard's opinion of two prompts, for the threshold tester. */
export interface GuardOpinion {
  readonly name: Gate
  /** undefined: nothing against it. */
  readonly objection: Objection | undefined
}

export interface Comparison {
  readonly similarity: number
  readonly guards: readonly GuardOpinion[]
  readonly kind: MatchKind
  readonly verdict: 'same' | 'refused'
}

export interface Lesson {
  readonly entryId: string
  readonly question: string
  readonly verdict: 'right' | 'wrong'
  /** A person unless said otherwise: checks are counted apart, for they judge without choosing. */
  readonly by?: Judge
  /** Of the match that was judged, as `find` told them; without them the match counts as one by words. */
  readonly kind?: MatchKind
  readonly similarity?: number
}

export interface SemanticTier {
  readonly size: number
  /** @param vector of the embedder in use, from an earlier `onVector`; without one it is made in the background */
  add(entry: SemanticEntry, vector?: Float32Array): void
  remove(id: string): void
  /** Never rejects. Without an embedder it needs no other thread and no I/O, and answers in well under 2 ms. */
  find(question: string, fingerprint: string, scope: string): Promise<FindResult>
  compare(a: string, b: string, tier?: Tier): Comparison
  learn(lesson: Lesson): void
  exportEvidence(): EvidenceRows
  importEvidence(rows: EvidenceRows): void
  /** Resolves when vectors under way have arrived. For tests and an orderly end. */
  settled(): Promise<void>
}

const CANDIDATES = 5
/** Shared words, weighed by rarity, below which an entry is not even a near miss. */
const LEAST_OVERLAP = 0.3
/** Entries that share so much with a question that was answered wrongly are its neighbourhood. */
const NEIGHBOUR_OVERLAP = 0.6
const MOST_NEAR_MISSES = 3
const PATIENCE_MS = 400
/** Hits of a kind that are checked, where checks are on, before sampling begins. */
const CHECKED_AT_FIRST = 20

/** The semantic tier: candidates by words and, where there is an embedder, by vectors; then the gate; then the evidence. All state is in memory. */
export function createSemanticTier(options: SemanticOptions = {}): SemanticTier {
  const { targetErrorRate = DEFAULT_TARGET_ERROR_RATE, shadow = false, mostNearMisses = MOST_NEAR_MISSES, checkOneIn = 0, embedding } = options
  const parts = new Map<string, LexicalIndex<SemanticEntry>>()
  const homes = new Map<string, string>()
  const evidence = new EvidenceBook({ ...(options.trustShipped === false && { shipped: new Map() }), silenceCounts: checkOneIn === 0 })
  const underWay = new Set<Promise<void>>()
  const traffic = new Map<string, Traffic>()
  let hits = 0

  function remove(id: string): void {
    const home = homes.get(id)
    if (home === undefined) return
    homes.delete(id)
    embedding?.vectors.remove(shelfOf(embedding.embedder, home), id)
    const part = parts.get(home)
    part?.remove(id)
    if (part?.size === 0) parts.delete(home)
  }

  /** Vectors are made behind the request's back. One that arrives after its entry has gone is dropped. */
  function embedEntry({ embedder, vectors, onVector, onFailure }: EmbeddingOptions, entry: SemanticEntry, home: string): void {
    const work = embedder
      .embed([entry.question])
      .then(([vector]) => {
        if (vector === undefined || homes.get(entry.id) !== home) return
        vectors.add(shelfOf(embedder, home), entry.id, vector)
        onVector?.(entry.id, embedder.id, vector)
      })
      .catch((error: unknown) => onFailure?.(error instanceof Error ? error : new Error(String(error))))
      .finally(() => underWay.delete(work))
    underWay.add(work)
  }

  async function nearByVector(question: string, home: string): Promise<readonly { readonly id: string; readonly similarity: number }[]> {
    if (embedding === undefined) return []
    const { embedder, vectors, leastSimilarity, patience = PATIENCE_MS, onFailure } = embedding
    try {
      const signal = AbortSignal.timeout(patience)
      const [vector] = await Promise.race([embedder.embed([question], signal), rejectedBy(signal)])
      if (vector === undefined) return []
      return (await vectors.search(shelfOf(embedder, home), vector, CANDIDATES)).filter(({ similarity }) => similarity >= leastSimilarity)
    } catch (error) {
      onFailure?.(error instanceof Error ? error : new Error(String(error)))
      return []
    }
  }

  async function find(question: string, fingerprint: string, scope: string): Promise<FindResult> {
    const home = homeOf(fingerprint, scope)
    const part = parts.get(home)
    if (part === undefined) return { is: 'none' }
    const { compared, matches } = traffic.get(scope) ?? NO_TRAFFIC
    traffic.set(scope, { compared: compared + part.size, matches })
    const search = new Search(readQuestion(question), question, scope)
    for (const { entry, overlap } of part.search(search.reading, CANDIDATES)) {
      if (overlap < LEAST_OVERLAP) break
      if (search.consider(entry, 'strict', undefined)) break
    }
    if (search.served === undefined) {
      for (const { id, similarity } of await nearByVector(question, home)) {
        const entry = part.get(id)
        if (entry !== undefined && search.consider(entry, 'guarded', similarity)) break
      }
    }
    return search.result()
  }

  /** What one look-up has found so far. */
  class Search {
    readonly reading: Reading
    readonly #question: string
    readonly #scope: string
    #isCounted = false
    readonly #misses = new Map<string, Omit<NearMiss, 'similarity'> & { readonly cached: Reading; readonly similarity: number | undefined }>()
    #held: (Match & { readonly heldBecause: CacheReason }) | undefined
    served: Match | undefined

    constructor(reading: Reading, question: string, scope: string) {
      this.reading = reading
      this.#question = question
      this.#scope = scope
    }

    /** What share of the matches in this scope, this one among them, would be there by chance. Equal texts match by no chance. */
    #chance(kind: MatchKind): number {
      if (kind === 'same text') return 0
      const { compared, matches } = traffic.get(this.#scope) ?? NO_TRAFFIC
      const counted = this.#isCounted ? matches : matches + 1
      this.#isCounted = true
      traffic.set(this.#scope, { compared, matches: counted })
      return (CHANCE_MATCH * compared) / counted
    }

    /** @returns whether this entry is served */
    consider(entry: SemanticEntry, tier: Tier, embedded: number | undefined): boolean {
      const cached = readQuestion(entry.question)
      const objected = objections(this.reading, cached, tier, align(this.reading, cached))
      if (refuses(objected, tier)) {
        const [gravest] = objected.toSorted((one, other) => other.weight - one.weight)
        this.#misses.set(entry.id, { entry, cached, similarity: embedded, refusedBy: objected, why: gravest?.why ?? { code: 'near-in-meaning' } })
        return false
      }
      this.#misses.delete(entry.id)
      const byWords = kindOf(this.reading, cached)
      const kind = tier === 'strict' || embedded === undefined ? byWords : embeddedKind(embedding?.embedder.id ?? '', embedded)
      const similarity = embedded ?? similarityOf(this.reading, cached)
      const match: Match = { entry, similarity, kind, tier, why: tier === 'strict' ? WHY[byWords] : `similar by ${kind}, and no guard objects` }
      if (evidence.isForbidden(entry.id, questionKey(this.#question))) return false
      const judgement = evidence.judge(entry.id, kind, similarity, targetErrorRate, this.#chance(kind))
      if (judgement.is === 'serve' && !shadow) this.served = match
      else this.#held ??= { ...match, heldBecause: judgement.is === 'serve' ? { code: 'shadow' } : judgement.why }
      return this.served !== undefined
    }

    /** Candidates come nearest first; a similarity is worked out only for those that are told. */
    #nearMisses(): readonly NearMiss[] {
      return [...this.#misses.values()]
        .slice(0, mostNearMisses)
        .map(({ cached, similarity, ...miss }) => ({ ...miss, similarity: similarity ?? similarityOf(this.reading, cached) }))
        .sort((one, other) => other.similarity - one.similarity)
    }

    result(): FindResult {
      if (this.served !== undefined) {
        hits++
        const check = checkOneIn > 0 && (evidence.checked(this.served.kind) < CHECKED_AT_FIRST || hits % checkOneIn === 0)
        evidence.served(this.served.entry.id, this.served.kind)
        return { is: 'hit', check, ...this.served }
      }
      const misses = this.#nearMisses()
      if (this.#held !== undefined) return { is: 'would-hit', ...this.#held, misses }
      return misses.length > 0 ? { is: 'near-miss', misses } : { is: 'none' }
    }
  }

  return {
    get size() {
      return homes.size
    },
    add(entry, vector) {
      remove(entry.id)
      const home = homeOf(entry.fingerprint, entry.scope)
      const part = parts.get(home) ?? new LexicalIndex<SemanticEntry>()
      parts.set(home, part)
      part.add(entry)
      homes.set(entry.id, home)
      if (embedding === undefined) return
      if (vector === undefined) embedEntry(embedding, entry, home)
      else embedding.vectors.add(shelfOf(embedding.embedder, home), entry.id, vector)
    },
    remove(id) {
      remove(id)
      evidence.forget(id)
    },
    find,
    compare,
    learn({ entryId, question, verdict, by = 'person', kind, similarity }) {
      const part = parts.get(homes.get(entryId) ?? '')
      const entry = part?.get(entryId)
      if (part === undefined || entry === undefined) return
      const [asked, cached] = [readQuestion(question), readQuestion(entry.question)]
      const judged = kind ?? kindOf(asked, cached)
      if (verdict === 'right') return evidence.right(entryId, judged, by)
      const near = part.search(asked, CANDIDATES).filter(({ overlap, entry: { id } }) => overlap >= NEIGHBOUR_OVERLAP && id !== entryId)
      const neighbours = near.map(({ entry: { id } }) => id)
      evidence.wrong(entryId, judged, by, questionKey(question), similarity ?? similarityOf(asked, cached), neighbours)
    },
    exportEvidence: () => ({ ...evidence.export(), traffic: [...traffic].map(([scope, seen]) => ({ scope, ...seen })) }),
    importEvidence(rows) {
      evidence.import(rows)
      for (const { scope, ...seen } of rows.traffic ?? []) traffic.set(scope, seen)
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

/** Two prompts side by side with every guard's opinion. */
export function compare(a: string, b: string, tier: Tier = 'strict'): Comparison {
  const [one, other] = [readQuestion(a), readQuestion(b)]
  const alignment = align(one, other)
  const guards = (tier === 'strict' ? STRICT : GUARDED).map((guard) => ({ name: guard.name, objection: guard.check(one, other, alignment) }))
  const found = guards.flatMap(({ name, objection }) => (objection === undefined ? [] : [{ guard: name, ...objection }]))
  return { similarity: similarityOf(one, other), guards, kind: kindOf(one, other), verdict: refuses(found, tier) ? 'refused' : 'same' }
}

const homeOf = (fingerprint: string, scope: string): string => `${scope}\u0000${fingerprint}`

/** Vectors of one embedder never stand beside another's, also where one that was on its way arrives after a change of embedders. */
const shelfOf = ({ id }: Embedder, home: string): string => `${id}\u0000${home}`

const similarityOf = (one: Reading, other: Reading): number => Math.max(0, Math.min(1, cosine(lexicalVector(one), lexicalVector(other))))

const NO_TRAFFIC: Traffic = { compared: 0, matches: 0 }

const WHY = {
  'same text': 'the same text but for case, punctuation and contractions',
  'same words': 'the same words',
  'same meaning': 'the same but for spelling, synonyms or order',
} as const

/** The same text, the same content words in the same order, or a match that needed synonyms, spelling or another order. */
function kindOf(one: Reading, other: Reading): keyof typeof WHY {
  if (lettersOf(one) === lettersOf(other)) return 'same text'
  return one.words.length === other.words.length && one.words.every(({ key }, index) => key === other.words[index]?.key) ? 'same words' : 'same meaning'
}

/** Whatever else stands in a text is for the guards, which have been asked before. */
const lettersOf = ({ text }: Reading): string =>
  (
    expandContractions(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ')

/** "all-minilm-l6-v2 0.90 to 0.95": evidence is kept apart by embedder and step of similarity. */
function embeddedKind(embedderId: string, similarity: number): MatchKind {
  const step = Math.min(19, Math.floor(similarity * 20 + 1e-9))
  return `${embedderId} ${(step / 20).toFixed(2)} to ${((step + 1) / 20).toFixed(2)}`
}

/** What a question is remembered by when a pair was judged wrong: its text but for case and spaces. */
const questionKey = (question: string): string => question.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason instanceof Error ? signal.reason : new Error('the embedder took too long')), { once: true })
  })
}
