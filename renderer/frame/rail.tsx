import { Activity, Archive, Boxes, Columns3, KeyRound, type LucideIcon, Plug, Settings } from 'lucide-react'
import { type ReactElement, useSyncExternalStore } from 'react'
import { classes } from '../ui/button.tsx'
import { modHint } from '../ui/keyboard.ts'
import { useLayout } from './layout-store.ts'
import styles from './rail.module.css'
import { hashOf, SECTIONS, type Section } from './route.ts'

const NARROW = window.matchMedia('(max-width: 1040px)')

const ITEMS: Readonly<Record<Section, { readonly label: string; readonly icon: LucideIcon }>> = {
  playground: { label: 'Playground', icon: Columns3 },
  traffic: { label: 'Traffic', icon: Activity },
  cache: { label: 'Cache', icon: Archive },
  models: { label: 'Models', icon: Boxes },
  providers: { label: 'Providers', icon: KeyRound },
  connect: { label: 'Connect', icon: Plug },
  settings: { label: 'Settings', icon: Settings },
}

export function Rail({ section }: { readonly section: Section }): ReactElement {
  const folded = useRailFolded()
  return (
    <nav className={classes(styles.rail, folded && styles.folded)} aria-label="Sections">
      {SECTIONS.map((each, index) => {
        const { label, icon: Icon } = ITEMS[each]
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
