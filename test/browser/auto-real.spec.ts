/** Automatic routing from end to end in real Chromium: the real engine, a fake provider, requests of a tool and of the Playground. Needs `npm run build`. */
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchChromium, openPage, type WatchedPage } from '../support/browser.ts'
import { type Answering, answerJson, type FakeUpstream, fakeUpstream, replay } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'

const rendererDir = fileURLToPath(new URL('../../out/renderer', import.meta.url))
const PROMPTS = [
  'Extract the name and the date from this text as JSON: Anna came on 3 March.',
  'Write a Rust function that merges two sorted linked lists in place, with unit tests.',
  'Translate to German: the harbour was quiet.',
  'Prove that the square root of two is irrational.',
  'What is the capital of Norway?',
  'Summarise in one sentence: the committee met, argued, and went home without a vote.',
]
/** Only OpenAI's models, whose format the fake provider answers in. */
const only = { allowed: ['openai/*'], excluded: ['*pro*', '*search*', '*codex*', '*deep*'] }

const shots = process.env.SWITCHYARD_SHOTS

let browser: Browser
let upstream: FakeUpstream
let running: TestGateway
let watched: WatchedPage

beforeAll(async () => {
  browser = await launchChromium()
})
beforeEach(async () => {
  upstream = await fakeUpstream()
  upstream.answer((seen, response) => answer(JSON.parse(seen.body) as Asked)(seen, response))
  running = await startGateway({ upstream: upstream.url, rendererDir, settings: { auto: only } })
  await running.gateway.ready()
})
afterEach(async () => {
  await watched?.close()
  await running.close()
  await upstream.close()
})
afterAll(async () => {
  await browser?.close()
})

interface Asked {
  readonly model: string
  readonly stream?: boolean
}

/** Written from OpenAI's documentation, whole or as a stream. */
function answer({ model, stream = false }: Asked): Answering {
  const usage = { prompt_tokens: 40, completion_tokens: 12, total_tokens: 52 }
  const head = { id: 'c', created: 1, model }
  if (!stream) {
    const choices = [{ index: 0, message: { role: 'assistant', content: 'Done.' }, finish_reason: 'stop' }]
    return answerJson({ ...head, object: 'chat.completion', choices, usage })
  }
  const chunks = [
    { choices: [{ index: 0, delta: { role: 'assistant', content: 'Done.' }, finish_reason: null }] },
    { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    { choices: [], usage },
  ]
  const lines = [...chunks.map((chunk) => JSON.stringify({ ...head, object: 'chat.completion.chunk', ...chunk })), '[DONE]']
  return replay(Buffer.from(lines.map((line) => `data: ${line}\n\n`).join('')), { headers: { 'content-type': 'text/event-stream' } })
}

const ask = (model: string, content: string) =>
  raw(`${running.address}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}` },
    body: JSON.stringify({ model, messages: [{ role: 'user', content }] }),
  })

it('replays real traffic, changes how the next request is answered, and learns by a click', async () => {
  for (const prompt of PROMPTS) expect((await ask('openai/gpt-5', prompt)).status).toBe(200)
  const before = await ask('switchyard/auto', PROMPTS[4] ?? '')
  expect(before.status, before.text).toBe(200)
  await running.rows(PROMPTS.length + 1)
  const sent = upstream.seen.length

  watched = await openPage(browser, running.address, { reducedMotion: 'reduce' })
  const { page, troubles } = watched
  await page.goto(`${running.address}/#code=${running.gateway.newCode()}`)
  await page.getByRole('button', { name: 'Go to anything' }).waitFor()
  await page.goto(`${running.address}/#/routing/auto`)
  const outlook = page.getByRole('region', { name: 'Your last 7 requests at this setting' })
  await outlook.waitFor()
  const slider = page.getByRole('slider', { name: 'Between cheap and best' })
  await slider.press('Home')
  await outlook.getByText('cheaper than what was done').waitFor()
  await page.getByRole('img', { name: /^Curve of expected quality over cost/ }).waitFor()
  await page.getByText(/^1 request for switchyard\/auto/).waitFor()
  // nothing has been sent to find that out, and nothing holds yet
  expect(upstream.seen.length).toBe(sent)
  await page.getByRole('button', { name: 'Apply', exact: true }).press('Enter')
  await page.getByText('Automatic routing changed.').waitFor()
  await ask('switchyard/auto', 'Extract the city from: she lives in Bergen.')
  const row = (await running.rows(PROMPTS.length + 2))[0]
  const detail = await running.client['traffic.get']({ id: row?.id ?? '' })
  expect(detail.ok && detail.value.exchange?.plan?.auto?.slider).toBe(0)

  // the answer says why, in one line, and takes a word back
  await page.goto(`${running.address}/#/traffic/${row?.id}`)
  await page.getByRole('tab', { name: 'Why' }).press('Enter')
  const line = page.getByRole('region', { name: 'Why this model', exact: true }).getByRole('paragraph').first()
  expect(await line.textContent()).toMatch(
    /^extraction, .+: openai\/\S+, the cheapest with \d+ % of the best one's quality; \d+ % expected for \$[\d.]+; it cost \$[\d.]+; .*runner-up openai\/\S+, \d+ % for \$/,
  )
  if (shots !== undefined) await page.screenshot({ path: `${shots}/auto-why.png` })
  await page.getByRole('button', { name: 'This was wrong' }).press('Enter')
  await page.getByText(/^Noted: openai\/\S+ was wrong on this\.$/).waitFor()
  await page.goto(`${running.address}/#/routing/auto`)
  const regret = page.getByRole('list', { name: 'Worst decisions' }).getByRole('listitem')
  await regret.waitFor()
  expect(await regret.textContent()).toContain('she lives in Bergen')
  expect(await regret.getByRole('link', { name: 'the request' }).getAttribute('href')).toBe(`#/traffic/${row?.id}`)

  // the Playground offers it like a model, and its pane says the same
  await page.goto(`${running.address}/#/playground`)
  await page.getByRole('combobox', { name: /^Model of pane A/ }).click()
  await page.getByRole('combobox', { name: 'Search models and providers' }).fill('switchyard/auto')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Remove C' }).click()
  await page.getByRole('button', { name: 'Remove B' }).click()
  await page.getByRole('textbox', { name: 'Question', exact: true }).fill('Extract the country from: he grew up near Bergen.')
  await page.getByRole('button', { name: /^Run/ }).click()
  const turn = page.getByRole('article', { name: /switchyard\/auto/ })
  await turn.getByText(/^extraction, .+ expected for \$.+; it cost \$/).waitFor()
  await turn.getByRole('button', { name: 'This was good' }).press('Enter')
  await page.getByText(/^Noted: openai\/\S+ was good on this\.$/).waitFor()
  if (shots !== undefined) await page.screenshot({ path: `${shots}/auto-playground.png` })
  expect(troubles).toEqual([])
})
