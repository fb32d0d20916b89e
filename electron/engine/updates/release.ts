/** What a server says of the newest version, in either form that installers are published with. Pure. */
import type { IsoDate } from '../../../shared/ids.ts'

export interface Release {
  readonly version: string
  readonly releasedOn: IsoDate | undefined
  /** Where people find it. */
  readonly page: string | undefined
}

const VERSION = /^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/

/**
 * electron-builder's `latest.yml`, of which two lines are needed (`version`, `releaseDate`: https://electron.build/electron-updater.interface.updateinfo),
 * or GitHub's newest release as JSON (`tag_name`, `html_url`, `published_at`: https://docs.github.com/en/rest/releases/releases). undefined: it is neither.
 */
export function readRelease(text: string): Release | undefined {
  const { version, date, page } = text.trimStart().startsWith('{') ? ofGitHub(text) : { version: line(text, 'version'), date: line(text, 'releaseDate') }
  if (version === undefined || !VERSION.test(version)) return undefined
  const releasedOn = Number.isNaN(Date.parse(date ?? '')) ? undefined : new Date(Date.parse(date ?? '')).toISOString().slice(0, 10)
  return { version: version.replace(/^v/, ''), releasedOn, page: page !== undefined && URL.parse(page)?.protocol === 'https:' ? page : undefined }
}

/** By https://semver.org/#spec-item-11; what is no version is not newer. */
export function isNewer(version: string, than: string): boolean {
  const [one, other] = [VERSION.exec(version), VERSION.exec(than)]
  if (one === null || other === null) return false
  for (const place of [1, 2, 3]) if (one[place] !== other[place]) return Number(one[place]) > Number(other[place])
  const [before, after] = [one[4], other[4]]
  // a version comes after all that lead up to it
  if (before === undefined || after === undefined) return before === undefined && after !== undefined
  return comesAfter(before.split('.'), after.split('.'))
}

function comesAfter(one: readonly string[], other: readonly string[]): boolean {
  for (const [place, part] of one.entries()) {
    const against = other[place]
    if (against === undefined) return true
    if (part === against) continue
    const [isNumber, isOther] = [/^\d+$/.test(part), /^\d+$/.test(against)]
    if (isNumber && isOther) return Number(part) > Number(against)
    return isNumber === isOther ? part > against : isOther
  }
  return false
}

interface Told {
  readonly version: string | undefined
  readonly date: string | undefined
  readonly page?: string | undefined
}

function ofGitHub(text: string): Told {
  let fields: { readonly [name: string]: unknown }
  try {
    fields = JSON.parse(text)
  } catch {
    // cut off, or a page that only looks like it
    return { version: undefined, date: undefined }
  }
  const field = (name: string): string | undefined => (typeof fields[name] === 'string' ? fields[name] : undefined)
  return { version: field('tag_name'), date: field('published_at'), page: field('html_url') }
}

/** Of the outermost level, with or without quotes. */
function line(text: string, name: string): string | undefined {
  return new RegExp(`^${name}:[ \\t]*(['"]?)([^'"\\r\\n]*?)\\1[ \\t]*$`, 'm').exec(text)?.[2]
}
