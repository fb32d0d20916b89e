import { GROUPS, type ItemGroup, type PageId } from './items.ts'
import type { SETTINGS_TEXTS } from './texts.ts'

type Words = (typeof SETTINGS_TEXTS)['en']

/** The groups of a page; with a query those of all pages, with the settings whose words hold each word of it. */
export function groupsFor(page: PageId, query: string, texts: Words): readonly ItemGroup[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return GROUPS.filter((group) => group.page === page)
  return GROUPS.flatMap((group) => {
    const items = group.items.filter((item) => {
      const { label, hint = '' } = texts.items[item.path]
      const options = item.kind === 'choice' ? Object.values(texts.options[item.path]).map(({ title, note = '' }) => `${title} ${note}`) : []
      const words = [label, hint, texts.groups[group.id], texts.pages[group.page], item.path, ...options].join(' ').toLowerCase()
      return wanted.every((word) => words.includes(word))
    })
    return items.length === 0 ? [] : [{ ...group, items }]
  })
}
