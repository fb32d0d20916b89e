/**
 * The desktop app from first line to last: what must happen before Electron is ready, the engine, the window, and the way out. Everything
 * that needs Electron is in this folder, main.ts and preload.ts; `electron` comes in as a parameter.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { DEFAULT_PORT, type Flags } from '../flags.ts'
import { APP_ORIGIN, APP_SCHEME, APP_SCHEME_PRIVILEGES, appProtocol, openableOutside, originOf } from '../http/app-protocol.ts'
import { type MenuEndpoint, menuTemplate } from '../menus/app-menu.ts'
import type { ElectronFace } from './electron-face.ts'
import type { GatewayFace } from './gateway-face.ts'
import { confinePages, denyPermissions } from './guards.ts'
import { serveNativeBridge } from './ipc.ts'
import { showTray, trayIcon } from './tray.ts'
import { workbench } from './window.ts'

/** Running answers get this long to be settled in the ledger when the app quits. */
const CLOSE_LIMIT_MS = 5_000

export interface DesktopStart {
  readonly flags: Pick<Flags, 'port' | 'open' | 'devServer'>
  readonly platform: NodeJS.Platform
  readonly dataDir: string
  /** undefined under `npm run dev:desktop`, where the engine is a process of its own and the window a view of the dev server. */
  readonly openGateway: (() => Promise<GatewayFace>) | undefined
  readonly preload: string
  readonly rendererDir: string
  readonly iconsDir: string
  readonly report: (message: string, thrown?: unknown) => void
}

/**
 * Must be called while the entry module is evaluated: the sandbox and the scheme have to be set before Electron is ready.
 * Resolves when the app is up, or at once when another instance is. Never rejects: a failed start is shown, and ends the app with code 1.
 */
export async function startDesktop(electron: ElectronFace, start: DesktopStart): Promise<void> {
  const { app } = electron
  const address = start.flags.devServer ?? `${APP_ORIGIN}/`
  const origin = originOf(address) ?? APP_ORIGIN

  // The window's profile lies in the data folder, and so does the single-instance lock: another --data-dir is another Switchyard.
  const profile = join(start.dataDir, 'window')
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  app.setPath('userData', profile)
  app.enableSandbox()
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  electron.protocol.registerSchemesAsPrivileged([APP_SCHEME_PRIVILEGES])

  async function openOutside(wanted: unknown): Promise<void> {
    const href = typeof wanted === 'string' ? openableOutside(wanted) : undefined
    if (href === undefined) throw new Error('Only http, https and mailto addresses are opened.')
    await electron.shell.openExternal(href)
  }
  async function revealDataFolder(): Promise<void> {
    const problem = await electron.shell.openPath(start.dataDir)
    if (problem !== '') throw new Error(problem)
  }
  const reporting = reporter(start)
  const view = workbench(electron, address, start.preload, (thrown) => start.report('the workbench could not be loaded', thrown))
  confinePages(app, origin, (wanted) => reporting('a link was not opened', openOutside(wanted)))

  try {
    await app.whenReady()
    denyPermissions(electron.session.defaultSession, origin)
    serveNativeBridge(electron.ipcMain, origin, { openExternal: openOutside, revealDataFolder })
    const actions = { show: () => view.show(), revealDataFolder: () => reporting('the data folder was not shown', revealDataFolder()) }
    const setMenu = (endpoint?: MenuEndpoint): void =>
      electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(menuTemplate(start.platform, actions, endpoint)))
    setMenu()
    if (start.openGateway !== undefined) await runGateway(electron, start, await start.openGateway(), actions.show, setMenu)
  } catch (thrown) {
    start.report('Switchyard cannot start', thrown)
    electron.dialog.showErrorBox('Switchyard cannot start', thrown instanceof Error ? thrown.message : String(thrown))
    app.exit(1)
    return
  }

  app.on('second-instance', () => view.show())
  app.on('activate', () => view.show())
  // Tools go on using the endpoint without a window. Many Linux desktops show no tray, though, and there the process could not be seen, so there it quits.
  app.on('window-all-closed', () => {
    if (start.platform === 'linux') app.quit()
  })
  if (start.flags.open) view.show()
}

/** For work begun by a click: nobody waits for it, and a failure is still told. */
function reporter({ report }: DesktopStart): (failed: string, work: Promise<void>) => void {
  return (failed, work) => void work.catch((thrown: unknown) => report(failed, thrown))
}

async function runGateway(
  electron: ElectronFace,
  start: DesktopStart,
  gateway: GatewayFace,
  show: () => void,
  setMenu: (endpoint: MenuEndpoint) => void,
): Promise<void> {
  const { app } = electron
  const { port } = start.flags
  electron.protocol.handle(
    APP_SCHEME,
    appProtocol((request) => gateway.handleApp(request), start.rendererDir),
  )
  const { address, portWasTaken } = await gateway.listen({ port: port ?? DEFAULT_PORT, fixedPort: port !== undefined })
  start.report(`listening at ${address}/v1${portWasTaken ? `, for port ${DEFAULT_PORT} was taken` : ''}`)
  const reporting = reporter(start)
  reporting('the data folder could not be read', gateway.ready())
  const clicked = (change: () => void) => (): void => {
    change()
    tray.look()
  }
  const endpoint = { start: clicked(() => gateway.startServing()), stop: clicked(() => gateway.stopServing()) }
  const tray = showTray(
    electron,
    (stopped) => trayIcon(start.platform, start.iconsDir, stopped),
    gateway,
    { ...endpoint, show, copy: (text) => reporting('the address was not copied', electron.clipboard.writeText(text)), quit: () => app.quit() },
    (facts) => setMenu({ facts, actions: endpoint }),
    (thrown) => start.report("the tray's figures could not be had", thrown),
  )

  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    closed = true
    event.preventDefault()
    tray.stop()
    Promise.race([gateway.close(), wait(CLOSE_LIMIT_MS)])
      .catch((thrown: unknown) => start.report('the engine did not close well', thrown))
      .finally(() => app.quit())
  })
}
