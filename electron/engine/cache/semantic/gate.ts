import type { CacheReason, Gate } from '../../../../shared/messages/cache-reasons.ts'
import { type Alignment, align } from './alignment.ts'
import { dates, numbers, units } from './guards/amounts.ts'
import { sameContent, swap, unmatched } from './guards/content.ts'
import type { Guard } from './guards/guard.ts'
import { ending, frame, modality, owners, pronouns, scope, times } from './guards/meaning.ts'
import { code, languages, names, quotes } from './guards/names.ts'
import { comparatives, direction, order } from './guards/order.ts'
import { antonyms, exceptions, negation } from './guards/polarity.ts'
import { symbols } from './guards/symbols.ts'
import type { Reading } from './reading.ts'

/** Cheap and telling ones first. */
export const GUARDS: readonly Guard[] = [
  numbers,
  units,
  symbols,
  dates,
  languages,
  code,
  quotes,
  negation,
  exceptions,
  antonyms,
  names,
  frame,
  pronouns,
  owners,
  scope,
  times,
  modality,
  direction,
  order,
  comparatives,
]
/** For candidates that an embedding proposed. */
export const GUARDED: readonly Guard[] = [...GUARDS, swap, unmatched]
/** Without a model: every content word must have its partner as well. */
export const STRICT: readonly Guard[] = [...GUARDS, ending, sameContent]

export type Tier = 'strict' | 'guarded'

export interface Refusal {
  readonly guard: Gate
  readonly why: CacheReason
  readonly weight: number
}

/** Every guard's objection, in the order they are asked. */
export function objections(a: Reading, b: Reading, tier: Tier, alignment: Alignment = align(a, b)): readonly Refusal[] {
  const found: Refusal[] = []
  for (const guard of tier === 'strict' ? STRICT : GUARDED) {
    const objection = guard.check(a, b, alignment)
    if (objection !== undefined) found.push({ guard: guard.name, ...objection })
  }
  return found
}

/** Whether so many objections are too many for this tier. */
export function refuses(found: readonly Refusal[], tier: Tier): boolean {
  if (tier === 'strict') return found.length > 0
  return found.some(({ weight }) => weight >= 1) || found.reduce((sum, { weight }) => sum + weight, 0) >= ENOUGH
}

/** Doubts of this sum refuse. Tuned by `npm run bench:semantic` in five folds. */
const ENOUGH = 1.4
