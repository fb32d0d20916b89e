/**
 * `npm run screenshots -- [--out FOLDER] [--only PART] [--lang de] [--rtl]`: pictures of every screen, 1440x900 and 900x600, light and dark, of the built app with
 * sample data: three weeks of made-up history, made-up keys, and a made-up provider on this machine. Needs a Chromium (see test/support/chromium.ts).
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { build, buildIsStale } from '../../electron/start/build.ts'
import { launchChromium, openPage } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { raw } from '../support/http.ts'
import { npmStart } from '../support/npm-start.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { SAMPLE_TURNS } from './sample-conversations.ts'
import { writeSampleHistory } from './sample-history.ts'
import { sampleUpstream } from './sample-upstream.ts'

const SIZES = [
  { width: 1440, height: 900 },
  { width: 900, height: 600 },
] as const
const MODELS = ['openai/gpt-4.1-mini', 'anthropic/claude-sonnet-4-5', 'google/gemini-2.5-flash'] as const
const ROUTING = {
  version: 1,
  aliases: {
    fast: { models: [{ model: 'google/gemini-2.5-flash' }, { model: 'openai/gpt-4.1-mini' }], note: 'Short answers while typing' },
    cheap: {
      models: [
        { model: 'openai/gpt-5-nano', weight: 3 },
        { model: 'google/gemini-2.5-flash', weight: 1 },
      ],
      balance: 'weighted',
    },
    smart: { models: [{ model: 'anthropic/claude-sonnet-4-5' }, { model: 'openai/gpt-5' }] },
  },
  presets: { reviewer: { models: ['anthropic/claude-sonnet-4-5'], parameters: { temperature: 0.2 }, system: 'Review like a careful colleague.' } },
  rules: [
    { name: 'Long prompts to a large window', when: { inputTokens: { min: 150_000 } }, actions: [{ do: 'route', models: ['google/gemini-2.5-flash'] }] },
    { name: 'Nightly evals stay cheap', when: { clients: ['Nightly evals (sample)'] }, actions: [{ do: 'route', models: ['cheap'] }] },
  ],
  fallbacks: [{ models: ['anthropic/*'], on: ['error', 'rate-limit'], to: ['openai/gpt-5'] }],
  splits: [
    {
      name: 'mini against flash',
      models: ['fast'],
      arms: [
        { name: 'a', model: 'openai/gpt-4.1-mini' },
        { name: 'b', model: 'google/gemini-2.5-flash' },
      ],
    },
  ],
}

/** One picture: where to go, and what to do there first. */
interface Shot {
  readonly name: string
  readonly hash: string
  readonly prepare?: (page: Page) => Promise<void>
}

const SHOTS: readonly Shot[] = [
  { name: 'playground', hash: '#/playground', prepare: compareThree },
  { name: 'traffic', hash: '#/traffic', prepare: (page) => page.getByRole('row').nth(3).waitFor() },
  { name: 'traffic-drawer', hash: '#/traffic', prepare: (page) => page.getByRole('row').nth(4).click() },
  { name: 'costs', hash: '#/costs' },
  { name: 'cache', hash: '#/cache', prepare: (page) => page.getByRole('gridcell').first().waitFor() },
  { name: 'cache-drawer', hash: '#/cache', prepare: (page) => page.getByRole('gridcell').first().click() },
  { name: 'models', hash: '#/models', prepare: (page) => page.getByRole('row').nth(3).waitFor() },
  { name: 'models-drawer', hash: '#/models', prepare: (page) => page.getByRole('row').nth(3).click() },
  { name: 'providers', hash: '#/providers' },
  { name: 'routing', hash: '#/routing' },
  { name: 'routing-auto', hash: '#/routing/auto', prepare: (page) => page.waitForTimeout(6_000) },
  { name: 'routing-splits', hash: '#/routing/splits' },
  { name: 'connect', hash: '#/connect' },
  { name: 'settings', hash: '#/settings' },
  { name: 'palette', hash: '#/costs', prepare: (page) => page.keyboard.press('Control+k') },
  { name: 'shortcuts', hash: '#/costs', prepare: (page) => page.keyboard.press('Control+/') },
]

const root = fileURLToPath(new URL('../../', import.meta.url))
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'out/pictures' },
    only: { type: 'string', default: '' },
    lang: { type: 'string', default: 'en' },
    rtl: { type: 'boolean', default: false },
  },
})

