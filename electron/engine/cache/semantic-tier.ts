/**
 * The semantic tier's place beside the exact one: it finds a question that means the same among those with an equal fingerprint, or says which came near
 * and why not. Whatever judges is in semantic/; here is what joins it to the entries. Nothing is read of any question before somebody uses the tier.
 */
import type { CacheKey, CacheScope } from '../../../shared/cache.ts'
import type { ChatView } from '../../../shared/chat.ts'
import type { CacheReason, Gate } from '../../../shared/messages/cache-reasons.ts'
import type { NegativePair } from '../storage/cache-storage.ts'
import { excludedText, semanticQuestion } from './semantic/eligibility.ts'
import type { EvidenceRows, Judge } from './semantic/evidence.ts'
import { compare, createSemanticTier, type EmbeddingOptions, type Match, type NearMiss, type SemanticEntry } from './semantic/semantic.ts'

export interface SemanticQuestion {
  readonly text: string
  readonly scope: CacheScope
  /** Equal for requests that differ in their last user turn alone. */
  readonly fingerprint: string
}

export interface SemanticVerdict {
  /** `how`: the kind of match, by which evidence is kept apart. */
  readonly hit: { readonly key: CacheKey; readonly similarity: number; readonly how: string } | undefined
  /** Nothing is against it but the want of evidence: it is asked upstream, and what comes can be compared (`checked`). */
  readonly held?: { readonly key: CacheKey; readonly similarity: number; readonly how: string }
  /** Nearest first. */
  readonly nearMisses: readonly { readonly key: CacheKey; readonly similarity: number; readonly why: CacheReason }[]
}

export interface SemanticTier {
  /** Why another wording of this request may not be answered from the cache; undefined: it may. */
  whyNot(view: ChatView): CacheReason | undefined
  judge(question: SemanticQuestion): Promise<SemanticVerdict>
  /** A question that may be answered from from now on. */
  added(key: CacheKey, question: SemanticQuestion): void
  removed(key: CacheKey): void
  /** Two questions that must not share an answer. */
  learn(pair: NegativePair, how: HowMatched): void
  /** What a fresh answer showed of a hit, or of a match that was held. */
  checked(key: CacheKey, question: string, agrees: boolean, how: HowMatched): void
  /** Two wordings side by side, for the threshold tester. */
  compare(one: string, other: string): SemanticComparison
}

export interface SemanticComparison {
  readonly similarity: number
  readonly isHit: boolean
  readonly gates: readonly { readonly name: Gate; readonly against: CacheReason | undefined }[]
}

/** Of a match that was judged. */
export interface HowMatched {
  readonly how: string | undefined
  readonly similarity: number
}

type Embedding = Omit<EmbeddingOptions, 'onVector'>

export interface SemanticFacts {
  /** What share of served answers may be wrong, 0 to 1. */
  readonly targetErrorRate: () => number
  /** Hits are asked again now and then; 0: they are not. */
  readonly checkOneIn: () => number
  /** The embedder in use; undefined: words alone. */
  readonly embedding: () => Embedding | undefined
  /** A vector was made; it is kept beside its entry. */
  readonly onVector: (key: CacheKey, embedder: string, vector: Float32Array) => void
  /** Those of one embedder that were kept. */
  readonly vectors: (embedder: string) => Promise<ReadonlyMap<CacheKey, Float32Array>>
  /** What was learned, to be kept. */
  readonly onLearned: (evidence: EvidenceRows) => void
  /** What earlier runs learned; undefined: nothing. */
  readonly evidence: () => Promise<EvidenceRows | undefined>
}

/** Reading a question takes some tenths of a millisecond; so many are read before others have their turn. */
const READ_AT_ONCE = 20
/** Texts that one call of an embedder takes. */
const EMBEDDED_AT_ONCE = 64
/** How far questions repeat is kept after so many look-ups, beside whenever something was judged. */
const SAVED_EVERY = 250
/** A request does not wait longer for questions that are still to be read. */
const PATIENCE_MS = 400

