import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Block, fenceOf, jsonOf, Tail } from '../../../renderer/features/playground/markdown.tsx'
import { addressOf } from '../../../renderer/ui/links.ts'

const draw = (text: string) => renderToStaticMarkup(createElement(Block, { text }))

describe('an answer', () => {
  it('cannot put HTML of its own on the page', () => {
    expect(draw('<img src=x onerror=alert(1)> <script>alert(1)</script>')).not.toMatch(/<(img|script)/)
  })

  it('cannot load an image: it is shown as a link', () => {
    const html = draw('![secret](https://example.org/p.png?q=secret)')
    expect(html).not.toContain('<img')
    expect(html).toContain('href="https://example.org/p.png?q=secret"')
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '#/settings', '/api/keys.list', '//example.org', 'app://renderer/'])(
    'has no link to %s',
    (href) => {
      expect(addressOf(href)).toBeUndefined()
      expect(draw(`[click](<${href}>)`)).not.toContain('<a ')
    },
  )

  it('has links that lead outside, in a tab that knows nothing of ours', () => {
    expect(draw('[a](https://example.org/x)')).toContain('href="https://example.org/x" target="_blank" rel="noopener noreferrer"')
  })

  it('keeps what a definition says when what refers to it stands in another block', () => {
    expect(draw('[1]: https://example.org/x "Title"')).toContain('href="https://example.org/x"')
    expect(draw('[^1]: The note.\n[^2]: Another.\n')).toMatch(/The note\.[\s\S]*Another\./)
    // within one block it does what it is for
    expect(draw('[this][1]\n\n[1]: https://example.org/x')).toContain('>this</a>')
  })

  it('has a name on every check box', () => {
    expect(draw('- [x] done\n- [ ] open')).toContain('aria-label="done"')
  })

  it('shows an open code block as it is being written, without its fence', () => {
    const html = renderToStaticMarkup(createElement(Tail, { text: '```ts\nconst a = `1`\n' }))
    expect(html).toContain('const a = `1`')
    expect(html).not.toContain('```')
  })
})

describe('fenceOf', () => {
  it.each<[string, ReturnType<typeof fenceOf>]>([
    ['```ts\na\n```\n', { language: 'ts', code: 'a\n' }],
    ['```ts title="x"\na\n\nb', { language: 'ts', code: 'a\n\nb' }],
    ['```\n', { language: undefined, code: '' }],
    ['```\n```', { language: undefined, code: '' }],
    ['````md\n```\nx\n```\n````\n', { language: 'md', code: '```\nx\n```\n' }],
    ['~~~\na\n~~~', { language: undefined, code: 'a\n' }],
    ['plain', undefined],
    ['``` inline ``` text', undefined],
  ])('reads %j', (text, expected) => {
    expect(fenceOf(text)).toEqual(expected)
  })
})

describe('bare JSON', () => {
  it.each([
    ['{"a":1}', '{\n  "a": 1\n}'],
    ['\n[1]\n', '[\n  1\n]'],
    ['{"a":', undefined],
    ['[a link](https://example.org)', undefined],
    ['{not json}', undefined],
    ['42', undefined],
    ['{"a":1} and more', undefined],
  ])('%j is laid out as %j', (text, expected) => {
    expect(jsonOf(text)).toBe(expected)
  })

  it('is drawn as code', () => {
    expect(draw('{"a":"<b>"}')).toMatch(/<figcaption>json.*<pre.*&lt;b&gt;/s)
  })
})
