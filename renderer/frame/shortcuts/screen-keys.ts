/** Keys that screens answer to by themselves. Only one screen is seen at a time, so two of them may share a key; a shortcut of the frame may not take it. */
interface KeyOfScreen {
  /** As the user finds it; their own is in the settings. */
  readonly chord: string
  readonly on: 'playground' | 'lists' | 'traffic'
  /** Others stand for it too (2 to 6 beside 1, arrows beside J and K), so it stays where it is. */
  readonly fixed?: true
}

export const SCREEN_KEYS = {
  runAll: { chord: 'Mod+Enter', on: 'playground' },
  runPane: { chord: 'Mod+Shift+Enter', on: 'playground' },
  stopAll: { chord: 'Mod+.', on: 'playground' },
  regenerate: { chord: 'Mod+R', on: 'playground' },
  addPane: { chord: 'Mod+\\', on: 'playground' },
  newTab: { chord: 'Mod+T', on: 'playground' },
  closeTab: { chord: 'Mod+W', on: 'playground' },
  pickModel: { chord: 'M', on: 'playground' },
  parameters: { chord: 'P', on: 'playground' },
  onePane: { chord: 'F', on: 'playground' },
  diff: { chord: 'D', on: 'playground' },
  syncScroll: { chord: 'S', on: 'playground' },
  blind: { chord: 'B', on: 'playground' },
  voteTie: { chord: '0', on: 'playground' },
  voteBothBad: { chord: '9', on: 'playground' },
  votePane: { chord: '1', on: 'playground', fixed: true },
  focusPane: { chord: 'Alt+1', on: 'playground', fixed: true },
  filter: { chord: '/', on: 'lists', fixed: true },
  nextRow: { chord: 'J', on: 'lists', fixed: true },
  previousRow: { chord: 'K', on: 'lists', fixed: true },
  openRow: { chord: 'Enter', on: 'lists', fixed: true },
  close: { chord: 'Escape', on: 'lists', fixed: true },
  explain: { chord: 'W', on: 'traffic' },
  openCached: { chord: 'A', on: 'traffic' },
  replay: { chord: 'R', on: 'traffic' },
  compareCheaper: { chord: 'C', on: 'traffic' },
  makeRule: { chord: 'M', on: 'traffic' },
  chooseForDiff: { chord: 'D', on: 'traffic' },
  pin: { chord: 'Mod+P', on: 'traffic' },
  copyCurl: { chord: 'Mod+Shift+C', on: 'traffic' },
  remove: { chord: 'Delete', on: 'traffic' },
  focusList: { chord: 'Mod+[', on: 'traffic' },
  focusDetail: { chord: 'Mod+]', on: 'traffic' },
} as const satisfies Readonly<Record<string, KeyOfScreen>>

export type ScreenKey = keyof typeof SCREEN_KEYS

export const SCREEN_KEY_IDS = Object.keys(SCREEN_KEYS) as readonly ScreenKey[]

/** Those that the user may change. */
export function isFree(id: ScreenKey): boolean {
  return !('fixed' in SCREEN_KEYS[id])
}
