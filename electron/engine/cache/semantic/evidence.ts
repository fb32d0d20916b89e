import type { CacheReason } from '../../../../shared/messages/cache-reasons.ts'
/**
 * What was learned about matches that people or checks have judged, and the rule by which a match may be served without asking anyone.
 * After vCache (Schroeder et al., arXiv 2502.03771): the user names an error rate, and thresholds follow from evidence near each cached answer.
 *
 * The rule, for a match of `kind` to an entry at `similarity`, and a target error rate `delta`, a share of served answers:
 *
 * 1. A pair once judged wrong is never served again, whatever else is known.
 * 2. An entry with a wrong answer at similarity s serves only above `s + (1 - s) / 2`: half of what lay above is taken away each time. Entries whose
 *    questions are near the wrong one (its neighbourhood) take the same step from the same s.
 * 3. The kind of match (how it was found; for embeddings also how similar, in steps of 0.05) must have an error bound of at most delta, in one of two ways.
 *    It has _proved itself_ when the anytime-valid 90 % bound over all that was judged of it here is within delta: that bound may be looked at after every
 *    judgement without losing its confidence. Or it is _vouched for_ by shipped evidence (`SHIPPED`): the upper end of the one-sided 90 % Clopper-Pearson
 *    interval over that and what was judged here, shipped evidence a third less with each check that found a mistake, so not at all after three.
 * 4. Shipped evidence vouches for questions that repeat, not for chance: where so many pairs have been compared that chance matches alone would be more than
 *    delta of all matches so far (`CHANCE_MATCH`), it does not count. A long tail of questions that hardly repeat has to prove itself first.
 * 5. The entry's own expected error must be at most delta: `(20 p + wrong) / (20 + judged)` with p the kind's error rate. At the default of 2 % one
 *    mistake stops an entry until about thirty of its matches were judged right.
 *
 * Checks judge without choosing; people speak up when something is wrong. So where nothing is checked, a served answer that nobody objected to counts as a
 * quarter of a right one beside shipped evidence; it never proves a kind, and where checks run, silence counts for nothing.
 *
 * What the rule does not let through is asked upstream as if nothing had been found, and the fresh answer is compared with the kept one: so new evidence
 * comes at no cost.
 */
export interface Evidence {
  readonly right: number
  readonly wrong: number
}

interface KindEvidence extends Evidence {
  /** Of these, by checks. */
  readonly checked: number
  readonly checkedWrong: number
  readonly served: number
}

interface EntryEvidence extends Evidence {
  readonly served: number
  /** Similarity that a match must be above. */
  readonly above: number
}

/** How a match was found: by the same words, by words that mean the same, or by an embedder and how similar it says they are. */
export type MatchKind = string

export type Judgement = { readonly is: 'serve'; readonly bound: number } | { readonly is: 'hold'; readonly why: CacheReason; readonly bound: number }

/** Who judged: a check by asking the model again, or a person. */
export type Judge = 'check' | 'person'

/** Everything learned, as rows that can be stored. */
export interface EvidenceRows {
  readonly kinds: readonly (KindEvidence & { readonly kind: MatchKind })[]
  readonly entries: readonly (EntryEvidence & { readonly entryId: string })[]
  readonly never: readonly { readonly entryId: string; readonly questionKey: string }[]
  /** How far questions repeat; absent in rows of earlier versions. */
  readonly traffic?: readonly ({ readonly scope: string } & Traffic)[]
}

/** Of one scope: pairs of questions compared so far, and questions that matched one kept in other words. */
export interface Traffic {
  readonly compared: number
  readonly matches: number
}

export const DEFAULT_TARGET_ERROR_RATE = 0.02
const CONFIDENCE = 0.9
/** How many judged answers the kind's error rate counts for beside an entry's own. */
const PRIOR_WEIGHT = 20
const CONTRADICTIONS = 3
const SILENCE = 0.25

/**
 * Evidence shipped with the product for matches by words, so that the strict tier works on the first day. On the sets of `npm run bench:semantic` whose
 * labels are clean (this project's own prompts, CheckList, Kmemo) it made no false hit in some 360; that counts for less here, since prompts differ. For
 * equal texts (but for case, punctuation and contractions) it is a judgement rather than a count.
 */
export const SHIPPED: ReadonlyMap<MatchKind, Evidence> = new Map([
  ['same text', { right: 300, wrong: 0 }],
  ['same words', { right: 200, wrong: 0 }],
  ['same meaning', { right: 150, wrong: 0 }],
])

