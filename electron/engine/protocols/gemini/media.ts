/** Attachments: Gemini tells images, sound, films and documents apart by MIME type alone; the canonical parts have a type each. */

import type { JsonObject, Media, Part } from '../../../../shared/chat.ts'
import { trueImageType } from '../data-url.ts'
import { badRequest, type Fields } from './fields.ts'

const TYPE_BY_EXTENSION: ReadonlyMap<string, string> = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['webp', 'image/webp'],
  ['gif', 'image/gif'],
  ['heic', 'image/heic'],
  ['heif', 'image/heif'],
  ['avif', 'image/avif'],
  ['bmp', 'image/bmp'],
  ['pdf', 'application/pdf'],
  ['txt', 'text/plain'],
  ['md', 'text/markdown'],
  ['html', 'text/html'],
  ['csv', 'text/csv'],
  ['mp3', 'audio/mp3'],
  ['wav', 'audio/wav'],
  ['mp4', 'video/mp4'],
])

const AUDIO_FORMATS: ReadonlyMap<string, string> = new Map([
  ['mpeg', 'mp3'],
  ['x-wav', 'wav'],
  ['wave', 'wav'],
  ['vnd.wave', 'wav'],
])

/** Enough of the data to tell base64 from a data URL or a path, without walking through megabytes. */
const SNIFFED_CHARACTERS = 256

/** @throws Failure 'bad-request' when type or data are missing or no base64. */
export function readInlineData(blob: Fields): Part | undefined {
  const mediaType = blob.string('mimeType')
  if (mediaType === undefined || mediaType === '') throw badRequest(blob.place('mimeType'), 'a MIME type such as image/png')
  const given = blob.string('data')
  if (given === undefined || given === '' || !/^[A-Za-z0-9+/_=\s-]+$/.test(given.slice(0, SNIFFED_CHARACTERS))) {
    throw badRequest(blob.place('data'), 'base64 without a data: prefix')
  }
  // protobuf JSON takes the URL-safe alphabet too, other providers do not
  const data = given.includes('-') || given.includes('_') ? given.replaceAll('-', '+').replaceAll('_', '/') : given
  const name = blob.string('displayName')
  return mediaPart(mediaType, { kind: 'base64', mediaType, data }, name)
}

/** @throws Failure 'bad-request' when there is no URI. */
export function readFileData(file: Fields): Part | undefined {
  const url = file.string('fileUri')
  if (url === undefined || url === '') throw badRequest(file.place('fileUri'), 'a URI')
  const mediaType = file.string('mimeType') ?? typeByExtension(url)
  const name = file.string('displayName')
  return mediaPart(mediaType, { kind: 'url', url, ...(mediaType === undefined ? {} : { mediaType }) }, name)
}

/** undefined for what no canonical part holds: films, sound behind a URI, files of unknown type. */
function mediaPart(mediaType: string | undefined, media: Media, name: string | undefined): Part | undefined {
  const kind = mediaType?.split('/')[0]?.toLowerCase()
  if (kind === undefined || kind === 'video') return undefined
  if (kind === 'image') return { type: 'image', media }
  if (kind === 'audio') {
    if (media.kind === 'url') return undefined
    const format = media.mediaType.slice('audio/'.length).toLowerCase()
    return { type: 'audio', format: AUDIO_FORMATS.get(format) ?? format, data: media.data }
  }
  return { type: 'document', media, ...(name === undefined ? {} : { name }) }
}

/** An attachment as a Gemini part, for a turn or, since Gemini 3, inside a functionResponse. */
export function writeMedia(part: Part & { type: 'image' | 'document' | 'audio' }): JsonObject {
  if (part.type === 'audio') return { inlineData: { mimeType: `audio/${part.format}`, data: part.data } }
  const { media } = part
  if (media.kind === 'base64') return { inlineData: { mimeType: part.type === 'image' ? trueImageType(media) : media.mediaType, data: media.data } }
  // Vertex demands a type; Google looks at the bytes when the guess is off by a format
  const fallback = part.type === 'image' ? 'image/jpeg' : 'application/pdf'
  return { fileData: { mimeType: media.mediaType ?? typeByExtension(media.url) ?? fallback, fileUri: media.url } }
}

function typeByExtension(url: string): string | undefined {
  const extension = /\.([A-Za-z0-9]+)(?:[?#].*)?$/.exec(url)?.[1]
  return extension === undefined ? undefined : TYPE_BY_EXTENSION.get(extension.toLowerCase())
}
