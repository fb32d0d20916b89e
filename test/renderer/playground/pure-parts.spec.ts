import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asCode } from '../../../renderer/features/playground/code.ts'
import { takeFiles } from '../../../renderer/features/playground/files.ts'
import { lackingFor } from '../../../renderer/features/playground/modality.ts'
import { readTools } from '../../../renderer/features/playground/read-tools.ts'
import { sameShareOf } from '../../../renderer/features/playground/scroll-sync.ts'
import { type Finished, waterfallOf, winnersOf } from '../../../renderer/features/playground/winners.ts'
import { sameShare, wordDiff } from '../../../renderer/features/playground/word-diff.ts'
import { FILE_LIMIT_BYTES } from '../../../shared/attachments.ts'
import { asNanoUsd } from '../../../shared/money.ts'

const finished = (pane: string, changes: Partial<Finished> = {}): Finished => ({
  pane,
  firstEventMs: 100,
  totalMs: 1_000,
  cost: asNanoUsd(10),
  tokensOut: 50,
  ...changes,
})

describe('the winner line', () => {
  it.each<[string, readonly Finished[], readonly (string | undefined)[]]>([
    ['crowns who is ahead', [finished('a', { firstEventMs: 50 }), finished('b', { cost: asNanoUsd(0), tokensOut: 51 })], ['a', 'b', 'b']],
    ['crowns nobody in a tie', [finished('a'), finished('b')], [undefined, undefined, undefined]],
    [
      'takes times that read the same for a tie',
      [finished('a', { firstEventMs: 99.8 }), finished('b', { firstEventMs: 100.2 })],
      [undefined, undefined, undefined],
    ],
    [
      'crowns nobody while a figure is unknown',
      [finished('a', { cost: undefined }), finished('b'), finished('c', { cost: asNanoUsd(5) })],
      [undefined, undefined, undefined],
    ],
    ['crowns nobody alone', [finished('a')], [undefined, undefined, undefined]],
    ['crowns the one ahead of two that tie', [finished('a'), finished('b'), finished('c', { tokensOut: 60, firstEventMs: 0 })], ['c', undefined, 'c']],
  ])('%s', (_name, answers, [fastest, cheapest, longest]) => {
    const winners = winnersOf(answers)
    expect([winners.fastest?.pane, winners.cheapest?.pane, winners.longest?.pane]).toEqual([fastest, cheapest, longest])
  })

  it('ranks by who was done first, in shares that fit the longest', () => {
    const answer = fc.record({ firstEventMs: fc.option(fc.nat(5_000), { nil: undefined }), totalMs: fc.nat(5_000) })
    fc.assert(
      fc.property(fc.array(answer, { minLength: 1, maxLength: 6 }), (given) => {
        const bars = waterfallOf(given.map((each, index) => finished(String(index), each)))
        for (const [index, bar] of bars.entries()) {
          expect(bar.waitShare + bar.writeShare).toBeLessThanOrEqual(1 + 1e-9)
          expect(Math.min(bar.waitMs, bar.writeMs)).toBeGreaterThanOrEqual(0)
          const next = bars[index + 1]
          if (next !== undefined) expect(bar.waitMs + bar.writeMs).toBeLessThanOrEqual(next.waitMs + next.writeMs)
        }
      }),
    )
  })
})

describe('the word diff', () => {
  it('gives both texts back, whatever they are', () => {
    const text = fc.array(fc.constantFrom('one', 'two', ' ', '\n', '**', 'three.'), { maxLength: 30 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, text, (one, other) => {
        const parts = wordDiff(one, other) ?? []
        const without = (is: string) => parts.filter((part) => part.is !== is).map((part) => part.text)
        expect(without('added').join('')).toBe(one)
        expect(without('removed').join('')).toBe(other)
      }),
    )
  })

  it.each([
    ['the cat sat', 'the cat sat', 1],
    ['the cat sat', 'the dog sat', 2 / 3],
    ['one', 'two', 0],
    ['', '', 1],
  ])('of %j and %j finds a share of %d', (one, other, share) => {
    expect(sameShare(wordDiff(one, other) ?? [])).toBeCloseTo(share)
  })
})

describe('scrolling together', () => {
  it.each([
    [{ scrollTop: 50, scrollHeight: 200, clientHeight: 100 }, { scrollHeight: 1_100, clientHeight: 100 }, 500],
    [{ scrollTop: 0, scrollHeight: 100, clientHeight: 100 }, { scrollHeight: 500, clientHeight: 100 }, 0],
    [{ scrollTop: 100, scrollHeight: 200, clientHeight: 100 }, { scrollHeight: 90, clientHeight: 100 }, 0],
  ])('%j puts %j at %d', (from, to, expected) => {
    expect(sameShareOf(from, to)).toBe(expected)
  })
})

