import { Activity, Archive, Boxes, ChartColumnStacked, Columns3, KeyRound, type LucideIcon, Plug, Settings, Waypoints } from 'lucide-react'
import { type ReactElement, useSyncExternalStore } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { classes } from '../ui/button.tsx'
import { modHint } from '../ui/keyboard.ts'
import { useLayout } from './layout-store.ts'
import styles from './rail.module.css'
import { hashOf, SECTIONS, type Section } from './route.ts'
import { FRAME_TEXTS } from './texts.ts'

const NARROW = window.matchMedia('(max-width: 1040px)')

export const ICONS: Readonly<Record<Section, LucideIcon>> = {
  playground: Columns3,
  traffic: Activity,
  costs: ChartColumnStacked,
  cache: Archive,
  models: Boxes,
  providers: KeyRound,
  routing: Waypoints,
  connect: Plug,
  settings: Settings,
}

export function Rail({ section }: { readonly section: Section }): ReactElement {
  const folded = useRailFolded()
  const texts = useTexts(FRAME_TEXTS)
  return (
    <nav className={classes(styles.rail, folded && styles.folded)} aria-label={texts.sectionsLabel}>
      {SECTIONS.map((each, index) => {
        const Icon = ICONS[each]
        const label = texts.sections[each]
        const hint = modHint(String(index + 1))
        return (
          <a
            key={each}
            href={hashOf(each)}
            className={classes(styles.item, each === 'settings' && styles.last)}
            aria-current={each === section ? 'page' : undefined}
            aria-label={label}
            title={folded ? `${label} (${hint})` : undefined}
          >
            <Icon aria-hidden size={17} strokeWidth={1.75} />
            {!folded && <span>{label}</span>}
            {!folded && <kbd aria-hidden>{hint}</kbd>}
          </a>
        )
      })}
    </nav>
  )
}

export function useRailFolded(): boolean {
  const chosen = useLayout((layout) => layout.railFolded)
  const narrow = useSyncExternalStore(
    (changed) => {
      NARROW.addEventListener('change', changed)
      return () => NARROW.removeEventListener('change', changed)
    },
    () => NARROW.matches,
  )
  return chosen ?? narrow
}

export function toggleRail(): void {
  useLayout.setState((layout) => ({ railFolded: !(layout.railFolded ?? NARROW.matches) }))
}
