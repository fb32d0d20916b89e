/** Which keys are asked for twice. Pure. */

/**
 * Keys that screens use by themselves. A shortcut of the frame must not take them away. Some are used by several screens, which are never seen at the
 * same time.
 */
export const SCREEN_KEYS = {
  runAll: 'Mod+Enter',
  stopAll: 'Mod+.',
  regenerate: 'Mod+R',
  addPane: 'Mod+\\',
  focusPane: 'Alt+1',
  pickModel: 'M',
  filter: '/',
  nextRow: 'J',
  previousRow: 'K',
  openRow: 'Enter',
  close: 'Escape',
  replay: 'R',
  compareCheaper: 'C',
  makeRule: 'M',
  chooseForDiff: 'D',
  pin: 'Mod+P',
  copyCurl: 'Mod+Shift+C',
  remove: 'Delete',
  focusList: 'Mod+[',
  focusDetail: 'Mod+]',
} as const satisfies Readonly<Record<string, string>>

export type ScreenKey = keyof typeof SCREEN_KEYS

/** For each action the others that have the same key. Actions without a key are in no one's way. */
export function conflictsOf<Id extends string>(bound: Readonly<Record<Id, string>>): ReadonlyMap<Id, readonly (Id | ScreenKey)[]> {
  const all = [...entries<Id>(bound), ...entries<ScreenKey>(SCREEN_KEYS)]
  const found = new Map<Id, readonly (Id | ScreenKey)[]>()
  for (const [id, chord] of entries<Id>(bound)) {
    const others = chord === '' ? [] : all.filter(([other, its]) => its === chord && other !== id).map(([other]) => other)
    if (others.length > 0) found.set(id, others)
  }
  return found
}

function entries<Key extends string>(record: Readonly<Record<Key, string>>): readonly (readonly [Key, string])[] {
  return Object.entries(record) as [Key, string][]
}
