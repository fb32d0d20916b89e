import { Menu } from '@base-ui/react/menu'
import { Check, Monitor, Moon, PanelLeft, Search, Sun } from 'lucide-react'
import type { ReactElement } from 'react'
import { useMirrored } from '../client/mirror.ts'
import { settings, totals } from '../client/mirrors.ts'
import { useTexts } from '../i18n/texts.ts'
import { IconButton } from '../ui/button.tsx'
import { formatMoney } from '../ui/figures.ts'
import { modHint } from '../ui/keyboard.ts'
import menu from '../ui/menu.module.css'
import { EndpointCapsule } from './endpoint/capsule.tsx'
import { Mark } from './mark.tsx'
import { openOverlay } from './palette/store.ts'
import { toggleRail, useRailFolded } from './rail.tsx'
import { hashOf } from './route.ts'
import { bindingsOf } from './shortcuts/bindings.ts'
import { chordHint } from './shortcuts/chord.ts'
import { FRAME_TEXTS } from './texts.ts'
import { chooseTheme, type Theme } from './theme.ts'
import styles from './title-bar.module.css'

export function TitleBar(): ReactElement {
  const folded = useRailFolded()
  const hint = chordHint(bindingsOf(useMirrored(settings)?.shortcuts ?? {}).palette)
  const texts = useTexts(FRAME_TEXTS)
  return (
    <header className={styles.bar}>
      <div className={styles.start}>
        <IconButton small label={`${folded ? texts.unfoldSidebar : texts.foldSidebar} (${modHint('B')})`} className={styles.fold} onClick={toggleRail}>
          <PanelLeft aria-hidden />
        </IconButton>
        <Mark size={20} />
        <span className={styles.name}>Switchyard</span>
      </div>
      <EndpointCapsule />
      <div className={styles.end}>
        <button type="button" className={styles.search} onClick={() => openOverlay('palette')} title={texts.palette}>
          <Search aria-hidden size={13} />
          <span className={styles.searchWords}>{texts.searchField}</span>
          <kbd>{hint}</kbd>
        </button>
        <Today />
        <ThemeMenu />
      </div>
    </header>
  )
}

/** Spent since midnight; a plus says that some requests have no known price. */
function Today(): ReactElement | null {
  const today = useMirrored(totals)
  const texts = useTexts(FRAME_TEXTS)
  if (today === undefined) return null
  return (
    <a className={styles.today} href={hashOf('costs')} title={texts.todayMore(today.requests, today.unpriced)}>
      <span>{texts.today}</span>
      <b>
        {formatMoney(today.spent)}
        {today.unpriced > 0 && '+'}
      </b>
      {today.saved > 0 && (
        <span className={styles.saved}>
          {texts.saved} <b>{formatMoney(today.saved)}</b>
        </span>
      )}
    </a>
  )
}

const THEMES: readonly { readonly theme: Theme; readonly icon: typeof Sun }[] = [
  { theme: 'system', icon: Monitor },
  { theme: 'light', icon: Sun },
  { theme: 'dark', icon: Moon },
]

function ThemeMenu(): ReactElement {
  const texts = useTexts(FRAME_TEXTS)
  const theme = useMirrored(settings)?.theme ?? 'system'
  const Icon = THEMES.find((each) => each.theme === theme)?.icon ?? Monitor
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <IconButton small label={texts.theme}>
            <Icon aria-hidden />
          </IconButton>
        }
      />
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            <Menu.RadioGroup value={theme} onValueChange={(value: Theme) => chooseTheme(value)}>
              {THEMES.map(({ theme: each, icon: Each }) => (
                <Menu.RadioItem key={each} value={each} className={menu.item} closeOnClick>
                  <Each aria-hidden size={15} />
                  {texts.themes[each]}
                  <Menu.RadioItemIndicator className={menu.check}>
                    <Check aria-hidden size={14} />
                  </Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
