/** The built app for pictures: started headless in a folder of its own, with nothing of the machine it runs on. */
import { freePort } from '../support/free-port.ts'
import { npmStart } from '../support/npm-start.ts'

export interface StartedWindow {
  readonly address: string
  /** Signs in whoever opens it. */
  readonly link: string
  close(): Promise<void>
}

/** @throws when the app prints no link within 20 s, with what it printed */
export async function startWindow(dataDir: string): Promise<StartedWindow> {
  const port = await freePort()
  const { printed, child, ended } = npmStart([`--port=${port}`, `--data-dir=${dataDir}`, '--no-open', '--vault=memory'])
  async function close(): Promise<void> {
    child.kill('SIGINT')
    await ended
  }
  for (let tries = 0; tries < 400; tries++) {
    const link = /http:\S+#code=\S+/.exec(printed())?.[0]
    if (link !== undefined) return { address: `http://127.0.0.1:${port}`, link, close }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await close()
  throw new Error(`Switchyard did not start:\n${printed()}`)
}
