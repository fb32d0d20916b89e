/** Settings: the network, import and export, and the doctor, in a real browser against the engine in memory. Needs `npm run build`. */
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions } from 'playwright-core'
import { expect, it } from 'vitest'
import { type OpenedWorkbench, workbenches } from '../support/workbench.ts'

const open = workbenches()

async function start(name: string, options: BrowserContextOptions = {}): Promise<OpenedWorkbench> {
  const opened = await open(`#/settings/${name}`, {}, options)
  await opened.page.getByRole('heading', { name: 'Settings' }).waitFor()
  return opened
}

const FILE = {
  kind: 'switchyard-setup',
  version: 1,
  shortcuts: { palette: 'Mod+P' },
  library: [{ kind: 'prompt', name: 'Greeting', text: 'Good morning.' }],
  filters: [{ name: 'dear', filter: 'cost>1' }],
  clientKeys: [{ name: 'my editor' }],
}
const fileOf = (content: unknown) => ({ name: 'setup.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(content)) })

it('sets a proxy of one’s own by keyboard, keeps its password out of sight, and takes it away', async () => {
  const { page, troubles } = await start('network')
  await page.getByText('https_proxy=http://…@proxy.example:3128').waitFor()
  await page.getByRole('radio', { name: /As the environment says/ }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.getByLabel('Address of the proxy').waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.type('http://proxy.example:8080')
  await page.keyboard.press('Tab')
  await page.keyboard.type('anna')
  await page.keyboard.press('Tab')
  await page.keyboard.type('made-up-password')
  await page.keyboard.press('Enter')
  await page.getByText('hold from the next request on').first().waitFor()
  const password = page.getByLabel('Password')
  await expect.poll(() => password.getAttribute('placeholder')).toBe('kept; type to replace it')
  expect(await password.inputValue()).toBe('')
  await page.getByRole('button', { name: 'Remove the password' }).press('Enter')
  await page.getByRole('button', { name: 'Remove the password' }).waitFor({ state: 'detached' })
  expect(troubles).toEqual([])
})

it('shows what a CA file holds before it is trusted, and what is wrong with another', async () => {
  const { page, troubles } = await start('network')
  const field = page.getByLabel('CA file')
  await field.fill('/etc/hosts')
  await field.press('Enter')
  await page.getByText('This is no PEM file').waitFor()
  await field.fill('/etc/ssl/company.pem')
  await field.press('Enter')
  const list = page.getByRole('list', { name: 'Certificates' })
  await list.getByText('Example Corp Root CA').waitFor()
  await list.getByText(/^expired on/).waitFor()
  await page.getByRole('button', { name: 'Trust these' }).press('Enter')
  await page.getByText('Trusted from this file:').waitFor()
  await page.getByRole('button', { name: 'Trust them no more' }).press('Enter')
  await list.waitFor({ state: 'detached' })
  expect(troubles).toEqual([])
})

it('says at which step a connection ends', async () => {
  const { page, troubles } = await start('network')
  const field = page.getByLabel('Address to try')
  await field.press('Enter')
  await page.getByText('The way is clear.').waitFor()
  await field.fill('https://inspected.example')
  await field.press('Enter')
  await page.getByText(/issued by Example Corp Root CA, is not trusted/).waitFor()
  await field.fill('https://nowhere.example')
  await field.press('Enter')
  await page.getByText(/^DNS: nowhere.example could not be found/).waitFor()
  await field.fill('nowhere')
  await field.press('Enter')
  await page.getByText('Type an address that begins with').waitFor()
  expect(troubles).toEqual([])
})

it('imports what was looked at first, part by part, and undoes it', async () => {
  const { page, troubles } = await start('transfer')
  await page.locator('input[type=file]').setInputFiles(fileOf(FILE))
  const planned = page.getByRole('region', { name: 'In setup.json' })
  await planned.getByText('3 changes:').waitFor()
  await planned.getByText('prompt: Greeting').waitFor()
  await planned.getByText('my editor').waitFor()
  await planned.getByRole('checkbox', { name: 'Shortcuts' }).press('Space')
  await planned.getByText('2 changes:').waitFor()
  await planned.getByRole('button', { name: 'Import' }).press('Enter')
  await page.getByText('Imported: 2 changes.').first().waitFor()
  await page.getByRole('button', { name: /^Bring back what was there/ }).press('Enter')
  await page.getByText('What was there before is back.').first().waitFor()
  expect(troubles).toEqual([])
})

it('names the place of a mistake, and takes nothing', async () => {
  const { page, troubles } = await start('transfer')
  await page.locator('input[type=file]').setInputFiles(fileOf({ ...FILE, filters: [{ name: 'dear', filter: '' }] }))
  await page.getByText('filters.0.filter').waitFor()
  expect(await page.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true)
  await page.locator('input[type=file]').setInputFiles(fileOf({ ...FILE, version: 2 }))
  await page.getByText(/made by a newer Switchyard/).waitFor()
  expect(troubles).toEqual([])
})

it('exports the chosen parts to a file', async () => {
  const { page, troubles } = await start('transfer')
  await page.getByRole('checkbox', { name: 'Settings' }).first().press('Space')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export to a file' }).press('Enter')])
  expect(download.suggestedFilename()).toBe('switchyard-setup.json')
  expect(troubles).toEqual([])
})

it('has the doctor look again, at database and clock too', async () => {
  const { page, troubles } = await start('about')
  await page.getByText(/Only 296 MB are free/).waitFor()
  await page.getByRole('button', { name: 'Check', exact: true }).press('Enter')
  await page.getByText(/190 s behind api.openai.com/).waitFor()
  await page.getByText(/^Whole: 1204 requests, 30 MB; read through/).waitFor()
  await page.getByText('Groq cannot be reached: api.groq.com refused the connection; is the server running?').waitFor()
  expect(troubles).toEqual([])
})

it('says which version runs, looks for a newer one only where an address is named, and leads to it', async () => {
  const { page, troubles } = await start('updates')
  const row = page.getByRole('status').filter({ hasText: 'Nobody looks for newer ones' })
  await page.getByText(/^Switchyard 0\.1\.0, (desktop|headless), runs\.$/).waitFor()
  await row.waitFor()
  expect(await page.getByRole('button', { name: 'Check now' }).isDisabled()).toBe(true)
  const field = page.getByLabel('Address to look at')
  await field.fill('downloads')
  await field.press('Enter')
  await page.getByText('An address begins with').waitFor()
  await field.fill('https://downloads.example/broken.yml')
  await field.press('Enter')
  await page.getByText('Nobody has looked for a newer one yet.').waitFor()
  await page.getByRole('button', { name: 'Check now' }).press('Enter')
  await page.getByText(/failed: answered with something that names no version/).waitFor()
  await field.fill('https://downloads.example/latest.yml')
  await field.press('Enter')
  await page.getByText('Nobody has looked for a newer one yet.').waitFor()
  await page.getByRole('button', { name: 'Check now' }).press('Enter')
  await page.getByText(/^0\.2\.0 is there, of /).waitFor()
  expect(await page.getByRole('link', { name: 'Where 0.2.0 is' }).getAttribute('href')).toBe('https://downloads.example/switchyard')
  await page.getByText('Once a day', { exact: true }).click()
  await expect.poll(() => page.getByRole('radio', { name: 'Once a day' }).isChecked()).toBe(true)
  expect(troubles).toEqual([])
})

it.each([
  ['proxy', 'Way out'],
  ['certificate', 'Certificate authorities of your own'],
  ['import', 'Import'],
])('finds the new settings by “%s”', async (query, group) => {
  const { page } = await start('general')
  await page.getByRole('searchbox', { name: 'Find a setting' }).fill(query)
  await page.getByRole('region', { name: group, exact: true }).waitFor()
})

it.each([
  ['light', 1440, 900],
  ['dark', 900, 600],
] as const)('has nothing that axe finds serious, %s at %i x %i, nor scrolls sideways', async (colorScheme, width, height) => {
  for (const name of ['network', 'transfer', 'about']) {
    const { page } = await start(name, { colorScheme, viewport: { width, height } })
    if (name === 'network') {
      await page.getByRole('radio', { name: /Through a proxy/ }).click()
      await page.getByLabel('Address to try').press('Enter')
      await page.getByText('The way is clear.').waitFor()
    }
    if (name === 'transfer') await page.locator('input[type=file]').setInputFiles(fileOf(FILE))
    if (name === 'transfer') await page.getByText('3 changes:').waitFor()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
  }
})
