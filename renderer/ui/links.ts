import type { MouseEvent } from 'react'

const OUTSIDE = new Set(['https:', 'http:', 'mailto:'])

/** The address a link in an answer may lead to: absolute and outside. Relative ones would move our own window. */
export function addressOf(href: string | undefined): string | undefined {
  if (href === undefined || !URL.canParse(href)) return undefined
  const url = new URL(href)
  return OUTSIDE.has(url.protocol) ? url.href : undefined
}

/** In a desktop window the shell opens the link, after checking it again; in a browser it is an ordinary new tab. */
export function openLink(event: MouseEvent<HTMLAnchorElement>): void {
  const native = window.switchyardNative
  if (native === undefined) return
  event.preventDefault()
  native.openExternal(event.currentTarget.href).catch((thrown: unknown) => console.warn('The shell did not open the link.', thrown))
}
