import { Menu } from '@base-ui/react/menu'
import { Check, Copy, Monitor, Moon, PanelLeft, Sun } from 'lucide-react'
import type { ReactElement } from 'react'
import { formatUsd } from '../../shared/money.ts'
import { useMirrored } from '../client/mirror.ts'
import { connectStatus, settings, totals } from '../client/mirrors.ts'
import { classes, IconButton } from '../ui/button.tsx'
import { useCopy } from '../ui/clipboard.ts'
import { modHint } from '../ui/keyboard.ts'
import menu from '../ui/menu.module.css'
import { Mark } from './mark.tsx'
import { toggleRail, useRailFolded } from './rail.tsx'
import { hashOf } from './route.ts'
import { chooseTheme, type Theme } from './theme.ts'
import styles from './title-bar.module.css'

export function TitleBar(): ReactElement {
  const folded = useRailFolded()
  return (
    <header className={styles.bar}>
      <div className={styles.start}>
        <IconButton small label={`${folded ? 'Unfold' : 'Fold'} the sidebar (${modHint('B')})`} className={styles.fold} onClick={toggleRail}>
          <PanelLeft aria-hidden />
        </IconButton>
        <Mark size={20} />
        <span className={styles.name}>Switchyard</span>
      </div>
      <Endpoint />
      <div className={styles.end}>
        <Today />
        <ThemeMenu />
      </div>
    </header>
  )
}

/** The local endpoint's address: a click copies it, with the path that tools want. */
function Endpoint(): ReactElement {
  const status = useMirrored(connectStatus)
  const { copied, copy } = useCopy()
  if (status === undefined) return <div className={styles.capsule} aria-busy="true" />
  if (status.address === undefined) {
    return (
      <a className={styles.capsule} href={hashOf('connect')}>
        <span className={styles.dot} />
        Endpoint is off
      </a>
    )
  }
  const address = `${status.address}/v1`
  return (
    <button
      type="button"
      className={styles.capsule}
      onClick={() => copy(address)}
      title="Copy the endpoint’s address"
      aria-label={`Copy the endpoint’s address, ${address}`}
    >
      <span className={classes(styles.dot, styles.on)} />
      <span className={styles.address}>{address.replace(/^https?:\/\//, '')}</span>
      {copied === undefined ? <Copy aria-hidden size={13} /> : <Check aria-hidden size={13} className={styles.copied} />}
      <span className="visually-hidden" role="status">
        {copied !== undefined && 'Copied'}
      </span>
    </button>
  )
}

/** Spent since midnight; a plus says that some requests have no known price. */
function Today(): ReactElement | null {
  const today = useMirrored(totals)
  if (today === undefined) return null
  const unpriced = today.unpriced === 0 ? '' : `; the cost of ${today.unpriced} is not known`
  return (
    <a className={styles.today} href={hashOf('traffic')} title={`${today.requests} requests since midnight${unpriced}`}>
      <span>Today</span>
      <b>
        {formatUsd(today.spent)}
        {today.unpriced > 0 && '+'}
      </b>
    </a>
  )
}

const THEMES: readonly { readonly theme: Theme; readonly label: string; readonly icon: typeof Sun }[] = [
  { theme: 'system', label: 'System', icon: Monitor },
  { theme: 'light', label: 'Light', icon: Sun },
  { theme: 'dark', label: 'Dark', icon: Moon },
]

function ThemeMenu(): ReactElement {
  const theme = useMirrored(settings)?.theme ?? 'system'
  const Icon = THEMES.find((each) => each.theme === theme)?.icon ?? Monitor
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <IconButton small label="Theme">
            <Icon aria-hidden />
          </IconButton>
        }
      />
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            <Menu.RadioGroup value={theme} onValueChange={(value: Theme) => chooseTheme(value)}>
              {THEMES.map(({ theme: each, label, icon: Each }) => (
                <Menu.RadioItem key={each} value={each} className={menu.item} closeOnClick>
                  <Each aria-hidden size={15} />
                  {label}
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
