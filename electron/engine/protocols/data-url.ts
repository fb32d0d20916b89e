import type { Media } from '../../../shared/chat.ts'

/**
 * Reads an image or file address: `https:` stays an address, `data:` becomes its bytes in base64 (RFC 2397: with or without parameters such as
 * charset, base64 or percent-encoded). undefined when it is neither.
 */
export function readMediaUrl(url: string, fallbackType = 'application/octet-stream'): Media | undefined {
  if (/^https?:\/\//i.test(url)) return { kind: 'url', url }
  if (!/^data:/i.test(url)) return undefined
  const comma = url.indexOf(',')
  if (comma < 0) return undefined
  const [type = '', ...parameters] = url.slice(5, comma).split(';')
  const mediaType = type.trim() === '' ? fallbackType : type.trim().toLowerCase()
  const payload = url.slice(comma + 1)
  if (parameters.some((parameter) => parameter.trim().toLowerCase() === 'base64')) return { kind: 'base64', mediaType, data: unbroken(payload) }
  try {
    return { kind: 'base64', mediaType, data: Buffer.from(decodeURIComponent(payload), 'utf8').toString('base64') }
  } catch {
    // not valid percent-encoding: no data URL
    return undefined
  }
}

/** MIME's base64, as some libraries write it, has lines; nobody takes them. */
function unbroken(base64: string): string {
  return base64.includes('\n') ? base64.replace(/\s+/g, '') : base64
}

/** What an image's first bytes say it is, in base64. */
export function imageType(base64: string): string | undefined {
  if (base64.startsWith('iVBORw0KGgo')) return 'image/png'
  if (base64.startsWith('/9j/')) return 'image/jpeg'
  if (base64.startsWith('R0lGOD')) return 'image/gif'
  return base64.startsWith('UklGR') ? 'image/webp' : undefined
}

/** The type that an image goes out under. Clients guess it, and Claude refuses a JPEG that is said to be a PNG. */
export function trueImageType({ mediaType, data }: Extract<Media, { kind: 'base64' }>): string {
  return imageType(data) ?? (mediaType === 'image/jpg' ? 'image/jpeg' : mediaType)
}

/** The address of media, as formats take it that know only addresses. */
export function writeMediaUrl(media: Media): string {
  return media.kind === 'url' ? media.url : `data:${media.mediaType};base64,${media.data}`
}
