/** The place of the semantic tier: it finds a question that means the same among those with an equal fingerprint, or says which came near and why not. */
import type { CacheKey, CacheScope } from '../../../shared/cache.ts'

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
  /** undefined: such a question is not for this tier (code, novelty, too long). Never rejects. */
  judge(question: SemanticQuestion): SemanticVerdict | undefined | Promise<SemanticVerdict | undefined>
  /** A question that may be answered from from now on. */
  added(key: CacheKey, question: SemanticQuestion): void
  removed(key: CacheKey): void
  /** One pair of questions that must not share an answer. */
  learn(pair: { readonly scope: CacheScope; readonly fingerprint: string; readonly key: CacheKey; readonly question: string; readonly other: string }): void
  /** What a sampled check showed of a hit. */
  checked(key: CacheKey, similarity: number, agrees: boolean): void
  /** Two wordings side by side, for the threshold tester. */
  compare(one: string, other: string): SemanticComparison | Promise<SemanticComparison>
}

export interface SemanticComparison {
  readonly similarity: number
  readonly isHit: boolean
  /** The similarity from which on a question may be answered, where the gates agree. */
  readonly threshold: number
  /** Each gate that refuses, in words for people. */
  readonly refusals: readonly string[]
}

/** Where there is no tier: only equal questions are the same. */
export const withoutSemanticTier: Pick<SemanticTier, 'compare'> = {
  compare: (one, other) => ({
    similarity: one === other ? 1 : 0,
    isHit: one === other,
    threshold: 1,
    refusals: one === other ? [] : ['The two are not equal, and no other question is taken for the same.'],
  }),
}
