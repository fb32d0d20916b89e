import { describe, expect, it } from 'vitest'
import { APP_ORIGIN, openableOutside, originOf } from '../../../../electron/http/app-protocol.ts'
import { confinePages, denyPermissions } from '../../../../electron/shell/guards.ts'
import { FakeContents, fakeElectron } from '../../../support/fake-electron.ts'

describe('addresses opened outside', () => {
  it.each(['https://example.com/a', 'http://example.com/', 'mailto:someone@example.com', ' HTTPS://example.com/ '])('include %s', (address) => {
    expect(openableOutside(address)).toBe(new URL(address).href)
  })
  it.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'file:///etc/passwd',
    'smb://host/share',
    'ms-msdt:/id',
    'app://switchyard/',
    'data:text/html,x',
    'https',
    '',
  ])('never include %s', (address) => {
    expect(openableOutside(address)).toBeUndefined()
  })
})

it.each([
  ['app://switchyard/any?x#y', 'app://switchyard'],
  ['http://127.0.0.1:5173/', 'http://127.0.0.1:5173'],
  ['not an address', undefined],
])('takes the origin of %s to be %s', (address, origin) => {
  expect(originOf(address)).toBe(origin)
})

describe('a confined page', () => {
  function confined() {
    const electron = fakeElectron()
    const wanted: string[] = []
    confinePages(electron.app, APP_ORIGIN, (address) => wanted.push(address))
    const contents = new FakeContents()
    electron.app.emit('web-contents-created', {}, contents)
    return { contents, wanted }
  }

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'] as const)('is kept from leaving its origin (%s)', (event) => {
    const { contents } = confined()
    for (const url of ['https://example.com/', 'file:///etc/passwd', 'app://other/', 'app://switchyard.example.com/', 'about:blank']) {
      expect(contents.isPrevented(event, url), url).toBe(true)
    }
    expect(contents.isPrevented(event, `${APP_ORIGIN}/#/costs`)).toBe(false)
  })

  it('attaches no webview', () => {
    expect(confined().contents.isPrevented('will-attach-webview')).toBe(true)
  })

  it('opens no window; the address is offered to the outside', () => {
    const { contents, wanted } = confined()
    expect(contents.openWindow({ url: 'https://example.com/' })).toEqual({ action: 'deny' })
    expect(wanted).toEqual(['https://example.com/'])
  })
})

describe('permissions', () => {
  function asked(permission: string, origin: string): { request: boolean | undefined; check: boolean | undefined } {
    const { session, permissions } = fakeElectron()
    denyPermissions(session.defaultSession, APP_ORIGIN)
    let request: boolean | undefined
    // Electron's list of names is long and grows; tests name what matters.
    permissions.request?.({} as never, permission as never, (granted) => (request = granted), { isMainFrame: true, requestingUrl: `${origin}/` } as never)
    return { request, check: permissions.check?.(null, permission as never, `${origin}/`, {} as never) }
  }

  it.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'display-capture', 'hid', 'usb', 'serial', 'openExternal', 'fileSystem', 'unknown'])(
    'are refused to our own page too: %s',
    (permission) => {
      expect(asked(permission, APP_ORIGIN)).toEqual({ request: false, check: false })
    },
  )

  it('let our page, and only it, write to the clipboard', () => {
    expect(asked('clipboard-sanitized-write', APP_ORIGIN)).toEqual({ request: true, check: true })
    expect(asked('clipboard-sanitized-write', 'https://example.com')).toEqual({ request: false, check: false })
  })

  it('give no device', () => {
    const { session, permissions } = fakeElectron()
    denyPermissions(session.defaultSession, APP_ORIGIN)
    expect(permissions.device?.({} as never)).toBe(false)
  })
})
