/**
 * Emulated electron: the part of Electron that Switchyard uses, played by Node and a real Chromium. It shows that the bundles load, that calls
 * come in an order Electron allows, and that main, preload and page work together. It does not show Electron's sandbox, context isolation,
 * scheme privileges, asar loading, menus, tray or fuses.
 */
import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserWindowConstructorOptions, Menu as ElectronMenu } from 'electron'
import { type BrowserContext, chromium, type Page, type Route } from 'playwright-core'
import type { ElectronFace, IpcFace, Preventable } from '../../../electron/shell/electron-face.ts'
import { CHROMIUM_ARGS, chromiumPath } from '../../support/chromium.ts'
import { tell } from './messages.ts'
import { preloadScript } from './preload-script.ts'
import { serveScheme } from './scheme-server.ts'

type SchemeHandler = (request: Request) => Response | Promise<Response>

let ready = false
const whenReady = Promise.withResolvers<void>()
const ownFolder = mkdtempSync(join(tmpdir(), 'emulated-electron-'))
process.once('exit', () => rmSync(ownFolder, { recursive: true, force: true }))
let userData = ownFolder
let lockFile: string | undefined
let browser: BrowserContext | undefined
const windows = new Set<BrowserWindow>()
const schemes = new Map<string, SchemeHandler>()
const channels = new Map<string, Parameters<IpcFace['handle']>[1]>()

/** Called by run.ts when the entry module is evaluated. */
export function becomeReady(): void {
  ready = true
  whenReady.resolve()
}

function needsReady(what: string): void {
  if (!ready) throw new Error(`${what} before the app is ready`)
}
function needsNotReady(what: string): void {
  if (ready) throw new Error(`${what} should be called before the app is ready`)
}

class PreventableEvent implements Preventable {
  #prevented = false
  isPrevented(): boolean {
    return this.#prevented
  }
  preventDefault(): void {
    this.#prevented = true
  }
}

class App extends EventEmitter {
  enableSandbox(): void {
    needsNotReady('app.enableSandbox()')
  }
  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`)
    if (name === 'userData') userData = path
  }
  whenReady(): Promise<void> {
    return whenReady.promise
  }
  /** The lock lies in userData, as Chromium's does; the second instance wakes the first by a signal. */
  requestSingleInstanceLock(): boolean {
    const file = join(userData, 'emulated-lock')
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
    } catch {
      process.kill(Number(readFileSync(file, 'utf8')), 'SIGUSR2')
      return false
    }
    lockFile = file
    process.on('SIGUSR2', () => this.emit('second-instance'))
    return true
  }
  quit(): void {
    const event = new PreventableEvent()
    this.emit('before-quit', event)
    if (!event.isPrevented()) this.exit(0)
  }
  exit(code = 0): void {
    if (lockFile !== undefined) rmSync(lockFile, { force: true })
    const leave = (): void => process.exit(code)
    if (browser === undefined) leave()
    else browser.close().then(leave, leave)
  }
}

export const app = new App()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit())
// The test that started us is gone, however it ended.
process.once('disconnect', () => app.exit(1))

export const protocol: ElectronFace['protocol'] = {
  registerSchemesAsPrivileged: () => needsNotReady('protocol.registerSchemesAsPrivileged()'),
  handle(scheme, handler) {
    needsReady('protocol.handle()')
    schemes.set(scheme, handler)
  },
}

export const ipcMain: IpcFace = {
  handle(channel, listener) {
    if (channels.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    channels.set(channel, listener)
  },
}

export const session: ElectronFace['session'] = {
  defaultSession: {
    setPermissionRequestHandler: () => needsReady('session'),
    setPermissionCheckHandler: () => needsReady('session'),
    setDevicePermissionHandler: () => needsReady('session'),
  },
}

export const shell: ElectronFace['shell'] = {
  openExternal(url) {
    tell({ kind: 'opened-outside', url })
    return Promise.resolve()
  },
  openPath: (path) => Promise.resolve(existsSync(path) ? '' : `Failed to open path: ${path}`),
}

export const clipboard: ElectronFace['clipboard'] = { writeText: () => Promise.resolve() }
export const dialog: ElectronFace['dialog'] = { showErrorBox: (title, text) => tell({ kind: 'error-box', title, text }) }

export const Menu: ElectronFace['Menu'] = {
  // Nothing of a menu is drawn here; its template is tested by itself.
  buildFromTemplate: (template) => ({ items: template }) as unknown as ElectronMenu,
  setApplicationMenu: () => undefined,
}

export class Tray extends EventEmitter {
  constructor(image: string) {
    super()
    this.setImage(image)
  }
  setImage(image: string): void {
    if (!existsSync(image)) throw new Error(`Failed to load image from path '${image}'`)
  }
  setToolTip(): void {}
  setContextMenu(): void {}
}

class WebContents extends EventEmitter {
  windowOpened: (details: { url: string }) => { action: 'deny' } = () => {
    throw new Error('a window may be opened, for setWindowOpenHandler was not called')
  }
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void {
    this.windowOpened = handler
  }
}

export class BrowserWindow extends EventEmitter {
  readonly #options: BrowserWindowConstructorOptions
  readonly #popups: Page[] = []
  /** Popups whose address has been handed on and that are not closed yet. */
  #seen = 0
  readonly webContents = new WebContents()

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    needsReady('new BrowserWindow()')
    const { sandbox, contextIsolation } = options.webPreferences ?? {}
    if (sandbox !== true || contextIsolation !== true) throw new Error('the emulator opens no window that is not sandboxed and isolated')
    this.#options = options
    windows.add(this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  show(): void {
    tell({ kind: 'shown' })
  }
  focus(): void {}
  restore(): void {}
  isMinimized(): boolean {
    return false
  }

  async loadURL(address: string): Promise<void> {
    const { protocol: scheme, host, pathname } = new URL(address)
    const origin = `${scheme}//${host}`
    const handler = schemes.get(scheme.slice(0, -1))
    if (handler === undefined && !scheme.startsWith('http')) throw new Error(`ERR_UNKNOWN_URL_SCHEME (${address})`)
    const base = handler === undefined ? origin : `http://127.0.0.1:${await serveScheme(origin, handler)}`

