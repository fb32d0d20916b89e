import { join } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { formatUsd } from '../../shared/money.ts'
import type { ElectronFace } from './electron-face.ts'
import type { GatewayFace } from './gateway-face.ts'

/** Often enough for a figure one glances at. */
const REFRESH_MS = 5_000

export interface TrayActions {
  readonly show: () => void
  readonly copy: (text: string) => void
  readonly quit: () => void
}

export function trayTemplate(gateway: Pick<GatewayFace, 'address' | 'totals'>, { show, copy, quit }: TrayActions): MenuItemConstructorOptions[] {
  const { active, spentToday } = gateway.totals()
  const endpoint = gateway.address === undefined ? undefined : `${gateway.address}/v1`
  return [
    { label: 'Open Switchyard', click: show },
    { type: 'separator' },
    { label: endpoint ?? 'Not listening', enabled: false },
    { label: 'Copy address', enabled: endpoint !== undefined, click: () => endpoint !== undefined && copy(endpoint) },
    { label: `Spent today: ${formatUsd(spentToday)}${active === 0 ? '' : `, ${active} running`}`, enabled: false },
    { type: 'separator' },
    { label: 'Quit', click: quit },
  ]
}

/** Puts the icon up and keeps its menu true. The caller holds the result, or the icon is collected as garbage. */
export function showTray(
  electron: Pick<ElectronFace, 'Menu' | 'Tray'>,
  platform: NodeJS.Platform,
  iconsDir: string,
  gateway: Pick<GatewayFace, 'address' | 'totals'>,
  actions: TrayActions,
): { stop(): void } {
  // macOS draws a "template" in the menu bar's own colour, and finds the @2x file by itself.
  const tray = new electron.Tray(join(iconsDir, platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'))
  tray.setToolTip('Switchyard')
  tray.on('click', actions.show)

  let shown = ''
  function refresh(): void {
    const template = trayTemplate(gateway, actions)
    const labels = JSON.stringify(template)
    // Linux closes an open menu when it is replaced, so only when something changed.
    if (labels === shown) return
    shown = labels
    tray.setContextMenu(electron.Menu.buildFromTemplate(template))
  }

  refresh()
  const timer = setInterval(refresh, REFRESH_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
