/**
 * The first run on the real engine with a fresh data folder: from a pasted or found key to the first answer, the actions counted. Needs `npm run build`.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium, openPage, type WatchedPage } from '../support/browser.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { serveFake } from '../support/serve-fake.ts'

const KEY = 'sk-proj-made-up-7f3a91c2d4e5'
const BUILT = fileURLToPath(new URL('../../out/renderer', import.meta.url))
const NO_KEYS = { OPENAI_API_KEY: '', ANTHROPIC_API_KEY: '', GEMINI_API_KEY: '', COHERE_API_KEY: '' }

let browser: Browser
const open: { close(): Promise<unknown> }[] = []
beforeAll(async () => {
  browser = await launchChromium()
})
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
})
afterAll(async () => {
  await browser?.close()
})

/** OpenAI's list and answer, and Ollama's, each in its own words. */
const providers = (): Promise<FakeUpstream> =>
  fakeUpstream((seen, response) => {
    if (seen.url === '/api/tags') return answerJson({ models: [{ name: 'llama3.2:3b', model: 'llama3.2:3b', details: { family: 'llama' } }] })(seen, response)
    if (seen.url.endsWith('/models')) return answerJson({ object: 'list', data: [{ id: 'gpt-5-mini', object: 'model' }] })(seen, response)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const chunk = (delta: object, finish: string | null) =>
      `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
    response.end(`${chunk({ role: 'assistant', content: 'A breaker opens.' }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`)
  })

async function start(
  options: { environment?: Record<string, string>; vault?: string } = {},
): Promise<WatchedPage & { rig: TestGateway; upstream: FakeUpstream }> {
  const upstream = await providers()
  open.push(upstream)
  const rig = await startGateway({
    vault: options.vault ?? 'memory',
    rendererDir: BUILT,
    settings: { baseUrls: { openai: `${upstream.url}/v1`, ollama: upstream.url } },
    environment: { ...NO_KEYS, ...options.environment },
  })
  open.push(rig)
  const watched = await openPage(browser, rig.address, { reducedMotion: 'reduce' })
  open.push(watched)
  await watched.page.goto(`${rig.address}/#code=${rig.gateway.newCode()}`)
  await steps(watched.page).waitFor()
  return { ...watched, rig, upstream }
}

const steps = (page: Page) => page.getByRole('complementary', { name: 'First steps.' })
const firstAnswered = (page: Page) => page.getByRole('button', { name: 'Regenerate A' }).and(page.locator(':enabled')).waitFor()

/** Asked again and again from here: the page's own policy lets no function be made of text. */
const focused = (page: Page, what: string, is: string) => expect.poll(() => page.evaluate(`document.activeElement?.${what}`)).toBe(is)

/** What Ctrl+V does, with a clipboard of our own: a test must not reach into the machine's. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(
    `(() => {
      const data = new DataTransfer()
      data.setData('text/plain', ${JSON.stringify(text)})
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    })()`,
  )
}

function everyFile(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? everyFile(join(folder, name)) : [join(folder, name)]))
}

describe('the first run', () => {
  it('goes from a pasted key to an answer of a real model in one paste and two Enters', async () => {
    const { page, troubles, rig, upstream } = await start()
    await steps(page)
      .getByText(/kept in memory/)
      .waitFor()
    // where the focus is by itself: in the question
    await focused(page, 'tagName', 'TEXTAREA')
    const question = await page.getByRole('textbox', { name: /Question to/ }).inputValue()
    await paste(page, KEY)
    // the key is not in the question, and says whose it is
    await steps(page)
      .getByText(/OpenAI/)
      .first()
      .waitFor()
    expect(await page.getByRole('textbox', { name: /Question to/ }).inputValue()).toBe(question)
    await page.keyboard.press('Enter')
    await steps(page)
      .getByText(/accepted the key/)
      .waitFor()
    await focused(page, 'dataset.field', 'run-all')
    await page.keyboard.press('Enter')
    await firstAnswered(page)
    expect(await page.getByRole('group', { name: 'Answers of A' }).textContent()).toContain('A breaker opens.')
    const asked = upstream.seen.filter(({ method }) => method === 'POST')
    expect(asked).toHaveLength(1)
    expect(asked[0]?.headers.authorization).toBe(`Bearer ${KEY}`)
    expect(asked[0]?.body).not.toContain(KEY)
    expect(await page.content()).not.toContain(KEY)
    expect(troubles).toEqual([])
    for (const file of everyFile(rig.dataDir)) expect(readFileSync(file, 'latin1').includes(KEY), file).toBe(false)
  })

  it('answers without any key at one action', async () => {
    const { page, troubles } = await start()
    await focused(page, 'tagName', 'TEXTAREA')
    await page.keyboard.press('Control+Enter')
    await firstAnswered(page)
    expect(await page.getByRole('group', { name: 'Answers of A' }).textContent()).toMatch(/simulated/i)
    expect(troubles).toEqual([])
  })

  it('finds a key of the environment and a server on this machine, and takes the key at one click', async () => {
    const { page, upstream } = await start({ environment: { OPENAI_API_KEY: KEY } })
    await steps(page)
      .getByText(/Running on this machine.*Ollama/)
      .waitFor()
    const found = steps(page).getByRole('button', { name: /OPENAI_API_KEY/ })
    await found.waitFor()
    // nothing has been sent to anybody with it yet
    expect(upstream.seen.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
    await found.click()
    await steps(page)
      .getByText(/accepted the key/)
      .waitFor()
    await focused(page, 'dataset.field', 'run-all')
    await page.keyboard.press('Enter')
    await firstAnswered(page)
    expect(upstream.seen.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  it('says that there is no place for keys where no keychain works, and leads to the choice', async () => {
    // the engine in memory: the machine that runs this may have one that works
    const keychain = { works: false, name: 'Secret Service', reason: 'nobody answers on the session bus' }
    const server = await serveFake({ keyless: true, vault: { backend: undefined, writable: false, locked: false, keychain } })
    open.push(server)
    const watched = await openPage(browser, server.url, { reducedMotion: 'reduce' })
    open.push(watched)
    const { page } = watched
    await page.goto(server.url)
    await steps(page).getByRole('link').first().click()
    await page.getByRole('heading', { level: 1, name: 'Providers' }).waitFor()
  })
})

describe('without a network', () => {
  it('puts the models of this machine first, lets them be asked, and says that nothing is queued', async () => {
    const { page } = await start()
    await page.evaluate("Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false }); window.dispatchEvent(new Event('offline'))")
    await page.getByText('This machine is offline.').waitFor()
    const note = page.getByText(/No network\. Ollama can answer/)
    await note.waitFor()
    // the composer works all the same, and what is on this machine stands first
    await page.getByRole('combobox', { name: /^Model of pane A/ }).click()
    const groups = page.getByRole('listbox').getByRole('group')
    await groups.first().waitFor()
    expect(await groups.first().textContent()).toContain('Ollama')
    await page.keyboard.press('Escape')
    await page.getByRole('textbox', { name: /Question to/ }).fill('Are you there?')
    await page.keyboard.press('Control+Enter')
    await firstAnswered(page)
    await page.evaluate("Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => true }); window.dispatchEvent(new Event('online'))")
    await note.waitFor({ state: 'detached' })
    await page.getByText('This machine is offline.').waitFor({ state: 'detached' })
  })
})
