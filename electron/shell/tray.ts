import { join } from 'node:path'
import { ZERO_USD } from '../../shared/money.ts'
import { type TrayActions, type TrayFacts, trayTemplate } from '../menus/tray-menu.ts'
import type { ElectronFace } from './electron-face.ts'
import type { GatewayFace } from './gateway-face.ts'

/** Often enough for a figure one glances at. */
const REFRESH_MS = 5_000

export interface Tray {
  /** Looks at once, for what has just been clicked. */
  look(): void
  stop(): void
}

/**
 * Puts the icon up and keeps it and its menu true until `stop`; by that the caller holds on to it, or it would be collected as garbage.
 * @param onFacts hears of what it says whenever that is different
 * @param failed hears of totals that could not be had; the menu then keeps the last ones
 */
export function showTray(
  electron: Pick<ElectronFace, 'Menu' | 'Tray'>,
  icon: (stopped: boolean) => string,
  gateway: Pick<GatewayFace, 'address' | 'stopped' | 'totals'>,
  actions: TrayActions,
  onFacts: (facts: TrayFacts) => void,
  failed: (thrown: unknown) => void,
): Tray {
  const tray = new electron.Tray(icon(gateway.stopped))
  tray.on('click', actions.show)

  let totals: Pick<TrayFacts, 'active' | 'spentToday'> = { active: 0, spentToday: ZERO_USD }
  let shown = ''
  function draw(): void {
    const facts: TrayFacts = { address: gateway.address, stopped: gateway.stopped, ...totals }
    // Linux closes an open menu when it is replaced, so only when something changed.
    if (JSON.stringify(facts) === shown) return
    shown = JSON.stringify(facts)
    tray.setImage(icon(facts.stopped))
    tray.setToolTip(facts.stopped ? 'Switchyard, stopped' : 'Switchyard')
    tray.setContextMenu(electron.Menu.buildFromTemplate(trayTemplate(facts, actions)))
    onFacts(facts)
  }
  async function refresh(): Promise<void> {
    totals = await gateway.totals()
    draw()
  }

  draw()
  const timer = setInterval(() => void refresh().catch(failed), REFRESH_MS)
  timer.unref()
  return { look: draw, stop: () => clearInterval(timer) }
}

/** macOS draws a "template" in its menu bar's own colour; the @2x file beside it is found by Electron itself. */
export function trayIcon(platform: NodeJS.Platform, iconsDir: string, stopped: boolean): string {
  return join(iconsDir, `tray${stopped ? 'Stopped' : ''}${platform === 'darwin' ? 'Template' : ''}.png`)
}
