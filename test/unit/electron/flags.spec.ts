import { describe, expect, it } from 'vitest'
import { commandLineOf, FlagError, type Flags, HELP, parseFlags } from '../../../electron/flags.ts'

const NONE: Flags = {
  headless: false,
  port: undefined,
  dataDir: undefined,
  vault: undefined,
  newKey: undefined,
  doctor: false,
  online: false,
  open: true,
  help: false,
  dev: false,
  desktop: false,
  devServer: undefined,
}

describe('flags', () => {
  it.each<[string[], Partial<Flags>]>([
    [[], {}],
    [['--headless'], { headless: true }],
    [['--port', '5001'], { port: 5001 }],
    [['--port=5001'], { port: 5001 }],
    [['--data-dir', '/tmp/x', '--vault=memory'], { dataDir: '/tmp/x', vault: 'memory' }],
    [['--new-key', 'my editor'], { newKey: 'my editor' }],
    [['--no-open'], { open: false }],
    [['--doctor', '--online'], { doctor: true, online: true }],
    [['-h'], { help: true }],
    [['--dev', '--desktop'], { dev: true, desktop: true }],
  ])('%j are read', (commandLine, flags) => {
    expect(parseFlags(commandLine)).toEqual({ ...NONE, ...flags })
  })

  it.each([
    [['--bogus'], /--bogus/],
    [['serve'], /serve/],
    [['--port', 'http'], /--port takes a number from 1 to 65535, not 'http'/],
    [['--port', '0'], /--port/],
    [['--port', '65536'], /--port/],
    [['--port', '4747.5'], /--port/],
    [['--port'], /--port/],
    [['--data-dir='], /--data-dir takes a value/],
    [['--headless=yes'], /--headless/],
  ])('%j are refused by name', (commandLine, message) => {
    expect(() => parseFlags(commandLine)).toThrow(FlagError)
    expect(() => parseFlags(commandLine)).toThrow(message)
  })

  it('are found among Chromium’s switches and Electron’s own arguments', () => {
    const commandLine = [
      '--inspect=0',
      '--remote-debugging-port=0',
      '/app',
      '--no-sandbox',
      '--port',
      '5001',
      '--no-open',
      '--data-dir=/tmp/a b',
      '--enable-logging',
    ]
    expect(parseFlags(commandLine, 'ignore')).toEqual({ ...NONE, port: 5001, open: false, dataDir: '/tmp/a b' })
  })

  it('are refused when they are ours and wrong, among whatever else', () => {
    expect(() => parseFlags(['--no-sandbox', '--port=x'], 'ignore')).toThrow(FlagError)
  })

  it('reach the next process as they were given', () => {
    const given: Flags = { ...NONE, port: 5001, dataDir: '/tmp/--odd', vault: 'file', newKey: 'a b', open: false, devServer: 'http://127.0.0.1:5173' }
    expect(parseFlags(commandLineOf(given))).toEqual(given)
    expect(parseFlags(commandLineOf(NONE))).toEqual(NONE)
  })

  it('are all in the help, but for the one that start.ts sets', () => {
    for (const flag of ['--headless', '--port', '--data-dir', '--vault', '--new-key', '--no-open', '--dev', '--desktop', '--help']) expect(HELP).toContain(flag)
    expect(HELP).not.toContain('--dev-server')
  })
})
