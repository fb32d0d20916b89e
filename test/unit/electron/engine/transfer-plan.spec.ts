import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterImport, changesBetween, chosenOf, readTransfer, withoutSecrets } from '../../../../electron/engine/transfer/plan.ts'
import { looksSecret } from '../../../../electron/engine/transfer/secrets.ts'
import { type AllTransferParts, TRANSFER_KIND, TRANSFER_VERSION, transferredSettings } from '../../../../shared/api/transfer.ts'
import { EMPTY_MODELS } from '../../../../shared/models-config.ts'
import { NO_ROUTING } from '../../../../shared/routing-config.ts'
import { TRANSFER_PARTS } from '../../../../shared/transfer.ts'

const EMPTY: AllTransferParts = { settings: transferredSettings.parse({}), shortcuts: {}, routing: NO_ROUTING, models: EMPTY_MODELS, library: [], filters: [] }
const ALL = [...TRANSFER_PARTS]

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/)
const sentence = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== '' && !looksSecret(text))
const name = sentence.map((text) => text.trim()).filter((text) => text !== '')
const usd = fc.integer({ min: 0, max: 1_000_000 }).map((cents) => cents / 100)

const settings = fc
  .record({
    demoKey: fc.boolean(),
    capture: fc.constantFrom('all', 'errors', 'none'),
    timeouts: fc.record({ connectMs: fc.integer({ min: 100, max: 60_000 }) }),
    baseUrls: fc.dictionary(
      word,
      fc.webUrl().filter((url) => !looksSecret(url)),
    ),
    budgets: fc.record({ overall: fc.record({ day: usd, month: usd }, { requiredKeys: [] }) }),
    auto: fc.record({ excluded: fc.array(word, { maxLength: 3 }) }),
    network: fc.record({ proxy: fc.constantFrom('environment', 'none'), exceptions: fc.array(word, { maxLength: 3 }) }),
  })
  .map((some) => transferredSettings.parse(some))

const everything: fc.Arbitrary<AllTransferParts> = fc.record({
  settings,
  shortcuts: fc.dictionary(word, fc.constantFrom('Mod+K', '', 'Alt+1')),
  routing: fc.record({ aliases: fc.dictionary(word, word), rules: fc.uniqueArray(word, { maxLength: 4 }) }).map(({ aliases, rules }) => ({
    ...NO_ROUTING,
    aliases: Object.fromEntries(
      Object.entries(aliases).map(([alias, model]) => [alias, { models: [{ model: `openai/${model}` }], balance: 'in-order' as const }]),
    ),
    rules: rules.map((rule) => ({ name: rule, enabled: true, when: {}, actions: [{ do: 'deny' as const, message: 'no' }] })),
  })),
  models: fc
    .dictionary(word, usd)
    .map((prices) => ({ ...EMPTY_MODELS, prices: Object.fromEntries(Object.entries(prices).map(([model, input]) => [`openai/${model}`, { input }])) })),
  library: fc.uniqueArray(fc.record({ kind: fc.constant('prompt' as const), name, text: sentence }), { selector: (item) => item.name, maxLength: 5 }),
  filters: fc.uniqueArray(fc.record({ name: word, filter: word.map((model) => `model:${model}`) }), { selector: (item) => item.name, maxLength: 5 }),
})

const fileOf = (parts: object): string => JSON.stringify({ kind: TRANSFER_KIND, version: TRANSFER_VERSION, ...parts })
const read = (text: string) => {
  const reading = readTransfer(text)
  if (reading.is === 'refused') throw new Error(JSON.stringify(reading.problems))
  return reading.file
}

describe('an export', () => {
  it('imported where nothing is, gives the same export again', () => {
    fc.assert(
      fc.property(everything, (parts) => {
        const next = afterImport(EMPTY, chosenOf(read(fileOf(parts)), ALL), false)
        expect(JSON.parse(JSON.stringify(next))).toEqual(JSON.parse(JSON.stringify(parts)))
        expect(changesBetween(parts, next)).toEqual([])
      }),
    )
  })

  it('imported over anything, is told of change by change, and nothing is left to tell afterwards', () => {
    fc.assert(
      fc.property(everything, everything, fc.subarray(ALL), (now, other, parts) => {
        const incoming = chosenOf(read(fileOf(other)), parts)
        const next = afterImport(now, incoming, true)
        const changes = changesBetween(now, next)
        for (const { part } of changes) expect(parts).toContain(part)
        expect(changesBetween(next, afterImport(next, incoming, true))).toEqual([])
        // what one way adds, the other takes away
        const back = changesBetween(next, now)
        const count = (list: typeof changes, is: string): number => list.filter((change) => change.is === is).length
        expect([count(back, 'added'), count(back, 'removed'), count(back, 'changed')]).toEqual([
          count(changes, 'removed'),
          count(changes, 'added'),
          count(changes, 'changed'),
        ])
      }),
    )
  })
})

