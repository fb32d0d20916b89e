/** Endings that make another kind of word of the same thing: decorate, decorating, decoration, decorator. None of them turns a meaning round. */
const ENDINGS = new Set(
  `e ed er ers es s ing ings ion ions ation ations ition ment ments al ally ial ly ity ies y ness ship ships ance ances ence ences ancy ency ant ants ent ents ently antly ive ives ively or ors able ably ible
  ic ical ically ous ously ful fully age ages ure ures th t d r ize izes ized izing ization`.split(/\s+/),
)
const SHORTEST_ROOT = 5

/** Whether both are one root (five letters at least, and most of the longer word) with two of these endings. */
export function areRelated(one: string, other: string): boolean {
  let shared = 0
  while (shared < one.length && one[shared] === other[shared]) shared++
  const least = Math.max(SHORTEST_ROOT, Math.ceil(0.5 * Math.max(one.length, other.length)))
  for (let root = shared; root >= least; root--) if (isEnding(one.slice(root)) && isEnding(other.slice(root))) return true
  return false
}

const isEnding = (rest: string): boolean => rest === '' || ENDINGS.has(rest)
