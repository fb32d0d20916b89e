/** Which keys are asked for twice. Pure. */
import { SCREEN_KEYS, type ScreenKey } from './screen-keys.ts'

/** For each action the others that have the same key. Actions without a key are in no one's way, and neither are screens in each other's. */
export function conflictsOf<Id extends string>(bound: Readonly<Record<Id, string>>): ReadonlyMap<Id, readonly Id[]> {
  const all = Object.entries(bound) as [Id, string][]
  const found = new Map<Id, readonly Id[]>()
  for (const [id, chord] of all) {
    const others = chord === '' ? [] : all.filter(([other, its]) => its === chord && other !== id && mayMeet(id, other)).map(([other]) => other)
    if (others.length > 0) found.set(id, others)
  }
  return found
}

/** Screens that hear the keys of lists beside their own. */
const WITH_LISTS: ReadonlySet<string> = new Set(['traffic', 'cache', 'models'] satisfies (typeof SCREEN_KEYS)[ScreenKey]['on'][])

function mayMeet(one: string, other: string): boolean {
  const [here, there] = [screenOf(one), screenOf(other)]
  if (here === undefined || there === undefined || here === there) return true
  return (here === 'lists' && WITH_LISTS.has(there)) || (there === 'lists' && WITH_LISTS.has(here))
}

/** undefined: the frame's own, which answers everywhere. */
function screenOf(id: string): string | undefined {
  return Object.hasOwn(SCREEN_KEYS, id) ? SCREEN_KEYS[id as ScreenKey].on : undefined
}
