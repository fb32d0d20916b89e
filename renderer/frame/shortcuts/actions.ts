/** The actions of the frame that have a key, and their first keys. */

import { copyEndpoint, toggleEndpoint } from '../endpoint/actions.ts'
import { openOverlay } from '../palette/store.ts'
import { toggleRail } from '../rail.tsx'
import { go, SECTIONS } from '../route.ts'
import { nextTheme } from '../theme.ts'

interface Action {
  /** '' for none. */
  readonly chord: string
  /** Going to a section is in the palette already. */
  readonly inPalette: boolean
  readonly run: () => void
}

const goTo = (place: number): Action => ({
  chord: `Mod+${place}`,
  inPalette: false,
  run() {
    const section = SECTIONS[place - 1]
    if (section !== undefined) go(section)
  },
})

export const ACTIONS = {
  palette: { chord: 'Mod+K', inPalette: false, run: () => openOverlay('palette') },
  shortcuts: { chord: 'Mod+/', inPalette: true, run: () => openOverlay('shortcuts') },
  settings: { chord: 'Mod+,', inPalette: false, run: () => go('settings') },
  sidebar: { chord: 'Mod+B', inPalette: true, run: toggleRail },
  theme: { chord: '', inPalette: true, run: nextTheme },
  addKey: { chord: '', inPalette: true, run: () => go('providers') },
  connectTool: { chord: '', inPalette: true, run: () => go('connect') },
  startStop: { chord: '', inPalette: true, run: () => void toggleEndpoint() },
  copyEndpoint: { chord: '', inPalette: true, run: () => void copyEndpoint() },
  section1: goTo(1),
  section2: goTo(2),
  section3: goTo(3),
  section4: goTo(4),
  section5: goTo(5),
  section6: goTo(6),
  section7: goTo(7),
  section8: goTo(8),
  section9: goTo(9),
} as const satisfies Readonly<Record<string, Action>>

export type ActionId = keyof typeof ACTIONS

export const ACTION_IDS = Object.keys(ACTIONS) as readonly ActionId[]
