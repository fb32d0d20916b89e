/** Words that a user sees stand in texts.ts, in every language; a literal left in a component is found here. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'
import { sourcesIn } from '../../support/imports.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Folders whose words have been moved. */
const TRANSLATED = [
  'renderer/frame',
  'renderer/ui',
  'renderer/features/cache',
  'renderer/features/connect',
  'renderer/features/costs',
  'renderer/features/models',
  'renderer/features/providers',
  'renderer/features/settings',
]
const components = sourcesIn(...TRANSLATED).filter((path) => path.endsWith('.tsx'))

/** Attributes that end up before the user's eyes or ears, of elements and of our own components. */
const SPOKEN = new Set([
  ...['label', 'title', 'placeholder', 'alt', 'hint', 'description', 'action', 'lead', 'empty', 'error'],
  ...['aria-label', 'aria-description', 'aria-valuetext', 'aria-roledescription'],
])
/** The same in every language. */
const NAMES = new Set(['Switchyard', 'XXXX-XXXX', 'http://192.168.1.20:8000/v1'])

interface Node {
  readonly type: string
  readonly [key: string]: unknown
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

/** What an expression may write, as far as it stands there: both sides of a choice, the fixed parts of a template. */
function written(node: unknown): readonly string[] {
  if (!isNode(node)) return []
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : []
    case 'TemplateLiteral':
      return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked)
    case 'ConditionalExpression':
      return [...written(node.consequent), ...written(node.alternate)]
    case 'LogicalExpression':
      return [...written(node.left), ...written(node.right)]
    case 'JSXExpressionContainer':
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
      return written(node.expression)
    default:
      return []
  }
}

function wordsIn(source: string, path: string): readonly string[] {
  const { program, errors } = parseSync(path, source)
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`)
  const found: string[] = []
  const visit = (node: Node): void => {
    if (node.type === 'JSXText') found.push(String(node.value))
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
      for (const child of node.children as unknown[]) if (isNode(child) && child.type === 'JSXExpressionContainer') found.push(...written(child))
    }
    if (node.type === 'JSXAttribute' && SPOKEN.has((node.name as { name: string }).name)) found.push(...written(node.value))
    for (const value of Object.values(node)) {
      for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) visit(each)
    }
  }
  visit(program as unknown as Node)
  return found.map((text) => text.trim()).filter((text) => /\p{L}{2}/u.test(text) && !NAMES.has(text))
}

describe('this test', () => {
  it.each([
    ['text', '<p>Some words</p>', ['Some words']],
    ['attributes', '<input placeholder="Find" className="wide" />', ['Find']],
    ['choices', `<p>{open ? 'Close it' : \`Open \${name}\`}</p>`, ['Close it', 'Open']],
    ['conditions', "<p>{bad && 'It failed'}</p>", ['It failed']],
    ['nothing in what is only compared', "<p className={kind === 'wide' ? 'a' : 'b'}>{kind === 'wide' ? texts.a : texts.b}</p>", []],
  ])('sees %s', (_, jsx, words) => {
    expect(wordsIn(`const x = ${jsx}`, 'x.tsx')).toEqual(words)
  })

  it('looks at components', () => {
    expect(components.length).toBeGreaterThan(30)
  })
})

it.each(components)('%s has no words of its own', (path) => {
  expect(wordsIn(readFileSync(root + path, 'utf8'), path)).toEqual([])
})

describe('texts', () => {
  const modules = sourcesIn('renderer').filter((path) => path.endsWith('/texts.ts') && !path.startsWith('renderer/i18n'))

  it.each(modules)('%s say the same in all languages', async (path) => {
    const exported = Object.values((await import(/* @vite-ignore */ root + path)) as Record<string, unknown>)
    const all = exported.filter((value): value is { en: unknown; de: unknown } => typeof value === 'object' && value !== null && 'en' in value && 'de' in value)
    expect(all.length).toBeGreaterThan(0)
    for (const { en, de } of all) expect(shapeOf(de)).toEqual(shapeOf(en))
  })
})

/** Keys all the way down, with the number of arguments where something is said about something. */
function shapeOf(value: unknown): unknown {
  if (typeof value === 'function') return value.length
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]))
}
