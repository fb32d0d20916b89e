import { describe, expect, it } from 'vitest'
import type { UsageRecord } from '../../shared/ledger.ts'
import { PASSPHRASE } from '../support/fake-api.ts'
import { openRecord } from '../support/fake-traffic.ts'
import { workbenches } from '../support/workbench.ts'

const NO_KEYCHAIN = { works: false, name: 'Secret Service', reason: 'nobody answers on the session bus' } as const

const start = workbenches()

function request(id: string, fields: Partial<UsageRecord> = {}): UsageRecord {
  return { ...openRecord(id, Date.now(), 'openai/gpt-5-mini'), source: 'proxy', caller: 'client-0', callerName: 'Claude Code', ...fields }
}

describe('providers', () => {
  const secret = 'gsk_made-up-0000'

  it('takes a key by paste and Enter, and holds it nowhere afterwards', async () => {
    const { page, troubles } = await start('#/providers')
    const field = page.getByLabel('Paste a key')
    await field.fill(secret)
    await page.getByText('Looks like a key for Groq').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('Groq accepted the key in 240 ms. It opens 12 models.').waitFor()
    expect(await field.inputValue()).toBe('')
    // for the next one
    await field.and(page.locator(':focus')).waitFor()
    expect(await page.content()).not.toContain(secret)
    expect(await page.evaluate('JSON.stringify(localStorage) + JSON.stringify(sessionStorage)')).not.toContain(secret)
    await page.getByRole('list', { name: 'Keys for Groq' }).getByText('••••0000').waitFor()
    expect(troubles).toEqual([])
  })

  it.each([
    ['bad', 'Groq does not know this key.', 'Incorrect API key provided.'],
    ['broke', 'its account has no credit', 'Your credit balance is too low.'],
    ['forbid', 'forbids what was tried', 'This key may not list models.'],
    ['busy', 'limits this key just now', 'Too many requests.'],
    ['offline', 'could not be reached', 'connect ECONNREFUSED'],
    ['odd', 'says nothing about the key', '418'],
  ])('says in its own words what is wrong with a key: %s', async (word, sentence, said) => {
    const { page } = await start('#/providers')
    await page.getByLabel('Paste a key').fill(`gsk_${word}-made-up`)
    await page.keyboard.press('Enter')
    const notice = page.getByRole('form', { name: 'Add a key' })
    await notice.getByText(sentence).waitFor()
    await notice.getByText(said).waitFor()
  })

  it('asks whose key it is when several providers begin alike', async () => {
    const { page } = await start('#/providers')
    await page.getByLabel('Paste a key').fill('sk-made-up')
    await page.getByRole('form', { name: 'Add a key' }).getByRole('button', { name: 'DeepSeek' }).click()
    await page.getByRole('button', { name: 'Save key' }).click()
    await page.getByText('DeepSeek accepted the key').waitFor()
  })

  it('orders, renames and deletes keys without a mouse', async () => {
    const { page, troubles } = await start('#/providers')
    const keys = page.getByRole('list', { name: 'Keys for OpenAI' }).getByRole('listitem')
    await keys.first().getByText('Work').waitFor()
    await page.getByRole('button', { name: 'Move “Work” down' }).press('Enter')
    await keys.first().getByText('Private').waitFor()
    await page.getByRole('button', { name: 'More for “Work”' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Rename' }).press('Enter')
    await page.getByRole('dialog').getByLabel('Name').fill('Office')
    await page.keyboard.press('Enter')
    await keys.nth(1).getByText('Office').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await keys.nth(1).getByText('Work').waitFor()
    await page.getByRole('button', { name: 'More for “Work”' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
    // a stray Enter must not delete: the focus is on Cancel
    await page.getByRole('alertdialog').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    expect(await keys.count()).toBe(2)
    await page.getByRole('button', { name: 'More for “Work”' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
    await page.getByRole('button', { name: 'Delete key' }).click()
    await keys.nth(1).waitFor({ state: 'detached' })
    // with the key its button went: the focus stays among the keys that are left
    await expect.poll(() => page.getByRole('list', { name: 'Keys for OpenAI' }).locator(':focus').count()).toBe(1)
    expect(troubles).toEqual([])
  })

  it('imports from the environment only what is clicked', async () => {
    const { page } = await start('#/providers')
    await page.getByRole('button', { name: 'Import GROQ_API_KEY' }).click()
    await page.getByText('Imported “GROQ_API_KEY”.').waitFor()
    await page.getByRole('button', { name: 'Import GROQ_API_KEY' }).waitFor({ state: 'detached' })
    expect(await page.getByRole('button', { name: 'Import MISTRAL_API_KEY' }).count()).toBe(1)
  })

  it('adds an address of one’s own and names the field that is wrong', async () => {
    const { page } = await start('#/providers')
    await page.getByRole('button', { name: 'Add an address' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Base address').fill('lab:8000')
    await dialog.getByLabel('Name', { exact: true }).fill('Lab machine')
    expect(await dialog.getByLabel('Short name').inputValue()).toBe('lab-machine')
    await dialog.getByRole('button', { name: 'Add' }).click()
    await dialog.getByText('an http or https address').waitFor()
    await dialog.getByLabel('Base address').fill('http://127.0.0.1:8000/v1')
    await dialog.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('heading', { name: 'Lab machine' }).waitFor()
  })

  it('asks where keys may be kept before it takes one', async () => {
    const { page } = await start('#/providers', { vault: { backend: undefined, writable: false, locked: false, keychain: NO_KEYCHAIN } })
    await page.getByText('nobody answers on the session bus').first().waitFor()
    expect(await page.getByLabel('Paste a key').count()).toBe(0)
    await page.getByRole('radio', { name: /Encrypted file/ }).check()
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    await page.getByLabel('Once more').fill('something else')
    await page.getByText('The two differ.').waitFor()
    await page.getByLabel('Once more').fill(PASSPHRASE)
    await page.getByRole('button', { name: 'Keep keys here' }).click()
    await page.getByLabel('Paste a key').waitFor()
  })

  it('opens a locked file with its passphrase', async () => {
    const { page } = await start('#/providers', { vault: { backend: 'file', writable: false, locked: true, keychain: NO_KEYCHAIN } })
    await page.getByLabel('Passphrase', { exact: true }).fill('wrong')
    await page.keyboard.press('Enter')
    await page.getByText('This passphrase does not open the file.').waitFor()
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    await page.keyboard.press('Enter')
    await page.getByLabel('Paste a key').waitFor()
  })
})

describe('connect', () => {
  it('makes a key, fills it in, and turns green at its first request', async () => {
    const { page, server, troubles } = await start('#/connect')
    const light = page.getByText(/^Test: waiting/)
    await light.waitFor()
    await page.getByLabel('Name of the tool').fill('aider')
    await page.keyboard.press('Enter')
    await page.getByText('shown once').waitFor()
    await page.getByRole('tab', { name: 'Claude Code' }).click()
    expect(await page.getByRole('tabpanel').textContent()).toContain('ANTHROPIC_AUTH_TOKEN=switchyard-made-up-n3w0')
    server.engine.record(request('other'))
    expect(await light.textContent()).toContain('the new key')
    const created = (await (
      await fetch(`${server.url}/api/clients.list`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    ).json()) as {
      value: readonly { id: string; name: string }[]
    }
    const mine = { caller: created.value.find((each) => each.name === 'aider')?.id, callerName: 'aider' }
    server.engine.record(request('mine', { ...mine, outcome: 'ok', status: 200, servedBy: 'openai/gpt-5-mini' }))
    await page.getByText('Connected: aider asked for openai/gpt-5-mini').waitFor()
    expect(await page.getByText('Connected: aider asked for').textContent()).toContain('openai-chat, status 200, openai/gpt-5-mini')
    // a later one that fails turns it red, with the reason
    const failed = { outcome: 'unknown-model', status: 404, message: 'No provider has it.', servedBy: undefined } as const
    server.engine.record(request('bad', { ...mine, at: Date.now() + 1_000, ...failed }))
    await page.getByRole('alert').getByText('No provider has it.').waitFor()
    // and one whose key nobody has made here says so
    server.engine.record(request('lost', { caller: undefined, at: Date.now() + 2_000, outcome: 'unauthenticated', status: 401 }))
    await page
      .getByRole('alert')
      .getByText(/with a key that is not known here/)
      .waitFor()
    expect(await page.getByRole('tabpanel').textContent()).toContain('After code.claude.com')
    await page.getByRole('link', { name: 'Traffic', exact: true }).click()
    await page.getByRole('link', { name: 'Connect', exact: true }).click()
    await page.getByText('Client keys').waitFor()
    expect(await page.content()).not.toContain('switchyard-made-up-n3w0')
    expect(troubles).toEqual([])
  })

  it('revokes a key after asking', async () => {
    const { page } = await start('#/connect')
    await page.getByRole('button', { name: 'Revoke Cursor' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke key' }).click()
    await page.getByText('Revoked “Cursor”.').waitFor()
    expect(await page.getByRole('button', { name: 'Revoke Cursor' }).count()).toBe(0)
    await expect.poll(() => page.getByRole('main').locator(':focus').count()).toBe(1)
  })
})

describe('settings', () => {
  it('change at once, say what they do not take, and can be undone', async () => {
    const { page, troubles } = await start('#/settings/appearance')
    await page.getByRole('group', { name: 'Theme' }).getByText('Dark').click()
    await page.locator('html[data-theme="dark"]').waitFor()
    await page.getByRole('link', { name: 'Network' }).click()
    const connect = page.getByLabel('To connect, in s')
    await connect.fill('soon')
    await page.keyboard.press('Enter')
    await page.getByText('Type a number.').waitFor()
    await connect.fill('2,5')
    await page.keyboard.press('Enter')
    await page.getByText('To connect changed.').waitFor()
    expect(await connect.inputValue()).toBe('2.5')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => connect.inputValue(), { timeout: 15_000 }).toBe('10')
    expect(troubles).toEqual([])
  })

  it('switch the store of responses and the check of streams', async () => {
    const { page, troubles } = await start('#/settings')
    for (const [name, before, on] of [
      ['Check streams', false, 'General'],
      ['Store responses', true, 'Storage & retention'],
    ] as const) {
      await page.getByRole('link', { name: on }).click()
      const toggle = page.getByRole('switch', { name })
      expect(await toggle.isChecked()).toBe(before)
      await toggle.click()
      await expect.poll(() => toggle.isChecked(), { timeout: 15_000 }).toBe(!before)
    }
    await page.getByLabel('Keep for, in days').waitFor()
    expect(troubles).toEqual([])
  })
})
