/** Endings that make another kind of word of the same thing: decorate, decorating, decoration, decorator. None of them turns a meaning round. */
const ENDINGS = new Set(
  `e ed er ers es s ing ings ion ions ation ations ition ment ments al ally ial ly ity ies y ness ship ships ance ances ence ences ancy ency ant ants ent ents ently antly ive ives ively or ors able ably ible
  ic ical ically ous ously ful fully age ages ure ures th t d r en ened ening ize izes ized izing ization`.split(/\s+/),
)
const SHORTEST_ROOT = 5

/** Whether both are the same root (five letters at least, and most of the longer word) with two of these endings. */
export function areRelated(one: string, other: string): boolean {
  let shared = 0
  while (shared < one.length && one[shared] === other[shared]) shared++
  if (shared < SHORTEST_ROOT || shared < 0.55 * Math.max(one.length, other.length)) return false
  const [rest, otherRest] = [one.slice(shared), other.slice(shared)]
  return (rest === '' || ENDINGS.has(rest)) && (otherRest === '' || ENDINGS.has(otherRest))
}
