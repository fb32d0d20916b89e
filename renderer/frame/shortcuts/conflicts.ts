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

function mayMeet(one: string, other: string): boolean {
  const [here, there] = [screenOf(one), screenOf(other)]
  return here === undefined || there === undefined || here === there
}

/** undefined: the frame's own, which answers everywhere. */
function screenOf(id: string): string | undefined {
  return Object.hasOwn(SCREEN_KEYS, id) ? SCREEN_KEYS[id as ScreenKey].on : undefined
}
