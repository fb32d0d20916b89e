/**
 * Keys that screens answer to by themselves. Only one screen is seen at a time, so two of them may share a key; a shortcut of the frame may not take it, and
 * neither may a screen with a list take one of lists. Each can be changed. What is not here is what a control does everywhere: arrows, Home, End, PageUp
 * and PageDown in a grid (https://www.w3.org/WAI/ARIA/apg/patterns/grid/), Tab, Escape in dialogs and menus, Ctrl+Tab for tabs.
 */
interface KeyOfScreen {
  /** As the user finds it; their own is in the settings. */
  readonly chord: string
  readonly on: 'playground' | 'lists' | 'traffic' | 'cache' | 'models'
}

export const SCREEN_KEYS = {
  runAll: { chord: 'Mod+Enter', on: 'playground' },
  runPane: { chord: 'Mod+Shift+Enter', on: 'playground' },
  stopAll: { chord: 'Mod+.', on: 'playground' },
  stopRunning: { chord: 'Escape', on: 'playground' },
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
  vote1: { chord: '1', on: 'playground' },
  vote2: { chord: '2', on: 'playground' },
  vote3: { chord: '3', on: 'playground' },
  vote4: { chord: '4', on: 'playground' },
  vote5: { chord: '5', on: 'playground' },
  vote6: { chord: '6', on: 'playground' },
  focusPane1: { chord: 'Alt+1', on: 'playground' },
  focusPane2: { chord: 'Alt+2', on: 'playground' },
  focusPane3: { chord: 'Alt+3', on: 'playground' },
  focusPane4: { chord: 'Alt+4', on: 'playground' },
  focusPane5: { chord: 'Alt+5', on: 'playground' },
  focusPane6: { chord: 'Alt+6', on: 'playground' },
  filter: { chord: '/', on: 'lists' },
  filterToo: { chord: 'Mod+F', on: 'lists' },
  nextRow: { chord: 'J', on: 'lists' },
  previousRow: { chord: 'K', on: 'lists' },
  openRow: { chord: 'Enter', on: 'lists' },
  quickLook: { chord: 'Space', on: 'lists' },
  close: { chord: 'Escape', on: 'lists' },
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
  deleteEntry: { chord: 'Delete', on: 'cache' },
  compareModel: { chord: 'C', on: 'models' },
} as const satisfies Readonly<Record<string, KeyOfScreen>>

export type ScreenKey = keyof typeof SCREEN_KEYS

export const SCREEN_KEY_IDS = Object.keys(SCREEN_KEYS) as readonly ScreenKey[]
