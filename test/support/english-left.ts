/** Finds English that is left on a page in another language: sentences by their function words, single words by the English texts they stand in. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { ENGLISH_TABLES } from '../../shared/messages/english.ts'
import { sourcesIn } from './imports.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Words that English sentences cannot do without and German ones do not have. */
const FUNCTION_WORDS = new Set(
  (
    'the and of is are were with this that these those from for to it its by be been has have had which when where what who how you your their they ' +
    'there then than but or would could should does did can cannot yet only nothing every some any still ago since without because more than'
  ).split(' '),
)

/** What stands in German quotation marks is somebody else's: a name, a question, a provider's word. */
const QUOTED = /„[^“]*“/g
/** Names of the user's own in the sample data, and what the semantic cache says of its gates, which comes as sentences. */
const NAMES = /\bfast-or-good\b|Long prompts to the larger context|No spending at night|One says on, the other off\./g

export interface Seen {
  readonly text: string
  readonly where: string
}

/** The English texts of the window and of the engine that German says in other words. */
export async function englishTexts(): Promise<ReadonlySet<string>> {
  const english = new Set<string>()
  const german = new Set<string>()
  const modules = sourcesIn('renderer').filter((path) => /texts\.ts$/.test(path) && readFileSync(root + path, 'utf8').includes('Texts<'))
  for (const path of modules) {
    for (const value of Object.values((await import(/* @vite-ignore */ root + path)) as Record<string, unknown>)) {
      if (typeof value !== 'object' || value === null || !('en' in value) || !('de' in value)) continue
      gather(value.en, english)
      gather(value.de, german)
    }
  }
  for (const table of ENGLISH_TABLES) for (const sentence of Object.values(table)) if (sentence.length === 0) english.add(sentence({}, String))
  return new Set([...english].filter((text) => !german.has(text) && /\p{L}{3}/u.test(text)))
}

function gather(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') into.add(value.trim())
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) gather(inner, into)
}

/** Everything that can be read or heard on the page, but for what is marked as somebody else's words, as code, or as written by the user. */
export function visibleTexts(page: Page): Promise<readonly Seen[]> {
  return page.evaluate(`(() => {
    const foreign = 'code, pre, kbd, samp, textarea, script, style, [dir="auto"], [translate="no"], [lang=""], [lang="en"]'
    const seen = []
    const where = (element) => {
      const names = []
      for (let at = element; at !== null && names.length < 4; at = at.parentElement) {
        names.unshift(at.tagName.toLowerCase() + (typeof at.className === 'string' && at.className !== '' ? '.' + at.className.split(' ')[0] : ''))
      }
      return names.join(' > ')
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement
      const text = node.textContent.replace(/\\s+/g, ' ').trim()
      if (text === '' || element.closest(foreign) !== null || !element.checkVisibility()) continue
      seen.push({ text, where: where(element) })
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt], [aria-valuetext], [aria-description]')) {
      if (element.parentElement.closest(foreign) !== null || !element.checkVisibility()) continue
      // what its content is too long to show in full
      const names = element.closest(foreign) === null ? ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext', 'aria-description'] : ['aria-label', 'placeholder']
      for (const name of names) {
        const text = element.getAttribute(name)
        if (text !== null && text.trim() !== '') seen.push({ text: text.trim(), where: where(element) + '[' + name + ']' })
      }
    }
    return seen
  })()`)
}

/** Those of the texts that are English: two function words or more, or one of the window's own English texts. */
export function englishAmong(seen: readonly Seen[], texts: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>()
  for (const { text, where } of seen) {
    if (texts.has(text) || isSentence(text)) found.add(`${text}  (${where})`)
  }
  return [...found]
}

export function isSentence(text: string): boolean {
  const words =
    text
      .replace(QUOTED, ' ')
      .replace(NAMES, ' ')
      .toLowerCase()
      .match(/[\p{L}’']+/gu) ?? []
  const telling = words.filter((word) => FUNCTION_WORDS.has(word)).length
  return telling >= 2 || (telling === 1 && words.length <= 6)
}