    const profile = join(userData, 'emulated-chromium')
    mkdirSync(profile, { recursive: true })
    const { width = 1280, height = 800 } = this.#options
    browser = await chromium.launchPersistentContext(profile, {
      executablePath: chromiumPath(),
      headless: process.env.EMULATOR_HEADED !== '1',
      viewport: { width, height },
      args: [...CHROMIUM_ARGS, '--remote-debugging-port=0'],
    })
    const page = browser.pages()[0] ?? (await browser.newPage())
    await this.#connect(browser, page, base, origin)
    await page.goto(base + pathname)
    this.emit('ready-to-show')
    const port = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0]
    tell({ kind: 'window-loaded', url: page.url(), debugAddress: `http://127.0.0.1:${port}` })
  }

  async #connect(context: BrowserContext, page: Page, base: string, origin: string): Promise<void> {
    const { preload } = this.#options.webPreferences ?? {}
    if (preload !== undefined) await page.addInitScript(preloadScript(readFileSync(preload, 'utf8')))
    await page.exposeBinding('__emulatorInvoke', async ({ frame }, channel: string, argument: unknown) => {
      const listener = channels.get(channel)
      if (listener === undefined) throw new Error(`No handler registered for '${channel}'`)
      const senderFrame = { url: frame.url().replace(base, origin), parent: frame.parentFrame() }
      return structuredClone(await listener({ senderFrame }, structuredClone(argument)))
    })
    await context.route(
      (url) => url.origin !== base,
      (route) => this.#leaving(route, page),
    )
    context.on('page', (popup) => {
      this.#popups.push(popup)
      this.#closeSeen()
    })
    page.once('close', () => {
      windows.delete(this)
      this.emit('closed')
      if (windows.size === 0) app.emit('window-all-closed')
    })
  }

  /** Nothing outside is ever loaded; what the page wanted there becomes the event or the call that Electron would make of it. */
  async #leaving(route: Route, page: Page): Promise<void> {
    const request = route.request()
    if (request.isNavigationRequest()) {
      if (isOf(request, page)) {
        const event = Object.assign(new PreventableEvent(), { url: request.url() })
        this.webContents.emit('will-navigate', event)
        if (!event.isPrevented()) throw new Error(`the page would have gone to ${request.url()}`)
      } else {
        this.webContents.windowOpened({ url: request.url() })
        this.#seen += 1
        this.#closeSeen()
      }
    }
    // 'aborted' leaves the page as it is; other reasons would put an error page in its place.
    await route.abort('aborted').catch((error: unknown) => {
      if (isOf(request, page)) throw error // that of a popup may be gone with it
    })
  }

  /** A popup closed before its request has come by would leave no trace of its address; either of the two may be reported first. */
  #closeSeen(): void {
    while (this.#seen > 0) {
      const popup = this.#popups.shift()
      if (popup === undefined) return
      this.#seen -= 1
      void popup.close()
    }
  }
}

function isOf(request: ReturnType<Route['request']>, page: Page): boolean {
  try {
    return request.frame().page() === page
  } catch {
    return false // a popup that has no page yet
  }
}

// The emulator offers what the shell asks of Electron, by the compiler's word.
export const emulated = { app, protocol, session, ipcMain, shell, clipboard, dialog, Menu, BrowserWindow, Tray } satisfies ElectronFace
