import { align } from './alignment.ts'
import { cosine } from './embedders/embedder.ts'
import { lexicalVector } from './embedders/lexical.ts'
import { DEFAULT_TARGET_ERROR_RATE, EvidenceBook, type EvidenceRows, type Judgement, type MatchKind } from './evidence.ts'
import { GUARDED, objections, type Refusal, refuses, STRICT, type Tier } from './gate.ts'
import type { Objection } from './guards/guard.ts'
import { LexicalIndex } from './index/lexical-index.ts'
import { type Reading, readQuestion } from './reading.ts'

/** A cached answer as this tier knows it: its question and what must be equal around it. The answer itself stays with the cache. */
export interface SemanticEntry {
  readonly id: string
  readonly question: string
  /** See `fingerprintOf`. */
  readonly fingerprint: string
  /** Client key, alias or preset; entries of one scope are never seen by another. */
  readonly scope: string
}

export interface SemanticOptions {
  /** What share of served answers may be wrong, 0 to 1. */
  readonly targetErrorRate?: number
  /** Finds and logs, serves nothing. */
  readonly shadow?: boolean
  /** Near misses told at most, the nearest first. */
  readonly mostNearMisses?: number
}

export interface Match {
  readonly entry: SemanticEntry
  /** 0 to 1, by the built-in lexical vectors or the chosen embedder. */
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
  readonly why: string
}

export type FindResult =
  /** Serve this answer. */
  | ({ readonly is: 'hit' } & Match)
  /** The gate is silent, but in shadow mode or for want of evidence it is not served; ask upstream and, if you can, judge it (`learn`). */
  | ({ readonly is: 'would-hit'; readonly heldBecause: string; readonly misses: readonly NearMiss[] } & Match)
  | { readonly is: 'near-miss'; readonly misses: readonly NearMiss[] }
  | { readonly is: 'none' }

/** One guard's opinion of two prompts, for the threshold tester. */
export interface GuardOpinion {
  readonly name: string
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
}

export interface SemanticTier {
  readonly size: number
  add(entry: SemanticEntry): void
  remove(id: string): void
  /** Resolves; never rejects. Without an embedder it needs no other thread and no I/O. */
  find(question: string, fingerprint: string, scope: string): Promise<FindResult>
  compare(a: string, b: string, tier?: Tier): Comparison
  learn(lesson: Lesson): void
  exportEvidence(): EvidenceRows
  importEvidence(rows: EvidenceRows): void
}

const CANDIDATES = 8
/** Shared words, weighed by rarity, below which an entry is not even a near miss. */
const LEAST_OVERLAP = 0.3
const MOST_NEAR_MISSES = 3

