import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { menuTemplate } from '../../../../electron/menus/app-menu.ts'
import { trayTemplate } from '../../../../electron/menus/tray-menu.ts'
import { type DesktopStart, startDesktop } from '../../../../electron/shell/desktop.ts'
import { windowOptions } from '../../../../electron/shell/window.ts'
import { asNanoUsd } from '../../../../shared/money.ts'
import { NATIVE_CHANNELS } from '../../../../shared/native.ts'
import { type FakeElectron, fakeElectron } from '../../../support/fake-electron.ts'
import { type FakeGateway, fakeGateway } from '../../../support/fake-gateway.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

let folder: ReturnType<typeof temporaryFolder>
let reported: string[]
beforeEach(() => {
  folder = temporaryFolder()
  reported = []
})
afterEach(() => folder[Symbol.dispose]())

async function started(changes: Partial<DesktopStart> = {}, gateway: FakeGateway = fakeGateway(), electron: FakeElectron = fakeElectron()) {
  await startDesktop(electron, {
    flags: { port: undefined, open: true, devServer: undefined },
    platform: 'linux',
    dataDir: folder.path,
    openGateway: () => Promise.resolve(gateway),
    preload: '/preload.cjs',
    rendererDir: '/renderer',
    iconsDir: '/icons',
    report: (message, thrown) => reported.push(thrown === undefined ? message : `${message}: ${String(thrown)}`),
    ...changes,
  })
  return { electron, gateway }
}

const OUR_FRAME = { url: 'app://switchyard/#/keys', parent: null }

describe('starting', () => {
  it('sets sandbox and scheme while the entry module is still being evaluated', () => {
    const electron = fakeElectron(new Promise(() => undefined))
    void started({}, fakeGateway(), electron)
    expect(electron.calls).toEqual(['app.enableSandbox', 'registerSchemesAsPrivileged app', 'app.whenReady'])
  })

  it('keeps the window’s profile inside the data folder', async () => {
    const { electron } = await started()
    expect(electron.app.paths).toEqual({ userData: join(folder.path, 'window') })
    expect(existsSync(join(folder.path, 'window'))).toBe(true)
  })

  it('opens the workbench from the app’s own scheme, served by the engine in process', async () => {
    const { electron, gateway } = await started()
    expect(electron.windows[0]?.loaded).toEqual(['app://switchyard/'])
    const response = await electron.serve(new Request('app://switchyard/api/connect.status', { method: 'POST', body: '{}' }))
    expect(await response.json()).toMatchObject({ ok: true, value: { dataDir: '/data' } })
    expect(gateway.asked).toHaveLength(1)
  })

  it.each([
    [undefined, { port: 4747, fixedPort: false }],
    [5001, { port: 5001, fixedPort: true }],
  ])('listens, with --port %s, at %o', async (port, listened) => {
    const { gateway } = await started({ flags: { port, open: true, devServer: undefined } })
    expect(gateway.listened).toEqual([listened])
  })

  it('opens no window with --no-open until it is asked for', async () => {
    const { electron } = await started({ flags: { port: undefined, open: false, devServer: undefined } })
    expect(electron.windows).toHaveLength(0)
    electron.app.emit('second-instance')
    expect(electron.windows).toHaveLength(1)
  })

  it('leaves at once, without an engine, when another instance runs', async () => {
    const electron = fakeElectron()
    electron.app.isFirstInstance = false
    const { gateway } = await started({}, fakeGateway(), electron)
    expect(electron.calls.at(-1)).toBe('app.quit')
    expect(gateway.listened).toEqual([])
    expect(electron.windows).toHaveLength(0)
  })

  it('shows why it cannot start, and ends with code 1', async () => {
    const { electron } = await started({}, fakeGateway({ listenFails: 'port 5001 is taken' }))
    expect(electron.errorBoxes).toEqual([{ title: 'Switchyard cannot start', text: 'port 5001 is taken' }])
    expect(electron.calls.at(-1)).toBe('app.exit 1')
    expect(electron.windows).toHaveLength(0)
  })

  it('is a mere view of the dev server under dev:desktop', async () => {
    const flags = { port: undefined, open: true, devServer: 'http://127.0.0.1:5173/#code=ABCD' }
    const { electron } = await started({ flags, openGateway: undefined })
    expect(electron.windows[0]?.loaded).toEqual(['http://127.0.0.1:5173/#code=ABCD'])
    await electron.invoke(NATIVE_CHANNELS.openExternal, 'https://example.com/', { url: 'http://127.0.0.1:5173/', parent: null })
    expect(electron.opened).toEqual(['https://example.com/'])
  })
})

describe('the window', () => {
  it('is isolated, sandboxed and without Node', () => {
    const { webPreferences, show } = windowOptions('/preload.cjs')
    expect(webPreferences).toEqual({
      preload: '/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
    })
    expect(show).toBe(false)
  })

  it('is shown when drawn, brought back from the dock, and made anew after it was closed', async () => {
    const { electron } = await started()
    const [window] = electron.windows
    expect(electron.calls).not.toContain('window.show')
    window?.emit('ready-to-show')
    expect(electron.calls.at(-1)).toBe('window.show')

    if (window !== undefined) window.minimized = true
    electron.app.emit('second-instance')
    expect(electron.calls.slice(-3)).toEqual(['window.restore', 'window.show', 'window.focus'])
    expect(electron.windows).toHaveLength(1)

    window?.emit('closed')
    electron.app.emit('activate')
    expect(electron.windows).toHaveLength(2)
  })
})

