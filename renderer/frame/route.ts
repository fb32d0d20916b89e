import { useSyncExternalStore } from 'react'

export const SECTIONS = ['playground', 'traffic', 'costs', 'cache', 'models', 'providers', 'routing', 'connect', 'settings'] as const
export type Section = (typeof SECTIONS)[number]

/** Where the window is: `#/traffic/01J...` is section `traffic` with rest `01J...`. */
export interface Place {
  readonly section: Section
  /** What follows the section, decoded; '' when nothing does. */
  readonly rest: string
}

export function placeOf(hash: string): Place {
  const [, name, rest = ''] = /^#\/([a-z]+)(?:\/(.*))?$/.exec(hash) ?? []
  const section = SECTIONS.find((each) => each === name)
  if (section === undefined) return { section: 'playground', rest: '' }
  try {
    return { section, rest: decodeURIComponent(rest) }
  } catch {
    // a stray % typed into the address bar
    return { section, rest: '' }
  }
}

export function hashOf(section: Section, rest = ''): string {
  return rest === '' ? `#/${section}` : `#/${section}/${encodeURIComponent(rest)}`
}

export function go(section: Section, rest = ''): void {
  window.location.hash = hashOf(section, rest)
}

export function usePlace(): Place {
  const hash = useSyncExternalStore(watchHash, () => window.location.hash)
  return placeOf(hash)
}

function watchHash(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}
