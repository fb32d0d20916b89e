import { describe, expect, it } from 'vitest'
import { chooseMode, type Surroundings } from '../../../../electron/start/choose-mode.ts'

const DESKTOP: Surroundings = {
  platform: 'linux',
  env: { DISPLAY: ':0' },
  flags: { headless: false, newKey: undefined, doctor: false },
  electronInstalled: true,
  isRoot: false,
}

describe('starting', () => {
  it.each<[string, Partial<Surroundings>]>([
    ['Linux with X11', {}],
    ['Linux with Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }],
    ['macOS, which has no DISPLAY', { platform: 'darwin', env: {} }],
    ['Windows', { platform: 'win32', env: {} }],
    ['macOS as root', { platform: 'darwin', isRoot: true }],
  ])('opens a window on %s', (_where, changes) => {
    expect(chooseMode({ ...DESKTOP, ...changes })).toEqual({ mode: 'desktop' })
  })

  it('fetches Electron first where it is not installed', () => {
    expect(chooseMode({ ...DESKTOP, electronInstalled: false })).toEqual({ mode: 'fetch-electron' })
  })

  it.each<[Partial<Surroundings>, RegExp]>([
    [{ flags: { headless: true, newKey: undefined, doctor: false } }, /--headless/],
    [{ flags: { headless: false, newKey: 'editor', doctor: false } }, /--new-key/],
    [{ env: {} }, /no display/],
    [{ env: { DISPLAY: '' } }, /no display/],
    [{ isRoot: true }, /\broot\b/],
    [{ electronInstalled: false, env: { DISPLAY: ':0', ELECTRON_SKIP_BINARY_DOWNLOAD: '1' } }, /ELECTRON_SKIP_BINARY_DOWNLOAD/],
    // without a display nothing is fetched in vain
    [{ env: {}, electronInstalled: false }, /no display/],
  ])('is headless with %j, and says why', (changes, why) => {
    expect(chooseMode({ ...DESKTOP, ...changes })).toEqual({ mode: 'headless', why: expect.stringMatching(why) as string })
  })
})