describe('files', () => {
  const file = (name: string, content: BlobPart, type = '') => new File([content], name, { type })

  it('become images, PDF or text by what they are', async () => {
    const { files, troubles } = await takeFiles([], [file('a.png', 'x', 'image/png'), file('b.pdf', 'x', 'application/pdf'), file('c.rs', 'fn ä() {}')])
    expect(troubles).toEqual([])
    expect(files.map(({ name, mediaType }) => [name, mediaType])).toEqual([
      ['a.png', 'image/png'],
      ['b.pdf', 'application/pdf'],
      ['c.rs', 'text/plain'],
    ])
    expect(Buffer.from(files[2]?.data ?? '', 'base64').toString()).toBe('fn ä() {}')
  })

  it('say why they cannot go, each by its name', async () => {
    const { files, troubles } = await takeFiles(
      [],
      [
        file('none.txt', ''),
        file('big.png', new Uint8Array(FILE_LIMIT_BYTES + 1), 'image/png'),
        file('x.zip', new Uint8Array([80, 75, 0, 1])),
        file('latin.txt', new Uint8Array([0xe4])),
      ],
    )
    expect(files).toEqual([])
    expect(troubles).toEqual([
      { is: 'empty', name: 'none.txt' },
      { is: 'too-large', name: 'big.png' },
      { is: 'unknown-type', name: 'x.zip' },
      { is: 'unknown-type', name: 'latin.txt' },
    ])
  })

  it('keep a pane out only when its model is known not to take them', () => {
    const image = [{ mediaType: 'image/png' as const }]
    expect(lackingFor(image, { can: ['tools'] })).toBe('vision')
    expect(lackingFor(image, { can: ['vision'] })).toBeUndefined()
    expect(lackingFor(image, { can: undefined })).toBeUndefined()
    expect(lackingFor([{ mediaType: 'application/pdf' }], { can: ['vision'] })).toBe('documents')
    expect(lackingFor([{ mediaType: 'text/plain' }], { can: [] })).toBeUndefined()
  })
})

describe('declared tools', () => {
  const plain = { name: 'get_weather', description: 'By city', parameters: { type: 'object' } }
  it.each([
    ['ours', JSON.stringify([plain])],
    ['OpenAI’s form', JSON.stringify([{ type: 'function', function: plain }])],
    ['Anthropic’s form', JSON.stringify([{ name: plain.name, description: plain.description, input_schema: plain.parameters }])],
  ])('are read in %s', (_form, text) => {
    expect(readTools(text)).toEqual({ is: 'ok', tools: [plain] })
  })

  it.each([
    ['', { is: 'ok', tools: undefined }],
    ['[', { is: 'wrong', why: 'not-json' }],
    ['{}', { is: 'wrong', why: 'not-a-list' }],
    ['[{"name":"two words"}]', { is: 'wrong', why: 'no-name' }],
    ['[{"name":"a","parameters":[]}]', { is: 'wrong', why: 'parameters' }],
  ])('%j is %j', (text, expected) => {
    expect(readTools(text)).toEqual(expected)
  })
})

describe('a request as code', () => {
  const facts = {
    address: 'http://127.0.0.1:4747',
    model: 'demo/swift',
    messages: [
      { role: 'system' as const, text: 'Be brief.' },
      { role: 'user' as const, text: "What's this?", files: [{ name: 'a.png', mediaType: 'image/png' as const, data: 'AAAA' }] },
    ],
    parameters: { temperature: 0.5, tools: [{ name: 'look', parameters: { type: 'object' } }] },
  }

  it('is one shell word for curl, with the key left to the shell', () => {
    const code = asCode('curl', facts)
    expect(code).toContain('$SWITCHYARD_KEY')
    const body = /--data-raw '([\s\S]*)'$/.exec(code)?.[1]?.replaceAll(`'\\''`, "'") ?? ''
    expect(JSON.parse(body)).toMatchObject({ model: 'demo/swift', temperature: 0.5, tools: [{ type: 'function', function: { name: 'look' } }] })
    expect(code).not.toContain('AAAA')
  })

  it('puts system, limit and tools where Anthropic has them', () => {
    const code = asCode('anthropic', facts)
    expect(code).toMatch(/"system": "Be brief\."[\s\S]*"input_schema"/)
    expect(code).toContain('"max_tokens": 4096')
    expect(code).toContain('<base64 of a.png>')
  })

  it('is TypeScript that holds no key for OpenAI', () => {
    expect(asCode('openai', facts)).toMatch(/baseURL: 'http:\/\/127\.0\.0\.1:4747\/v1', apiKey: process\.env\.SWITCHYARD_KEY/)
  })
})
