/** Electron as a record of what was asked of it; a test plays the user and the page by calling what the shell handed in. */
import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions, Menu, MenuItemConstructorOptions } from 'electron'
import type { ContentsFace, ElectronFace, IpcFace, SenderEvent, SessionFace } from '../../electron/shell/electron-face.ts'

type IpcListener = Parameters<IpcFace['handle']>[1]
type Handler<Name extends keyof SessionFace> = NonNullable<Parameters<SessionFace[Name]>[0]>

export interface FakeElectron extends ElectronFace {
  readonly app: FakeApp
  /** Calls in the order they came, such as `app.enableSandbox` or `window.show`. */
  readonly calls: string[]
  readonly windows: FakeWindow[]
  readonly trays: FakeTray[]
  readonly menuBar: MenuItemConstructorOptions[]
  readonly opened: string[]
  readonly copied: string[]
  readonly errorBoxes: { readonly title: string; readonly text: string }[]
  readonly permissions: {
    request: Handler<'setPermissionRequestHandler'> | null
    check: Handler<'setPermissionCheckHandler'> | null
    device: Handler<'setDevicePermissionHandler'> | null
  }
  /** What the shell serves for a scheme. */
  serve(request: Request): Promise<Response>
  /** A call of the bridge, as if from this frame. */
  invoke(channel: string, argument: unknown, senderFrame: SenderEvent['senderFrame']): Promise<unknown>
}

class FakeApp extends EventEmitter {
  readonly #calls: string[]
  readonly #ready: Promise<void>
  isFirstInstance = true
  paths: Record<string, string> = {}

  constructor(calls: string[], ready: Promise<void>) {
    super()
    this.#calls = calls
    this.#ready = ready
  }
  enableSandbox(): void {
    this.#calls.push('app.enableSandbox')
  }
  setPath(name: string, path: string): void {
    this.paths = { ...this.paths, [name]: path }
  }
  requestSingleInstanceLock(): boolean {
    return this.isFirstInstance
  }
  whenReady(): Promise<void> {
    this.#calls.push('app.whenReady')
    return this.#ready
  }
  /** As Electron: before-quit may stop it. */
  quit(): void {
    let prevented = false
    this.emit('before-quit', { preventDefault: () => (prevented = true) })
    this.#calls.push(prevented ? 'app.quit (prevented)' : 'app.quit')
  }
  exit(code = 0): void {
    this.#calls.push(`app.exit ${code}`)
  }
}

export class FakeWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions
  readonly loaded: string[] = []
  readonly #calls: string[]
  minimized = false

  constructor(options: BrowserWindowConstructorOptions, calls: string[]) {
    super()
    this.options = options
    this.#calls = calls
  }
  loadURL(address: string): Promise<void> {
    this.loaded.push(address)
    return Promise.resolve()
  }
  show(): void {
    this.#calls.push('window.show')
  }
  focus(): void {
    this.#calls.push('window.focus')
  }
  restore(): void {
    this.#calls.push('window.restore')
  }
  isMinimized(): boolean {
    return this.minimized
  }
}

class FakeTray extends EventEmitter {
  image: string
  toolTip = ''
  menu: readonly MenuItemConstructorOptions[] = []

  constructor(image: string) {
    super()
    this.image = image
  }
  setImage(image: string): void {
    this.image = image
  }
  setToolTip(text: string): void {
    this.toolTip = text
  }
  setContextMenu(menu: Menu | null): void {
    this.menu = templateOf(menu)
  }
}

/** A page's side of confinement. */
export class FakeContents extends EventEmitter implements ContentsFace {
  openWindow: (details: { url: string }) => { action: 'deny' | 'allow' } = () => ({ action: 'allow' })
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void {
    this.openWindow = handler
  }
  /** True when the page was kept from it. */
  isPrevented(event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview', url = ''): boolean {
    let prevented = false
    this.emit(event, { url, preventDefault: () => (prevented = true) })
    return prevented
  }
}

/** Menus are not drawn; the fake passes the template itself around as one. */
const templateOf = (menu: unknown): readonly MenuItemConstructorOptions[] => (menu ?? []) as readonly MenuItemConstructorOptions[]

export function fakeElectron(ready: Promise<void> = Promise.resolve()): FakeElectron {
  const calls: string[] = []
  const app = new FakeApp(calls, ready)
  const windows: FakeWindow[] = []
  const trays: FakeTray[] = []
  const menuBar: MenuItemConstructorOptions[] = []
  const opened: string[] = []
  const copied: string[] = []
  const errorBoxes: { title: string; text: string }[] = []
  const permissions: FakeElectron['permissions'] = { request: null, check: null, device: null }
  const channels = new Map<string, IpcListener>()
  const schemes = new Map<string, (request: Request) => Response | Promise<Response>>()
  return {
    app,
    calls,
    windows,
    trays,
    menuBar,
    opened,
    copied,
    errorBoxes,
    permissions,
    protocol: {
      registerSchemesAsPrivileged: ([first]) => calls.push(`registerSchemesAsPrivileged ${first?.scheme}`),
      handle: (scheme, handler) => schemes.set(scheme, handler),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler(handler) {
          permissions.request = handler
        },
        setPermissionCheckHandler(handler) {
          permissions.check = handler
        },
        setDevicePermissionHandler(handler) {
          permissions.device = handler
        },
      },
    },
    ipcMain: { handle: (channel, listener) => channels.set(channel, listener) },
    shell: {
      openExternal: (url) => Promise.resolve(void opened.push(url)),
      openPath(path) {
        opened.push(path)
        return Promise.resolve('') // no error
      },
    },
    clipboard: { writeText: (text) => Promise.resolve(void copied.push(text)) },
    dialog: { showErrorBox: (title, text) => errorBoxes.push({ title, text }) },
    Menu: {
      buildFromTemplate: (template) => template as unknown as Menu,
      setApplicationMenu(menu) {
        menuBar.splice(0, menuBar.length, ...templateOf(menu))
      },
    },
    BrowserWindow: class extends FakeWindow {
      constructor(options: BrowserWindowConstructorOptions) {
        super(options, calls)
        windows.push(this)
      }
    },
    Tray: class extends FakeTray {
      constructor(image: string) {
        super(image)
        trays.push(this)
      }
    },
    async serve(request) {
      const handler = schemes.get(new URL(request.url).protocol.slice(0, -1))
      if (handler === undefined) throw new Error(`nothing serves ${request.url}`)
      return handler(request)
    },
    async invoke(channel, argument, senderFrame) {
      const listener = channels.get(channel)
      if (listener === undefined) throw new Error(`no handler for ${channel}`)
      return listener({ senderFrame }, argument)
    },
  }
}