/**
 * How likely two questions that have nothing to do with each other pass the strict gate. None did of the 340,000 pairs that `npm run bench:semantic` draws
 * from its clean sets, so at most one in 150,000 at 90 %; the questions of one trade are nearer to each other than those, hence twice that.
 */
export const CHANCE_MATCH = 1 / 70_000

const NO_KIND: KindEvidence = { right: 0, wrong: 0, checked: 0, checkedWrong: 0, served: 0 }
const NO_ENTRY: EntryEvidence = { right: 0, wrong: 0, served: 0, above: 0 }

export interface EvidenceOptions {
  /** Evidence to begin with; none: every kind has to prove itself on the user's own questions first. */
  readonly shipped?: ReadonlyMap<MatchKind, Evidence>
  /** Whether served answers that nobody objected to count. */
  readonly silenceCounts?: boolean
}

export class EvidenceBook {
  readonly #shipped: ReadonlyMap<MatchKind, Evidence>
  readonly #silence: number
  readonly #kinds = new Map<MatchKind, KindEvidence>()
  readonly #entries = new Map<string, EntryEvidence>()
  readonly #never = new Map<string, Set<string>>()

  constructor({ shipped = SHIPPED, silenceCounts = true }: EvidenceOptions = {}) {
    this.#shipped = shipped
    this.#silence = silenceCounts ? SILENCE : 0
  }

  isForbidden(entryId: string, questionKey: string): boolean {
    return this.#never.get(entryId)?.has(questionKey) === true
  }

  /**
   * @param delta the target error rate, a share of served answers between 0 and 1
   * @param chance what share of the matches so far chance alone would make
   */
  judge(entryId: string, kind: MatchKind, similarity: number, delta: number, chance = 0): Judgement {
    const judged = this.#kinds.get(kind) ?? NO_KIND
    const isVouchedFor = this.#shipped.has(kind) && chance <= delta
    const known = isVouchedFor ? this.#withShipped(kind) : judged
    const proved = anytimeBound(judged.wrong, judged.right + judged.wrong, delta)
    const bound = isVouchedFor ? Math.min(proved, upperBound(known.wrong, known.right + known.wrong)) : proved
    const own = this.#entries.get(entryId) ?? NO_ENTRY
    if (own.above > 0 && similarity <= own.above) return { is: 'hold', bound, why: { code: 'was-wrong', above: own.above } }
    if (bound > delta) return { is: 'hold', bound, why: { code: 'kind-unproved', bound, accepted: delta } }
    const right = own.right + this.#silent(own)
    const rate = (PRIOR_WEIGHT * rateOf(known) + own.wrong) / (PRIOR_WEIGHT + right + own.wrong)
    if (rate > delta) return { is: 'hold', bound, why: { code: 'answer-doubtful', rate, accepted: delta } }
    return { is: 'serve', bound }
  }

  /** How often matches of this kind were checked. */
  checked(kind: MatchKind): number {
    return this.#kinds.get(kind)?.checked ?? 0
  }

