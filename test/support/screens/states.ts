/**
 * Every state in which a screen can be seen: what the pictures are taken of and what axe looks at. They need nothing of an engine but a few requests,
 * cached answers, keys and models.
 */
import type { Page } from 'playwright-core'
import { PAGES } from '../../../renderer/features/settings/items.ts'
import { SECTIONS } from '../../../renderer/frame/route.ts'
import { PLAYGROUND_STATES } from './playground.ts'
import { dialog, openRow, opens, press, type ScreenState } from './state.ts'
import type { Words } from './words.ts'

const TRAFFIC_TABS = ['summary', 'request', 'response', 'translated', 'why', 'cost', 'cache'] as const
const CACHE_TABS = ['answer', 'hits', 'near', 'key'] as const
const ROUTING_TABS = ['aliases', 'presets', 'rules', 'fallbacks', 'splits', 'simulator', 'replay', 'health', 'json'] as const

async function testTwoQuestions(page: Page, words: Words): Promise<void> {
  await opens(page, words.cache.bar.tester)
  await page.getByLabel(words.cache.tester.answered).fill('How do I turn on two-factor authentication?')
  await page.getByLabel(words.cache.tester.asked).fill('How do I turn off two-factor authentication?')
  await press(page, words.cache.tester.compare)
  await page.getByRole('dialog').getByRole('status').waitFor()
}

async function fillTray(page: Page): Promise<void> {
  const grid = page.getByRole('grid')
  await grid.getByRole('row').nth(3).waitFor()
  await grid.focus()
  for (const key of ['ArrowDown', 'c', 'ArrowDown', 'c', 'ArrowDown', 'c']) await page.keyboard.press(key)
}

async function keyMenu(page: Page): Promise<void> {
  // whatever the first key is called, its menu is the last button of its line
  await page.getByRole('list').getByRole('listitem').first().getByRole('button').last().click()
  await page.getByRole('menu').waitFor()
}

/** One that a list tells prices of, wherever it stands. */
async function openModel(page: Page): Promise<void> {
  await page.getByRole('search').getByRole('textbox').fill('haiku 4.5')
  await openRow(page, 1)
}

