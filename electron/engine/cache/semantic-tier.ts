/**
 * The semantic tier's place beside the exact one: it finds a question that means the same among those with an equal fingerprint, or says which came near
 * and why not. Whatever judges is in semantic/; here is what joins it to the entries. Nothing is read of any question before somebody uses the tier.
 */
import type { CacheKey, CacheScope } from '../../../shared/cache.ts'
import type { ChatView } from '../../../shared/chat.ts'
import type { NegativePair } from '../storage/cache-storage.ts'
import { excludedText, semanticQuestion } from './semantic/eligibility.ts'
import type { EvidenceRows } from './semantic/evidence.ts'
import { compare, createSemanticTier, type NearMiss, type SemanticEntry } from './semantic/semantic.ts'

export interface SemanticQuestion {
  readonly text: string
  readonly scope: CacheScope
  /** Equal for requests that differ in their last user turn alone. */
  readonly fingerprint: string
}

export interface SemanticVerdict {
  readonly hit: { readonly key: CacheKey; readonly similarity: number } | undefined
  /** Nearest first. */
  readonly nearMisses: readonly { readonly key: CacheKey; readonly similarity: number; readonly gate: string }[]
}

export interface SemanticTier {
  /** Why another wording of this request may not be answered from the cache; undefined: it may. */
  whyNot(view: ChatView): string | undefined
  judge(question: SemanticQuestion, targetErrorRate: number): Promise<SemanticVerdict>
  /** A question that may be answered from from now on. */
  added(key: CacheKey, question: SemanticQuestion): void
  removed(key: CacheKey): void
  /** Two questions that must not share an answer. */
  learn(pair: NegativePair): void
  /** What a sampled check showed of a hit. */
  checked(key: CacheKey, question: string, agrees: boolean): void
  /** Two wordings side by side, for the threshold tester. */
  compare(one: string, other: string): SemanticComparison
}

export interface SemanticComparison {
  readonly similarity: number
  readonly isHit: boolean
  readonly gates: readonly { readonly name: string; readonly against: string | undefined }[]
}

export interface SemanticFacts {
  /** What was learned, to be kept. */
  readonly onLearned: (evidence: EvidenceRows) => void
  /** What earlier runs learned; undefined: nothing. */
  readonly evidence: () => Promise<EvidenceRows | undefined>
}

/** Reading a question takes some tenths of a millisecond; so many are read before others have their turn. */
const READ_AT_ONCE = 20

export function semanticTierOver({ onLearned, evidence }: SemanticFacts): SemanticTier {
  /** What is to be read before the next judgement; undefined: nobody has used the tier yet. */
  const waiting = new Map<CacheKey, SemanticEntry>()
  const known = new Map<CacheKey, SemanticEntry>()
  let rate = 0
  let tier: ReturnType<typeof createSemanticTier> | undefined
  let catchingUp: Promise<void> | undefined

  const begin = async (targetErrorRate: number): Promise<void> => {
    const learned = tier === undefined ? await evidence().catch(() => undefined) : tier.exportEvidence()
    rate = targetErrorRate
    tier = createSemanticTier({ targetErrorRate })
    for (const [key, entry] of known) waiting.set(key, entry)
    known.clear()
    await readAll()
    if (learned !== undefined) tier.importEvidence(learned)
  }
  const readAll = async (): Promise<void> => {
    let count = 0
    for (const [key, entry] of waiting) {
      waiting.delete(key)
      known.set(key, entry)
      if (excludedText(entry.question) === undefined) tier?.add(entry)
      if (++count % READ_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const upToDate = (targetErrorRate: number): Promise<void> => {
    if (tier !== undefined && rate === targetErrorRate && waiting.size === 0) return Promise.resolve()
    catchingUp ??= (tier === undefined || rate !== targetErrorRate ? begin(targetErrorRate) : readAll()).finally(() => {
      catchingUp = undefined
    })
    return catchingUp
  }
  const learn = (entryId: CacheKey, question: string, verdict: 'right' | 'wrong'): void => {
    if (tier === undefined) return
    tier.learn({ entryId, question, verdict })
    onLearned(tier.exportEvidence())
  }

  return {
    whyNot(view) {
      const eligibility = semanticQuestion(view)
      return eligibility.is === 'eligible' ? undefined : eligibility.why
    },
    async judge({ text, scope, fingerprint }, targetErrorRate) {
      await upToDate(targetErrorRate)
      const found = await tier?.find(text, fingerprint, scope)
      if (found === undefined || found.is === 'none') return NOTHING
      if (found.is === 'hit') return { hit: { key: found.entry.id, similarity: found.similarity }, nearMisses: [] }
      const misses = found.misses.map(nearMiss)
      return { hit: undefined, nearMisses: found.is === 'would-hit' ? [{ ...nearMiss(found), gate: found.heldBecause }, ...misses] : misses }
    },
    added: (key, { text, scope, fingerprint }) => void waiting.set(key, { id: key, question: text, fingerprint, scope }),
    removed(key) {
      waiting.delete(key)
      if (known.delete(key)) tier?.remove(key)
    },
    learn: ({ key, other }) => learn(key, other, 'wrong'),
    checked: (key, question, agrees) => learn(key, question, agrees ? 'right' : 'wrong'),
    compare(one, other) {
      const excluded = excludedText(one) ?? excludedText(other)
      const { similarity, guards, verdict } = compare(one, other)
      const gates = guards.map(({ name, objection }) => ({ name, against: objection?.why }))
      if (excluded !== undefined) gates.unshift({ name: 'eligibility', against: `A question that ${excluded} is never taken for another.` })
      return { similarity, isHit: one === other || (verdict === 'same' && excluded === undefined), gates }
    },
  }
}

const NOTHING: SemanticVerdict = { hit: undefined, nearMisses: [] }

function nearMiss({ entry, similarity, why }: Pick<NearMiss, 'entry' | 'similarity' | 'why'>): SemanticVerdict['nearMisses'][number] {
  return { key: entry.id, similarity, gate: why }
}
