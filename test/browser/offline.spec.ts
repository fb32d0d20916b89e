/** Without a network, in real Chromium on the fake engine: by the browser's word, by the engine's, and by both at once. Needs `npm run build`. */
import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, it } from 'vitest'
import { workbenches } from '../support/workbench.ts'

const start = workbenches()

describe('without a network', () => {
  it('by the engine’s word: says so on every screen, names who can answer, and takes it back', async () => {
    const { page, server, troubles } = await start('#/playground')
    await page.getByRole('textbox', { name: /Question to/ }).waitFor()
    server.engine.offline(Date.now() - 5_000)
    await page.getByText(/No provider can be reached: this machine seems to be offline/).waitFor()
    await page.getByText(/^No network\./).waitFor()
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual([])
    // the composer stays usable
    await page.getByRole('textbox', { name: /Question to/ }).fill('Hello?')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('button', { name: 'Regenerate A' }).and(page.locator(':enabled')).waitFor()
    // Connect works
    await page.getByRole('link', { name: 'Connect', exact: true }).click()
    await page.getByRole('tab', { name: 'aider' }).click()
    expect(await page.getByRole('tabpanel').textContent()).toContain('OPENAI_API_BASE')
    await page.getByText(/No provider can be reached/).waitFor()
    server.engine.offline(undefined)
    await page.getByText(/No provider can be reached/).waitFor({ state: 'detached' })
    expect(troubles).toEqual([])
  })

  it('by the browser’s word, with the stream to the engine broken too: the log can still be looked through', async () => {
    const { page, server } = await start('#/traffic')
    const rows = page.getByRole('grid').getByRole('row')
    await rows.nth(3).waitFor()
    server.engine.dropStreams()
    await page.context().setOffline(true)
    await page.getByText('This machine is offline.').waitFor()
    await page.getByText(/engine does not answer/).waitFor()
    await rows.nth(3).click()
    expect(await rows.count()).toBeGreaterThan(3)
    await page.context().setOffline(false)
    await page.getByText('This machine is offline.').waitFor({ state: 'detached' })
    await page.getByText(/engine does not answer/).waitFor({ state: 'detached' })
  })
})