export const SCREEN_STATES: readonly ScreenState[] = [
  ...SECTIONS.map((screen): ScreenState => ({ name: `${screen}-loading`, hash: `#/${screen}`, engine: 'silent' })),
  ...SECTIONS.map((screen): ScreenState => ({ name: `${screen}-failed`, hash: `#/${screen}`, engine: 'refuses' })),
  ...SECTIONS.map((screen): ScreenState => ({ name: `${screen}-offline`, hash: `#/${screen}`, engine: 'leaves' })),
  ...SECTIONS.map((screen): ScreenState => ({ name: `${screen}-empty`, hash: `#/${screen}`, fresh: true })),
  ...PLAYGROUND_STATES,

  { name: 'traffic-list', hash: '#/traffic', prepare: (page) => page.getByRole('row').nth(3).waitFor() },
  { name: 'traffic-suggestions', hash: '#/traffic', prepare: (page) => page.getByRole('combobox').first().fill('mo') },
  { name: 'traffic-mistake', hash: '#/traffic', prepare: (page) => page.getByRole('combobox').first().fill('colour:red ') },
  { name: 'traffic-nothing-fits', hash: '#/traffic', prepare: (page) => page.getByRole('combobox').first().fill('model:nobody ') },
  ...TRAFFIC_TABS.map(
    (each): ScreenState => ({
      name: `traffic-drawer-${each}`,
      hash: '#/traffic',
      async prepare(page, words) {
        await openRow(page, 2)
        await page.getByRole('tab', { name: words.traffic.tabs[each], exact: true }).click()
      },
    }),
  ),
  {
    name: 'traffic-actions',
    hash: '#/traffic',
    async prepare(page, words) {
      await openRow(page, 2)
      await press(page, words.traffic.actions.more)
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'traffic-difference',
    hash: '#/traffic',
    async prepare(page, words) {
      await page.getByRole('grid').getByRole('row').nth(3).waitFor()
      await page.getByRole('grid').focus()
      for (const key of ['ArrowDown', 'd', 'ArrowDown', 'ArrowDown', 'd']) await page.keyboard.press(key)
      await page.getByRole('complementary', { name: words.drawer.diff.title }).waitFor()
    },
  },
  { name: 'traffic-clear', hash: '#/traffic', prepare: (page, words) => opens(page, words.traffic.actions.clear) },

  { name: 'costs-figures', hash: '#/costs', prepare: (page) => page.getByRole('table').first().waitFor() },
  { name: 'costs-custom', hash: '#/costs', prepare: (page, words) => page.getByText(words.costs.presets.custom, { exact: true }).click() },
  {
    name: 'costs-budgets',
    hash: '#/costs',
    async prepare(page) {
      const limits = page.getByRole('main').getByRole('group').getByRole('textbox')
      await limits.first().fill('3')
      await limits.first().press('Enter')
      await page.getByRole('meter').first().waitFor()
      // at once: the field is drawn anew when what was typed is kept
      await page.evaluate(() => document.querySelector('main [role="group"] input')?.scrollIntoView())
    },
  },

  { name: 'cache-list', hash: '#/cache', prepare: (page) => page.getByRole('gridcell').first().waitFor() },
  ...CACHE_TABS.map(
    (each, place): ScreenState => ({
      name: `cache-drawer-${each}`,
      hash: '#/cache',
      async prepare(page) {
        await openRow(page, 1)
        await page.getByRole('tab').nth(place).click()
      },
    }),
  ),
  { name: 'cache-tester', hash: '#/cache', prepare: testTwoQuestions },
  { name: 'cache-explain', hash: '#/cache', prepare: (page, words) => opens(page, words.cache.bar.explain) },
  { name: 'cache-never', hash: '#/cache', prepare: (page, words) => opens(page, words.cache.bar.never) },
  { name: 'cache-clear', hash: '#/cache', prepare: (page, words) => opens(page, words.cache.bar.clear) },
  { name: 'cache-transfer', hash: '#/cache', prepare: (page, words) => opens(page, words.cache.bar.transfer) },
  { name: 'cache-settings', hash: '#/cache', prepare: (page, words) => opens(page, words.cache.bar.settings) },
  {
    name: 'cache-life',
    hash: '#/cache',
    async prepare(page, words) {
      await openRow(page, 1)
      await opens(page, words.cache.drawer.changeLife)
    },
  },
  { name: 'cache-nothing-fits', hash: '#/cache', prepare: (page) => page.getByRole('search').getByRole('textbox').fill('zzzz') },

  { name: 'models-list', hash: '#/models', prepare: (page) => page.getByRole('row').nth(3).waitFor() },
  { name: 'models-narrowed', hash: '#/models', prepare: (page, words) => press(page, words.models.switches.tools) },
  { name: 'models-nothing-fits', hash: '#/models', prepare: (page) => page.getByRole('search').getByRole('textbox').fill('zzzz') },
  { name: 'models-drawer', hash: '#/models', prepare: openModel },
  { name: 'models-tray', hash: '#/models', prepare: fillTray },
  {
    name: 'models-comparison',
    hash: '#/models',
    async prepare(page, words) {
      await fillTray(page)
      await press(page, words.models.compare)
      await page.getByRole('table').waitFor()
    },
  },
  {
    name: 'models-price',
    hash: '#/models',
    async prepare(page, words) {
      await openModel(page)
      await opens(page, words.models.correctPrice)
    },
  },
  {
    name: 'models-discount',
    hash: '#/models',
    async prepare(page, words) {
      await openModel(page)
      await opens(page, words.models.discount)
    },
  },
  { name: 'models-own', hash: '#/models', prepare: (page, words) => opens(page, words.models.ownModel) },

  { name: 'providers-list', hash: '#/providers', prepare: (page, words) => page.getByRole('heading', { name: words.providers.yourKeys }).waitFor() },
  { name: 'providers-add', hash: '#/providers', prepare: (page, words) => opens(page, words.providers.addAddress) },
  { name: 'providers-recognised', hash: '#/providers', prepare: (page, words) => page.getByLabel(words.providers.form.paste).fill('gsk_made-up-0000') },
  { name: 'providers-key-menu', hash: '#/providers', prepare: keyMenu },
  {
    name: 'providers-limits',
    hash: '#/providers',
    async prepare(page, words) {
      await keyMenu(page)
      await page.getByRole('menuitem', { name: words.providers.limits.open }).click()
      await dialog(page)
    },
  },

  ...ROUTING_TABS.map((each): ScreenState => ({ name: `routing-${each}`, hash: `#/routing/${each}` })),
  { name: 'routing-auto', hash: '#/routing/auto', prepare: (page) => page.getByRole('slider').first().waitFor() },
  {
    name: 'routing-simulated',
    hash: '#/routing/simulator',
    async prepare(page, words) {
      await press(page, words.routing.simulator.run)
      await page.getByRole('main').getByRole('status').last().waitFor()
    },
  },

  { name: 'connect-address', hash: '#/connect' },
  {
    name: 'connect-new-key',
    hash: '#/connect',
    async prepare(page, words) {
      await page.getByLabel(words.connect.toolName).fill('A tool of the pictures')
      await press(page, words.connect.create)
      await page.getByText(words.connect.shownOnce).waitFor()
    },
  },
  {
    name: 'connect-revoke',
    hash: '#/connect',
    async prepare(page, words) {
      await page.getByText(words.connect.revoke, { exact: true }).first().click()
      await dialog(page)
    },
  },
  ...PAGES.map((each): ScreenState => ({ name: `settings-${each}`, hash: `#/settings/${each}` })),

  {
    name: 'palette',
    hash: '#/costs',
    async prepare(page) {
      await page.keyboard.press('Control+k')
      await dialog(page)
    },
  },
  {
    name: 'palette-found',
    hash: '#/costs',
    async prepare(page) {
      await page.keyboard.press('Control+k')
      await dialog(page)
      await page.keyboard.type('claude')
    },
  },
  {
    name: 'shortcuts',
    hash: '#/costs',
    async prepare(page) {
      await page.keyboard.press('Control+/')
      await dialog(page)
    },
  },
]

/** Playground, Traffic and Costs. */
export function isOfRequests({ name }: ScreenState): boolean {
  return /^(playground|traffic|costs)/.test(name)
}
