/** The built app as a whole: once on emulated electron, and once on the real one where there is one. */
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONTENT_SECURITY_POLICY } from '../../electron/http/security-headers.ts'
import type { NativeBridge } from '../../shared/native.ts'
import { freePort } from '../support/free-port.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import type { EmulatorMessage } from './emulator/messages.ts'
import { type Desktop, type LaunchOptions, launchEmulated, launchReal, realElectronMissing, startEmulated } from './launch.ts'

// Functions given to `evaluate` run in the page. Of its globals only these are declared: the DOM's types would let Node's code use them unnoticed.
declare const switchyardNative: NativeBridge
declare const location: { href: string }
declare const window: { open(address: string): void }
declare const document: {
  getElementById(id: string): { readonly textContent: string } | null
  createElement(name: 'script'): { textContent: string }
  readonly head: { append(element: object): void }
}

function behavesAsAnApp(launch: (options: LaunchOptions) => Promise<Desktop>): void {
  let folder: ReturnType<typeof temporaryFolder>
  let port: number
  let desktop: Desktop

  beforeAll(async () => {
    folder = temporaryFolder()
    port = await freePort()
    desktop = await launch({ dataDir: folder.path, flags: [`--port=${port}`] })
  })
  afterAll(() => folder[Symbol.dispose]())

  it('shows the workbench', async () => {
    expect(await desktop.page.title()).toBe('Switchyard')
    await desktop.page.waitForFunction(() => document.getElementById('root')?.textContent !== '')
  })

  it('answers the page in process, without a session', async () => {
    const status = await desktop.page.evaluate(async () => {
      const response = await fetch('/api/connect.status', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
      return (await response.json()) as unknown
    })
    expect(status).toMatchObject({ ok: true, value: { mode: 'desktop', address: `http://127.0.0.1:${port}` } })
  })

  it('streams an answer to the page as it comes, and ends it when the page stops reading', async () => {
    const received = await desktop.page.evaluate(async () => {
      const leaving = new AbortController()
      const input = { model: 'demo/steady', messages: [{ role: 'user', text: 'Tell me a long story about a railway yard.' }] }
      const headers = { 'content-type': 'application/json' }
      const response = await fetch('/api/playground.run', { method: 'POST', headers, body: JSON.stringify(input), signal: leaving.signal })
      let text = ''
      for await (const bytes of response.body ?? []) {
        text += new TextDecoder().decode(bytes)
        if (text.includes('"type":"text"')) break
      }
      leaving.abort()
      return text
    })
    expect(received).not.toContain('"type":"ended"')
    const newestOutcome = () =>
      desktop.page.evaluate(async () => {
        const response = await fetch('/api/traffic.list', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"limit":1}' })
        const { value } = (await response.json()) as { value: { rows: readonly { outcome?: string }[] } }
        return value.rows[0]?.outcome
      })
    await expect.poll(newestOutcome, { timeout: 10_000 }).toBe('cancelled')
  })

  it('listens at the port it was given', async () => {
    await expect(fetch(`http://127.0.0.1:${port}/health`)).resolves.toHaveProperty('status', 200)
  })

  it('sends the page with the policy that forbids everything inline or from elsewhere', async () => {
    expect(await desktop.page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'))).toBe(CONTENT_SECURITY_POLICY)
    const ran = await desktop.page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'globalThis.inlineRan = true'
      document.head.append(script)
      const outside = await fetch('https://example.com/').then(
        () => 'reached',
        () => 'refused',
      )
      return { inline: 'inlineRan' in globalThis, outside }
    })
    expect(ran).toEqual({ inline: false, outside: 'refused' })
  })

  it('gives the page the native bridge and nothing of Node', async () => {
    const seen = await desktop.page.evaluate(() => ({
      bridge: Object.keys(switchyardNative),
      platform: switchyardNative.platform,
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
    }))
    expect(seen).toEqual({ bridge: ['platform', 'openExternal', 'revealDataFolder'], platform: process.platform, node: [] })
  })

  it('opens web addresses outside and refuses other kinds', async () => {
    await desktop.page.evaluate(() => switchyardNative.openExternal('https://example.com/docs'))
    const refused = await desktop.page.evaluate(() =>
      switchyardNative.openExternal('file:///etc/passwd').then(
        () => 'opened',
        (error: Error) => error.message,
      ),
    )
    expect(refused).toContain('Only http, https and mailto')
    expect(await desktop.openedOutside()).toEqual(['https://example.com/docs'])
  })

  it('opens no second window: a link that asks for one goes outside', async () => {
    await desktop.page.evaluate(() => window.open('https://example.com/popup'))
    await expect.poll(() => desktop.openedOutside()).toContain('https://example.com/popup')
  })

  it('stays where it is when something leads away', async () => {
    const before = desktop.page.url()
    await desktop.page.evaluate(() => {
      location.href = 'https://example.com/away'
    })
    // The bridge answers only where the app's own page is; by then the navigation has been decided.
    await desktop.page.evaluate(() => switchyardNative.openExternal('https://example.com/after'))
    expect(await desktop.openedOutside()).toContain('https://example.com/after')
    expect(await desktop.openedOutside()).not.toContain('https://example.com/away')
    expect(desktop.page.url()).toBe(before)
    expect(await desktop.page.title()).toBe('Switchyard')
  })

  it('quits with code 0, and the port is free again', async () => {
    expect(await desktop.quit()).toBe(0)
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow()
  })
}

describe('the desktop app on emulated electron', () => {
  behavesAsAnApp(launchEmulated)
})

describe('the desktop app on real Electron', () => {
  const missing = realElectronMissing()
  if (missing === undefined) {
    behavesAsAnApp(launchReal)
  } else {
    console.warn(`real Electron: not run (${missing})`)
    it.skip(`real Electron: not run (${missing})`)
  }
})

describe('starting the desktop app on emulated electron', () => {
  it('hands over to the app that runs already', async () => {
    using folder = temporaryFolder()
    const options = { dataDir: folder.path, flags: [`--port=${await freePort()}`] }
    const first = await launchEmulated(options)
    const second = startEmulated(options)
    const [code] = (await once(second, 'exit')) as [number | null]
    expect(code).toBe(0)
    expect(await first.page.title()).toBe('Switchyard')
    expect(await first.quit()).toBe(0)
  })

  it('says that the port it was told to take is taken, and ends with code 1', async () => {
    using folder = temporaryFolder()
    using other = temporaryFolder()
    const flags = [`--port=${await freePort()}`]
    const first = await launchEmulated({ dataDir: folder.path, flags })
    const second = startEmulated({ dataDir: other.path, flags })
    const messages: EmulatorMessage[] = []
    second.on('message', (message: EmulatorMessage) => messages.push(message))
    const [code] = (await once(second, 'exit')) as [number | null]
    expect(code).toBe(1)
    expect(messages).toMatchObject([{ kind: 'error-box', title: 'Switchyard cannot start' }])
    expect(await first.quit()).toBe(0)
  })
})