  served(entryId: string, kind: MatchKind): void {
    const [seen, own] = [this.#kinds.get(kind) ?? NO_KIND, this.#entries.get(entryId) ?? NO_ENTRY]
    this.#kinds.set(kind, { ...seen, served: seen.served + 1 })
    this.#entries.set(entryId, { ...own, served: own.served + 1 })
  }

  right(entryId: string, kind: MatchKind, judge: Judge): void {
    this.#count(entryId, kind, 'right', judge)
  }

  /** @param neighbours ids of entries with questions near the wrong one */
  wrong(entryId: string, kind: MatchKind, judge: Judge, questionKey: string, similarity: number, neighbours: readonly string[] = []): void {
    this.#count(entryId, kind, 'wrong', judge)
    this.#never.set(entryId, (this.#never.get(entryId) ?? new Set<string>()).add(questionKey))
    for (const id of [entryId, ...neighbours]) {
      const own = this.#entries.get(id) ?? NO_ENTRY
      this.#entries.set(id, { ...own, above: Math.max(own.above, similarity + (1 - similarity) / 2) })
    }
  }

  forget(entryId: string): void {
    this.#entries.delete(entryId)
    this.#never.delete(entryId)
  }

  export(): EvidenceRows {
    return {
      kinds: [...this.#kinds].map(([kind, evidence]) => ({ kind, ...evidence })),
      entries: [...this.#entries].map(([entryId, evidence]) => ({ entryId, ...evidence })),
      never: [...this.#never].flatMap(([entryId, keys]) => [...keys].map((questionKey) => ({ entryId, questionKey }))),
    }
  }

  /** Adds rows of an earlier export; rows of the same kind or entry are replaced. */
  import(rows: EvidenceRows): void {
    for (const { kind, ...evidence } of rows.kinds) this.#kinds.set(kind, evidence)
    for (const { entryId, ...evidence } of rows.entries) this.#entries.set(entryId, evidence)
    for (const { entryId, questionKey } of rows.never) this.#never.set(entryId, (this.#never.get(entryId) ?? new Set()).add(questionKey))
  }

  #withShipped(kind: MatchKind): Evidence {
    const own = this.#kinds.get(kind) ?? NO_KIND
    const shipped = this.#shipped.get(kind) ?? NO_KIND
    const left = Math.max(0, 1 - own.checkedWrong / CONTRADICTIONS)
    return { right: Math.floor(shipped.right * left) + own.right + this.#silent(own), wrong: Math.ceil(shipped.wrong * left) + own.wrong }
  }

  /** Served answers that nobody judged, at their discount. */
  #silent({ served, right, wrong }: Evidence & { readonly served: number }): number {
    return Math.floor(this.#silence * Math.max(0, served - right - wrong))
  }

  #count(entryId: string, kind: MatchKind, what: 'right' | 'wrong', judge: Judge): void {
    const [seen, own] = [this.#kinds.get(kind) ?? NO_KIND, this.#entries.get(entryId) ?? NO_ENTRY]
    const checks = judge === 'check' ? 1 : 0
    this.#kinds.set(kind, {
      ...seen,
      [what]: seen[what] + 1,
      checked: seen.checked + checks,
      checkedWrong: seen.checkedWrong + (what === 'wrong' ? checks : 0),
    })
    this.#entries.set(entryId, { ...own, [what]: own[what] + 1 })
  }
}

const rateOf = ({ right, wrong }: Evidence): number => (right + wrong === 0 ? 1 : wrong / (right + wrong))

/** Mistakes beyond which the Wilson score stands in: by then the two bounds differ in the third digit, and the exact sum takes long. */
const EXACT_UP_TO = 50
/** Of the normal distribution at 90 %. */
const Z = 1.2815515655446004

/**
 * Upper end of the one-sided Clopper-Pearson interval for `wrong` out of `judged` (Clopper and Pearson 1934): the error rate at which so few mistakes
 * would come up in only one of ten such samples. 1 where nothing was judged.
 */
export function upperBound(wrong: number, judged: number): number {
  if (judged === 0 || wrong >= judged) return 1
  const share = wrong / judged
  if (wrong > EXACT_UP_TO) {
    const spread = Z * Math.sqrt((share * (1 - share)) / judged + Z ** 2 / (4 * judged ** 2))
    return (share + Z ** 2 / (2 * judged) + spread) / (1 + Z ** 2 / judged)
  }
  let [low, high] = [share, 1]
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2
    if (atMost(wrong, judged, middle) > 1 - CONFIDENCE) low = middle
    else high = middle
  }
  return high
}

/**
 * A bound that holds at all times at once: the largest error rate against which a bet on a lower one has not multiplied its stake tenfold (Ville 1939, the
 * mixture method of Robbins 1970). The bets are weighed by Beta(1, 1 / delta), so as to tell rates about delta soonest: 193 right ones and none wrong show
 * 2 %, where an interval that may be looked at only once takes 114. 1 where nothing was judged.
 */
export function anytimeBound(wrong: number, judged: number, delta: number): number {
  if (judged === 0 || wrong >= judged) return 1
  const right = judged - wrong
  const weight = 1 / delta
  const stake = logBeta(1 + wrong, weight + right) - logBeta(1, weight) + Math.log(1 - CONFIDENCE)
  let [low, high] = [wrong / judged, 1]
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2
    if (stake - (wrong === 0 ? 0 : wrong * Math.log(middle)) - right * Math.log1p(-middle) < 0) low = middle
    else high = middle
  }
  return high
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

/** By Stirling's series, from where four of its terms give ten digits. */
function logGamma(x: number): number {
  if (x < 10) return logGamma(x + 1) - Math.log(x)
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5) - 1 / (1680 * x ** 7)
}

/** P(X <= k) of a binomial, summed from its logarithms. */
function atMost(k: number, n: number, p: number): number {
  const odds = Math.log(p) - Math.log1p(-p)
  let log = n * Math.log1p(-p)
  let sum = Math.exp(log)
  for (let count = 1; count <= k; count++) {
    log += Math.log((n - count + 1) / count) + odds
    sum += Math.exp(log)
  }
  return sum
}