it('leaves prompts and filters that the file does not hold, unless told otherwise', () => {
  const now = { ...EMPTY, filters: [{ name: 'mine', filter: 'model:a' }] }
  const incoming = { filters: [{ name: 'theirs', filter: 'model:b' }] }
  expect(changesBetween(now, afterImport(now, incoming, false))).toEqual([{ part: 'filters', name: 'theirs', is: 'added' }])
  expect(changesBetween(now, afterImport(now, incoming, true))).toEqual([
    { part: 'filters', name: 'mine', is: 'removed' },
    { part: 'filters', name: 'theirs', is: 'added' },
  ])
})

it('names changes as people know them', () => {
  const rule = (message: string) => ({ name: 'No secrets', enabled: true, when: {}, actions: [{ do: 'deny' as const, message }] })
  const now = { ...EMPTY, routing: { ...NO_ROUTING, rules: [rule('one')] } }
  const next = { ...EMPTY, settings: transferredSettings.parse({ timeouts: { connectMs: 500 } }), routing: { ...NO_ROUTING, rules: [rule('two')] } }
  expect(changesBetween(now, next)).toEqual([
    { part: 'settings', name: 'timeouts.connectMs', is: 'changed' },
    { part: 'routing', name: 'rules.No secrets', is: 'changed' },
  ])
})

describe('a file that is not taken', () => {
  it.each([
    ['no JSON', '{', ''],
    ['a list', '[]', 'kind'],
    ['another kind', '{"kind":"something"}', 'kind'],
    ['a newer version', JSON.stringify({ kind: TRANSFER_KIND, version: TRANSFER_VERSION + 1, whatever: 1 }), 'version'],
    ['no version', JSON.stringify({ kind: TRANSFER_KIND }), 'version'],
    ['an unknown part', fileOf({ secrets: [] }), ''],
    ['a wrong number', fileOf({ settings: { timeouts: { connectMs: 'soon' } } }), 'settings.timeouts.connectMs'],
    ['an unknown setting', fileOf({ settings: { timeouts: { conectMs: 500 } } }), 'settings.timeouts.conectMs'],
    ['the place of keys', fileOf({ settings: { vault: 'memory' } }), 'settings.vault'],
    ['a password’s mark', fileOf({ settings: { network: { hasProxyPassword: true } } }), 'settings.network.hasProxyPassword'],
    ['an alias of nothing', fileOf({ routing: { version: 1, aliases: { fast: { models: [] } } } }), 'routing.aliases.fast.models'],
    ['a price below nothing', fileOf({ models: { prices: { 'openai/x': { input: -1 } } } }), 'models.prices.openai/x.input'],
    ['a prompt without words', fileOf({ library: [{ kind: 'prompt', name: 'x', text: '' }] }), 'library.0.text'],
    [
      'a name twice',
      fileOf({
        filters: [
          { name: 'a', filter: 'x' },
          { name: 'a', filter: 'y' },
        ],
      }),
      'filters.1',
    ],
    ['an address with a password', fileOf({ settings: { baseUrls: { openai: 'https://anna:made-up@relay.example/v1' } } }), 'settings.baseUrls.openai'],
    ['a key in a prompt', fileOf({ library: [{ kind: 'prompt', name: 'x', text: 'use sk-made-up-0123456789abcdefghij please' }] }), 'library.0.text'],
  ])('is told where: %s', (_what, text, at) => {
    const reading = readTransfer(text)
    expect(reading.is === 'refused' && reading.problems.map((problem) => problem.at)).toContain(at)
  })

  it('says that a newer Switchyard made it, and that alone', () => {
    expect(readTransfer(JSON.stringify({ kind: TRANSFER_KIND, version: TRANSFER_VERSION + 1, settings: { what: 1 } }))).toMatchObject({
      problems: [{ message: { code: 'transfer-newer', version: TRANSFER_VERSION + 1, known: TRANSFER_VERSION } }],
    })
  })
})

it('leaves out what holds a secret, and says where it was', () => {
  const secret = 'made-up sk-0123456789abcdefghijklmn'
  const { parts, leftOut } = withoutSecrets({
    settings: transferredSettings.parse({ baseUrls: { openai: 'https://anna:made-up@relay.example/v1', groq: 'https://relay.example/v1' } }),
    library: [
      { kind: 'prompt', name: 'one', text: secret },
      { kind: 'prompt', name: 'two', text: 'plain' },
    ],
  })
  expect(leftOut).toEqual(['settings.baseUrls.openai', 'library.0.text'])
  expect(parts.settings?.baseUrls).toEqual({ groq: 'https://relay.example/v1' })
  expect(parts.library).toEqual([{ kind: 'prompt', name: 'two', text: 'plain' }])
})