mkdirSync(values.out, { recursive: true })
if (await buildIsStale(root)) await build(root)
using data = temporaryFolder()
const upstream = await sampleUpstream()
const requests = await writeSampleHistory(data.path, Date.now())
console.log(`Sample data: ${requests} requests`)
writeFileSync(
  join(data.path, 'settings.json'),
  JSON.stringify({ baseUrls: { openai: `${upstream.url}/v1`, anthropic: `${upstream.url}/v1`, google: `${upstream.url}/v1beta` } }),
)
writeFileSync(join(data.path, 'routing.json'), JSON.stringify(ROUTING))
const port = await freePort()
const address = `http://127.0.0.1:${port}`
const { printed, child, ended } = npmStart([`--port=${port}`, `--data-dir=${data.path}`, '--no-open', '--vault=memory'])
const browser = await launchChromium()
let taken = 0
try {
  const link = await signInLink()
  const { page, troubles } = await openPage(browser, address, { colorScheme: 'light', viewport: SIZES[0], locale: values.lang, reducedMotion: 'reduce' })
  const panes = MODELS.map((model, index) => ({ id: `sample-${index}`, model }))
  await page.addInitScript(
    `if (localStorage.getItem('switchyard.playground') === null) localStorage.setItem('switchyard.playground', ${JSON.stringify(JSON.stringify({ version: 2, state: { panes } }))})`,
  )
  await page.goto(link)
  await page.getByRole('navigation').first().waitFor()
  await sampleTraffic(page)
  for (const shot of SHOTS) {
    if (!shot.name.includes(values.only)) continue
    await page.goto(`${address}/#/about-blank`)
    await page.goto(`${address}/${shot.hash}`)
    await page.reload()
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await shot.prepare?.(page)
    // only now: the window sets its own direction once it knows its language
    if (values.rtl) await page.evaluate("document.documentElement.dir = 'rtl'")
    await page.waitForTimeout(700)
    await pictures(page, shot.name)
  }
  for (const trouble of troubles) console.log(`trouble: ${trouble}`)
  console.log(`Taken: ${taken} pictures in ${values.out}`)
} finally {
  await browser.close()
  child.kill('SIGINT')
  await ended
  await upstream.close()
}

async function pictures(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.waitForTimeout(120)
      await page.screenshot({ path: `${values.out}/${name}-${size.width}-${colorScheme}.png` })
      taken++
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(SIZES[0])
}

/** Asks the engine for something, as the window does. @throws when it refuses */
async function ask<Value>(page: Page, route: string, input: unknown): Promise<Value> {
  const answer = await page.request.post(`${address}/api/${route}`, { data: input, headers: { origin: address } })
  const body = (await answer.json()) as { value?: Value; error?: { message: string } }
  if (!answer.ok()) throw new Error(`${route}: ${answer.status()} ${JSON.stringify(body)}`)
  return body.value as Value
}

/** Made-up keys, and a few minutes of live traffic on top of the history: repeated questions among them, for the response cache. */
async function sampleTraffic(page: Page): Promise<void> {
  for (const provider of ['openai', 'anthropic', 'google'])
    await ask(page, 'keys.add', { provider, label: 'Sample', secret: `made-up-${provider}-key-0a1b2c3d` })
  const { secret } = await ask<{ secret: string }>(page, 'clients.create', { name: 'Editor (sample)' })
  const headers = { authorization: `Bearer ${secret}` }
  await ask(page, 'settings.update', { cache: { use: 'everyone' } })
  for (const [index, { ask: content }] of [...SAMPLE_TURNS, ...SAMPLE_TURNS.slice(2, 6)].entries()) {
    const model = index % 5 === 4 ? 'fast' : (MODELS[index % MODELS.length] ?? 'fast')
    await raw(`${address}/v1/chat/completions`, { headers, body: JSON.stringify({ model, temperature: 0, messages: [{ role: 'user', content }] }) })
  }
}

async function compareThree(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /first steps|ersten Schritte/ })
    .click({ timeout: 2_000 })
    .catch(() => undefined)
  await page.getByRole('textbox', { name: /Question|Frage/ }).fill(SAMPLE_TURNS[7]?.ask ?? '')
  await page.keyboard.press('Control+Enter')
  await page.waitForTimeout(4_000)
}

async function signInLink(): Promise<string> {
  for (let tries = 0; tries < 400; tries++) {
    const link = /http:\S+#code=\S+/.exec(printed())?.[0]
    if (link !== undefined) return link
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`Switchyard did not start:\n${printed()}`)
}