export function semanticTierOver(facts: SemanticFacts): SemanticTier {
  /** What is still to be read. */
  const waiting = new Map<CacheKey, SemanticEntry>()
  const known = new Map<CacheKey, SemanticEntry>()
  let vectors: ReadonlyMap<CacheKey, Float32Array> = new Map()
  let current:
    | { readonly rate: number; readonly checks: number; readonly embedding: Embedding | undefined; readonly tier: ReturnType<typeof createSemanticTier> }
    | undefined
  let catchingUp: Promise<void> | undefined
  let judged = 0

  const isCurrent = (): boolean =>
    current?.rate === facts.targetErrorRate() && current.checks === facts.checkOneIn() && current.embedding?.embedder.id === facts.embedding()?.embedder.id
  const begin = async (): Promise<void> => {
    const learned = current === undefined ? await facts.evidence().catch(() => undefined) : current.tier.exportEvidence()
    const embedding = facts.embedding()
    // another embedder's vectors cannot be compared with these, and may be of another length
    if (current !== undefined && current.embedding?.embedder.id !== embedding?.embedder.id) current.embedding?.vectors.clear()
    const [rate, checks] = [facts.targetErrorRate(), facts.checkOneIn()]
    vectors = embedding === undefined ? new Map() : await facts.vectors(embedding.embedder.id).catch(() => new Map())
    const tier = createSemanticTier({
      targetErrorRate: rate,
      checkOneIn: checks,
      ...(embedding !== undefined && { embedding: { ...embedding, onVector: facts.onVector } }),
    })
    if (learned !== undefined) tier.importEvidence(learned)
    current = { rate, checks, embedding, tier }
    for (const [key, entry] of known) if (!waiting.has(key)) waiting.set(key, entry)
    known.clear()
  }
  /** Entries without a vector are embedded many at a time: one by one would be a call for each of thousands. */
  const withVectors = async (entries: readonly SemanticEntry[]): Promise<ReadonlyMap<CacheKey, Float32Array>> => {
    const embedder = facts.embedding()?.embedder
    const lacking = entries.filter(({ id }) => !vectors.has(id))
    if (embedder === undefined || lacking.length === 0) return vectors
    try {
      const made = await embedder.embed(lacking.map(({ question }) => question))
      const fresh = new Map(vectors)
      for (const [place, { id }] of lacking.entries()) {
        const vector = made[place]
        if (vector === undefined) continue
        fresh.set(id, vector)
        facts.onVector(id, embedder.id, vector)
      }
      return fresh
    } catch {
      // the tier itself will find and tell that its embedder fails
      return vectors
    }
  }
  const readAll = async (): Promise<void> => {
    while (waiting.size > 0 && current !== undefined) {
      const { tier, embedding } = current
      const batch = [...waiting.values()].slice(0, embedding === undefined ? READ_AT_ONCE : EMBEDDED_AT_ONCE)
      const eligible = batch.filter(({ question }) => excludedText(question) === undefined)
      const found = await withVectors(eligible)
      for (const entry of batch) {
        // it may have gone, or been replaced, meanwhile
        if (waiting.get(entry.id) !== entry) continue
        waiting.delete(entry.id)
        known.set(entry.id, entry)
      }
      for (const [place, entry] of eligible.entries()) {
        if (known.get(entry.id) === entry) tier.add(entry, found.get(entry.id))
        if (place % READ_AT_ONCE === READ_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve))
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const upToDate = (): Promise<void> => {
    if (isCurrent() && waiting.size === 0) return Promise.resolve()
    catchingUp ??= (isCurrent() ? readAll() : begin().then(readAll)).finally(() => {
      catchingUp = undefined
    })
    return Promise.race([catchingUp, new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS).unref())])
  }
  const learn = (entryId: CacheKey, question: string, verdict: 'right' | 'wrong', by: Judge, { how, similarity }: HowMatched): void => {
    if (current === undefined) return
    current.tier.learn({ entryId, question, verdict, by, similarity, ...(how !== undefined && { kind: how }) })
    facts.onLearned(current.tier.exportEvidence())
  }

  return {
    whyNot(view) {
      const eligibility = semanticQuestion(view)
      return eligibility.is === 'eligible' ? undefined : eligibility.why
    },
    async judge({ text, scope, fingerprint }) {
      await upToDate()
      const found = await current?.tier.find(text, fingerprint, scope)
      if (++judged % SAVED_EVERY === 0 && current !== undefined) facts.onLearned(current.tier.exportEvidence())
      if (found === undefined || found.is === 'none') return NOTHING
      if (found.is === 'hit') return { hit: hitOf(found), nearMisses: [] }
      const misses = found.misses.map(nearMiss)
      if (found.is === 'near-miss') return { hit: undefined, nearMisses: misses }
      return { hit: undefined, held: hitOf(found), nearMisses: [{ key: found.entry.id, similarity: found.similarity, why: found.heldBecause }, ...misses] }
    },
    added: (key, { text, scope, fingerprint }) => void waiting.set(key, { id: key, question: text, fingerprint, scope }),
    removed(key) {
      waiting.delete(key)
      if (known.delete(key)) current?.tier.remove(key)
    },
    learn: ({ key, other }, how) => learn(key, other, 'wrong', 'person', how),
    checked: (key, question, agrees, how) => learn(key, question, agrees ? 'right' : 'wrong', 'check', how),
    compare(one, other) {
      const excluded = excludedText(one) ?? excludedText(other)
      const { similarity, guards, verdict } = compare(one, other)
      const gates: { readonly name: Gate; readonly against: CacheReason | undefined }[] = guards.map(({ name, objection }) => ({
        name,
        against: objection?.why,
      }))
      if (excluded !== undefined) gates.unshift({ name: 'eligibility', against: excluded })
      return { similarity, isHit: one === other || (verdict === 'same' && excluded === undefined), gates }
    },
  }
}

const NOTHING: SemanticVerdict = { hit: undefined, nearMisses: [] }

function hitOf({ entry, similarity, kind }: Match): NonNullable<SemanticVerdict['hit']> {
  return { key: entry.id, similarity, how: kind }
}

function nearMiss({ entry, similarity, why }: NearMiss): SemanticVerdict['nearMisses'][number] {
  return { key: entry.id, similarity, why }
}