describe('the bridge', () => {
  it('opens web addresses outside and the data folder in the file manager', async () => {
    const { electron } = await started()
    await electron.invoke(NATIVE_CHANNELS.openExternal, 'https://example.com/docs', OUR_FRAME)
    await electron.invoke(NATIVE_CHANNELS.revealDataFolder, undefined, OUR_FRAME)
    expect(electron.opened).toEqual(['https://example.com/docs', folder.path])
  })

  it.each([['file:///etc/passwd'], ['javascript:alert(1)'], [undefined], [{ href: 'https://example.com/' }]])('refuses to open %o', async (address) => {
    const { electron } = await started()
    await expect(electron.invoke(NATIVE_CHANNELS.openExternal, address, OUR_FRAME)).rejects.toThrow('Only http, https and mailto')
    expect(electron.opened).toEqual([])
  })

  it.each([
    ['a frame inside our page', { url: 'app://switchyard/', parent: {} }],
    ['another origin', { url: 'https://example.com/', parent: null }],
    ['an origin that looks like ours', { url: 'app://switchyard.example.com/', parent: null }],
    ['a frame that is gone', null],
  ])('serves no call of %s', async (_who, frame) => {
    const { electron } = await started()
    for (const channel of Object.values(NATIVE_CHANNELS)) {
      await expect(electron.invoke(channel, 'https://example.com/', frame)).rejects.toThrow("the workbench's own page")
    }
    expect(electron.opened).toEqual([])
  })
})

describe('quitting', () => {
  it('lets the engine settle first', async () => {
    const { electron, gateway } = await started()
    electron.app.quit()
    expect(electron.calls.at(-1)).toBe('app.quit (prevented)')
    await expect.poll(() => electron.calls.at(-1)).toBe('app.quit')
    expect(gateway.closed).toBe(true)
  })

  it.each([
    ['linux', true],
    ['darwin', false],
    ['win32', false],
  ] as const)('on %s, when the last window is closed: %s', async (platform, quits) => {
    const { electron } = await started({ platform })
    electron.app.emit('window-all-closed')
    expect(electron.calls.some((call) => call.startsWith('app.quit'))).toBe(quits)
  })
})

describe('tray and menu', () => {
  it('tells the address, today’s spending and what runs, and copies what a tool needs', async () => {
    const { electron } = await started()
    const [tray] = electron.trays
    expect(tray?.image).toBe(join('/icons', 'tray.png'))
    expect(tray?.menu.map(({ label }) => label)).toContain('http://127.0.0.1:4747/v1')
    clickOn(tray?.menu, 'Copy address')
    expect(electron.copied).toEqual(['http://127.0.0.1:4747/v1'])
    clickOn(tray?.menu, 'Quit')
    expect(electron.calls.at(-1)).toBe('app.quit (prevented)')
  })

  it('says in tray and menu bar that the endpoint is stopped, starts it from either, and follows what the window does within seconds', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { electron, gateway } = await started()
    const [tray] = electron.trays
    const bar = (): FakeElectron['menuBar'] => electron.menuBar.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
    const told = [expect.objectContaining({ label: 'Stopped: tools are turned away', enabled: false }), expect.objectContaining({ label: 'Start endpoint' })]

    gateway.stopServing()
    await vi.advanceTimersByTimeAsync(5_000)
    for (const menu of [tray?.menu, bar()]) expect(menu).toEqual(expect.arrayContaining(told))
    expect(tray).toMatchObject({ image: join('/icons', 'trayStopped.png'), toolTip: 'Switchyard, stopped' })

    clickOn(bar(), 'Start endpoint')
    expect(gateway.stopped).toBe(false)
    for (const menu of [tray?.menu, bar()])
      expect(menu?.map(({ label }) => label)).toEqual(expect.arrayContaining(['http://127.0.0.1:4747/v1', 'Stop endpoint']))
    expect(tray).toMatchObject({ image: join('/icons', 'tray.png'), toolTip: 'Switchyard' })

    clickOn(tray?.menu, 'Stop endpoint')
    expect(gateway.stopped).toBe(true)
    for (const menu of [tray?.menu, bar()]) expect(menu).toEqual(expect.arrayContaining(told))
  })

  it('says so when nothing listens, and offers nothing to copy', () => {
    const nothing = () => undefined
    const template = trayTemplate(
      { address: undefined, stopped: false, active: 2, spentToday: asNanoUsd(1_500_000_000) },
      { show: nothing, copy: nothing, quit: nothing, start: nothing, stop: nothing },
    )
    expect(template.find(({ label }) => label === 'Copy address')?.enabled).toBe(false)
    expect(template.map(({ label }) => label)).toEqual(expect.arrayContaining(['Not listening', 'Spent today: $1.50, 2 running']))
  })

  it('leaves the workbench’s own shortcuts alone', () => {
    const text = JSON.stringify(menuTemplate('darwin', { show: () => undefined, revealDataFolder: () => undefined }))
    expect(text).not.toMatch(/"role":"(reload|forceReload|close)"/)
  })
})

function clickOn(menu: FakeElectron['trays'][number]['menu'] | undefined, label: string): void {
  const item = menu?.find((candidate) => candidate.label === label)
  // Electron passes the item, the window and the event; ours looks at none of them.
  ;(item?.click as (() => void) | undefined)?.()
}
