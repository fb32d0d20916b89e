/** Terms of the traffic filter, for properties. */
import fc from 'fast-check'
import { CACHE_WORDS, COMPARISONS, type FilterTerm, FLAGS, NAME_FIELDS, NUMBER_FIELDS, type NumberField } from '../../shared/traffic/filter.ts'

/** A word without quotes and wild cards. */
export const filterWord = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !/["\s*]/u.test(text) && text.trim() !== '')
const value = filterWord.filter((text) => !/[,]/.test(text))
const numbers = fc.constantFrom(...(Object.keys(NUMBER_FIELDS) as NumberField[])).chain((field) =>
  fc.record({
    kind: fc.constant('number' as const),
    not: fc.boolean(),
    field: fc.constant(field),
    is: fc.constantFrom(...COMPARISONS),
    value: fc.nat({ max: 2_000_000 }),
  }),
)
/** Any term that can be written. */
export const filterTerm: fc.Arbitrary<FilterTerm> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), not: fc.boolean(), words: filterWord.filter((text) => text !== '-' && text.toLowerCase() !== 'pinned') }),
  fc.record({
    kind: fc.constant('name' as const),
    not: fc.boolean(),
    field: fc.constantFrom(...NAME_FIELDS),
    exact: fc.boolean(),
    anyOf: fc.array(value, { minLength: 1, maxLength: 3 }),
  }),
  numbers,
  fc.record({ kind: fc.constant('cache' as const), not: fc.boolean(), anyOf: fc.array(fc.constantFrom(...CACHE_WORDS), { minLength: 1, maxLength: 2 }) }),
  fc.record({ kind: fc.constant('flag' as const), not: fc.boolean(), flag: fc.constantFrom(...FLAGS) }),
)
