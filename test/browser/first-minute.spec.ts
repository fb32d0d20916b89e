/**
 * The first minute of a stranger, in real Chromium on the real engine: start it, sign in by the printed code, compare three demo models, add a
 * key, look at what happened. No breach of the content policy, no console error, no serious accessibility finding on the way.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { launchChromium, openPage } from '../support/browser.ts'
import { answerJson, fakeUpstream } from '../support/fake-upstream.ts'
import { freePort } from '../support/free-port.ts'
import { npmStart, stopAllStarts } from '../support/npm-start.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const KEY = 'sk-proj-made-up-7f3a91'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterEach(stopAllStarts)
afterAll(async () => {
  await browser?.close()
})

async function serious(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

function everyFile(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? everyFile(join(folder, name)) : [join(folder, name)]))
}

it.each(['light', 'dark'] as const)(
  'goes from npm start to an answer, a key and its traces (%s)',
  async (colorScheme) => {
    using folder = temporaryFolder()
    const upstream = await fakeUpstream(answerJson({ object: 'list', data: [{ id: 'gpt-4o-mini', object: 'model' }] }))
    writeFileSync(join(folder.path, 'settings.json'), JSON.stringify({ baseUrls: { openai: `${upstream.url}/v1` } }))
    const port = await freePort()
    const { printed, child, ended } = npmStart([`--port=${port}`, `--data-dir=${folder.path}`, '--no-open', '--vault=memory'])
    await expect.poll(printed, { timeout: 20_000 }).toMatch(/#code=[A-Z0-9]{4}-[A-Z0-9]{4}/)
    const address = `http://127.0.0.1:${port}`
    const code = /#code=(\S+)/.exec(printed())?.[1] ?? ''

    const { page, troubles, close } = await openPage(browser, address, { colorScheme, reducedMotion: 'reduce' })
    const policy = (await page.goto(address))?.headers()['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')

    // sign in by the code, typed as a person would
    await page.getByRole('textbox').fill(code.toLowerCase())
    expect(await serious(page)).toEqual([])
    await page.keyboard.press('Enter')

    // three demo models, one key
    await page.getByText('demo/scholar').waitFor()
    await page.keyboard.press('Control+Enter')
    for (const letter of ['A', 'B', 'C']) {
      await page
        .getByRole('button', { name: `Regenerate ${letter}` })
        .and(page.locator(':enabled'))
        .waitFor({ timeout: 40_000 })
      expect(await page.getByRole('group', { name: `Answers of ${letter}` }).textContent()).toMatch(/simulated/i)
      expect(
        await page
          .getByRole('region', { name: `Pane ${letter}` })
          .locator('dl')
          .textContent(),
      ).toContain('$0.00')
    }
    expect(await serious(page)).toEqual([])

    // a key: recognised, checked with the provider, stored, shown masked
    await page.goto(`${address}/#/providers`)
    // the first steps on the playground have such a field too
    await page.getByRole('heading', { level: 1, name: 'Providers' }).waitFor()
    await page
      .getByPlaceholder(/paste a key/i)
      .or(page.getByLabel(/paste a key/i))
      .first()
      .fill(KEY)
    await page.keyboard.press('Enter')
    await page
      .getByText(/accepted the key/)
      .first()
      .waitFor()
    expect(upstream.seen.map((seen) => [seen.method, seen.url, seen.headers.authorization])).toContainEqual(['GET', '/v1/models', `Bearer ${KEY}`])
    expect(await page.content()).not.toContain(KEY)
    expect(await serious(page)).toEqual([])

    // what happened, to be looked at
    await page.goto(`${address}/#/traffic`)
    const rows = page.getByRole('grid').getByRole('row')
    await rows.filter({ hasText: 'demo/scholar' }).click()
    const drawer = page.getByRole('complementary', { name: 'Request details' })
    await drawer.getByText('Attempts').waitFor()
    expect(await serious(page)).toEqual([])
    await drawer.getByRole('tab', { name: 'Why' }).click()
    await drawer
      .getByText(/asked for/i)
      .first()
      .waitFor()

    for (const screen of ['connect', 'settings']) {
      await page.goto(`${address}/#/${screen}`)
      await page
        .getByRole('heading', { level: 1 })
        .or(page.getByRole('heading', { level: 2 }))
        .first()
        .waitFor()
      expect(await serious(page)).toEqual([])
    }
    // being asked to sign in is an answer of 401, which Chromium writes to its console by itself
    expect(troubles.filter((trouble) => !trouble.includes('status of 401'))).toEqual([])

    await close()
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    expect(printed()).not.toContain(KEY)
    for (const file of everyFile(folder.path)) expect(readFileSync(file, 'latin1').includes(KEY), file).toBe(false)
    await upstream.close()
  },
  120_000,
)
