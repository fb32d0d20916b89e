import { join } from 'node:path'
import { ZERO_USD } from '../../shared/money.ts'
import { type TrayActions, type TrayFacts, trayTemplate } from '../menus/tray-menu.ts'
import type { ElectronFace } from './electron-face.ts'
import type { GatewayFace } from './gateway-face.ts'

/** Often enough for a figure one glances at. */
const REFRESH_MS = 5_000

/**
 * Puts the icon up and keeps its menu true until `stop`; by that the caller holds on to it, or it would be collected as garbage.
 * @param failed hears of totals that could not be had; the menu then keeps the last ones
 */
export function showTray(
  electron: Pick<ElectronFace, 'Menu' | 'Tray'>,
  icon: string,
  gateway: Pick<GatewayFace, 'address' | 'totals'>,
  actions: TrayActions,
  failed: (thrown: unknown) => void,
): { stop(): void } {
  const tray = new electron.Tray(icon)
  tray.setToolTip('Switchyard')
  tray.on('click', actions.show)

  let shown = ''
  function draw(facts: TrayFacts): void {
    // Linux closes an open menu when it is replaced, so only when something changed.
    if (JSON.stringify(facts) === shown) return
    shown = JSON.stringify(facts)
    tray.setContextMenu(electron.Menu.buildFromTemplate(trayTemplate(facts, actions)))
  }
  async function refresh(): Promise<void> {
    const { active, spentToday } = await gateway.totals()
    draw({ address: gateway.address, active, spentToday })
  }

  draw({ address: gateway.address, active: 0, spentToday: ZERO_USD })
  const timer = setInterval(() => void refresh().catch(failed), REFRESH_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/** macOS draws a "template" in its menu bar's own colour; the @2x file beside it is found by Electron itself. */
export function trayIcon(platform: NodeJS.Platform, iconsDir: string): string {
  return join(iconsDir, platform === 'darwin' ? 'trayTemplate.png' : 'tray.png')
}