/** The semantic tier: candidates by words, then the gate, then the evidence. All state is in memory; rows for it come from whoever stores them. */
export function createSemanticTier(options: SemanticOptions = {}): SemanticTier {
  const { targetErrorRate = DEFAULT_TARGET_ERROR_RATE, shadow = false, mostNearMisses = MOST_NEAR_MISSES } = options
  const parts = new Map<string, LexicalIndex<SemanticEntry>>()
  const homes = new Map<string, string>()
  const evidence = new EvidenceBook()
  const homeOf = (fingerprint: string, scope: string): string => `${scope}\u0000${fingerprint}`

  function remove(id: string): void {
    const home = homes.get(id)
    if (home === undefined) return
    homes.delete(id)
    const part = parts.get(home)
    part?.remove(id)
    if (part?.size === 0) parts.delete(home)
  }

  function findNow(question: string, fingerprint: string, scope: string): FindResult {
    const part = parts.get(homeOf(fingerprint, scope))
    if (part === undefined) return { is: 'none' }
    const reading = readQuestion(question)
    const misses: NearMiss[] = []
    let held: (Match & { readonly heldBecause: string }) | undefined
    for (const { entry, overlap } of part.search(reading, CANDIDATES)) {
      if (overlap < LEAST_OVERLAP) break
      const cached = readQuestion(entry.question)
      const alignment = align(reading, cached)
      const refused = objections(reading, cached, 'strict', alignment)
      const similarity = similarityOf(reading, cached)
      if (refuses(refused, 'strict')) {
        misses.push({ entry, similarity, refusedBy: refused, why: refused[0]?.why ?? '' })
        continue
      }
      const kind = kindOf(reading, cached)
      const match: Match = { entry, similarity, kind, tier: 'strict', why: kind === 'same words' ? 'same words' : 'the same but for wording' }
      const forbidden = evidence.isForbidden(entry.id, questionKey(question))
      const judgement: Judgement = forbidden
        ? { is: 'hold', bound: 1, why: 'this pair was judged wrong' }
        : evidence.judge(entry.id, kind, similarity, targetErrorRate)
      if (judgement.is === 'serve' && !shadow) return { is: 'hit', ...match }
      if (!forbidden) held ??= { ...match, heldBecause: judgement.is === 'serve' ? 'shadow mode' : judgement.why }
    }
    const told = misses.slice(0, mostNearMisses)
    if (held !== undefined) return { is: 'would-hit', ...held, misses: told }
    return told.length > 0 ? { is: 'near-miss', misses: told } : { is: 'none' }
  }

  return {
    get size() {
      return homes.size
    },
    add(entry) {
      remove(entry.id)
      const home = homeOf(entry.fingerprint, entry.scope)
      const part = parts.get(home) ?? new LexicalIndex<SemanticEntry>()
      parts.set(home, part)
      part.add(entry)
      homes.set(entry.id, home)
    },
    remove(id) {
      remove(id)
      evidence.forget(id)
    },
    find: async (question, fingerprint, scope) => findNow(question, fingerprint, scope),
    compare,
    learn({ entryId, question, verdict }) {
      const home = homes.get(entryId)
      const part = home === undefined ? undefined : parts.get(home)
      const entry = part?.get(entryId)
      if (part === undefined || entry === undefined) return
      const [asked, cached] = [readQuestion(question), readQuestion(entry.question)]
      const kind = kindOf(asked, cached)
      if (verdict === 'right') return evidence.right(entryId, kind)
      const near = part.search(asked, CANDIDATES).filter(({ overlap, entry: { id } }) => overlap >= NEIGHBOUR_OVERLAP && id !== entryId)
      evidence.wrong(
        entryId,
        kind,
        questionKey(question),
        similarityOf(asked, cached),
        near.map(({ entry: { id } }) => id),
      )
    },
    exportEvidence: () => evidence.export(),
    importEvidence: (rows) => evidence.import(rows),
  }
}

/** Entries that share so much with a question that was answered wrongly are its neighbourhood. */
const NEIGHBOUR_OVERLAP = 0.6

/** Two prompts side by side with every guard's opinion. */
export function compare(a: string, b: string, tier: Tier = 'strict'): Comparison {
  const [one, other] = [readQuestion(a), readQuestion(b)]
  const alignment = align(one, other)
  const guards = (tier === 'strict' ? STRICT : GUARDED).map((guard) => ({ name: guard.name, objection: guard.check(one, other, alignment) }))
  const found = guards.flatMap(({ name, objection }) => (objection === undefined ? [] : [{ guard: name, ...objection }]))
  return { similarity: similarityOf(one, other), guards, kind: kindOf(one, other), verdict: refuses(found, tier) ? 'refused' : 'same' }
}

const similarityOf = (one: Reading, other: Reading): number => Math.max(0, Math.min(1, cosine(lexicalVector(one), lexicalVector(other))))

/** Same content words in the same order, or a match that needed synonyms, spelling or another order. */
function kindOf(one: Reading, other: Reading): MatchKind {
  return one.words.length === other.words.length && one.words.every(({ key }, index) => key === other.words[index]?.key) ? 'same words' : 'same meaning'
}

/** What a question is remembered by when a pair was judged wrong: its text but for case and spaces. */
const questionKey = (question: string): string => question.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
