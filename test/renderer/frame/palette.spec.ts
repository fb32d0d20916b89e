import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addCommands, type Command, collect, ranked } from '../../../renderer/frame/palette/registry.ts'
import { score } from '../../../renderer/frame/palette/score.ts'

const best = (query: string, ...titles: readonly string[]): string | undefined =>
  titles
    .flatMap((title) => {
      const value = score(query, title)
      return value === undefined ? [] : [{ title, value }]
    })
    .toSorted((one, other) => other.value - one.value)[0]?.title

describe('the score', () => {
  it.each([
    ['beginnings of words', 'gtc', ['gestic', 'Go to Costs'], 'Go to Costs'],
    ['letters in a row', 'cost', ['c o s t', 'Costs'], 'Costs'],
    ['the shorter of equals', 'set', ['Settings of everything', 'Settings'], 'Settings'],
    ['the beginning of the text', 'pro', ['Add provider', 'Providers'], 'Providers'],
    ['words in any order', 'sonnet claude', ['claude-haiku', 'anthropic/claude-sonnet-4-5'], 'anthropic/claude-sonnet-4-5'],
    ['letters without their marks', 'schlussel', ['Schluss', 'Schlüssel'], 'Schlüssel'],
  ] as const)('prefers %s', (_, query, titles, expected) => {
    expect(best(query, ...titles)).toBe(expected)
  })

  it('finds a text by any letters of it in order, and by nothing else', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]{1,20}$/), fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), (text, taken) => {
        const letters = [...text.replaceAll(' ', '')].filter((_, index) => taken[index]).join('')
        expect(score(letters, text.replaceAll(' ', ''))).toBeDefined()
        expect(score(`${letters}#`, text)).toBeUndefined()
      }),
    )
  })
})

const command = (id: string, group: Command['group'], more: Partial<Command> = {}): Command => ({ id, group, title: id, run: () => undefined, ...more })

describe('the palette', () => {
  it('keeps groups apart and leaves out what does not fit, unless its source has searched', () => {
    const found = ranked('cost', [command('Other request', 'requests', { found: true }), command('Costs', 'sections'), command('Traffic', 'sections')])
    expect(found.map(({ group, items }) => [group, items.map(({ id }) => id)])).toEqual([
      ['sections', ['Costs']],
      ['requests', ['Other request']],
    ])
  })

  it('goes on without a source that fails', async () => {
    const remove = [
      addCommands(() => [command('a', 'actions')]),
      addCommands(() => Promise.reject(new Error('gone'))),
      addCommands(async () => [command('b', 'models')]),
    ]
    let last: readonly Command[] = []
    await collect('', new AbortController().signal, (commands) => {
      last = commands
    })
    for (const each of remove) each()
    expect(last.map(({ id }) => id).toSorted()).toEqual(['a', 'b'])
  })
})
