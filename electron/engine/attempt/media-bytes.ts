/** Pictures and documents that a request names by their address, as bytes where an endpoint fetches nothing itself. Requests without any never wait here. */
import type { ChatView, Media, Part } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import type { Departure } from '../departure.ts'
import type { AddressedPart } from '../protocols/protocol.ts'
import { DOWNLOAD_LIMIT_BYTES, type Downloaded, type DownloadGuard, download } from './download.ts'

/** More addresses than anybody means in one prompt; what exceeds it stays an address, and is reported as such. */
const MOST_DOWNLOADS = 20
const MOST_BYTES_IN_ALL = 2 * DOWNLOAD_LIMIT_BYTES

const IMAGES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/jpg', 'image/gif', 'image/webp'])
const DOCUMENTS = /^(?:application\/pdf|text\/[\w.+-]+|application\/(?:msword|vnd\.ms-excel|vnd\.openxmlformats-officedocument\.[\w.]+))$/

/** What has been fetched for one request, by address: its next attempt need not fetch it again. */
export type Downloads = Map<string, Promise<Media | Failure>>

/** The parts that stand at an address their endpoint would not fetch. */
export function addressed(view: ChatView, refuses: (part: AddressedPart) => boolean): readonly AddressedPart[] {
  if (!view.needs.has('vision') && !view.needs.has('documents')) return []
  const found: AddressedPart[] = []
  const look = (parts: readonly Part[]): void => {
    for (const part of parts) {
      if (part.type === 'tool-result') look(part.parts)
      else if (isAddressed(part) && refuses(part)) found.push(part)
    }
  }
  for (const message of view.messages) look(message.parts)
  return found
}

function isAddressed(part: Part): part is AddressedPart {
  return (part.type === 'image' || part.type === 'document') && part.media.kind === 'url'
}

/** The view with those parts as bytes. What could not be had stays an address: the endpoint's format leaves it out and says so. */
export function withBytes(view: ChatView, parts: readonly AddressedPart[], files: ReadonlyMap<string, Media>): ChatView {
  return files.size === 0 ? view : replaced(view, new Set<Part>(parts), files)
}

/**
 * The files behind those parts, by their addresses; some may be missing.
 * @throws Failure 'cancelled' when the caller has left; 'unsupported-parameter' for what could not be had where every field must be carried
 */
export async function filesOf(
  view: ChatView,
  parts: readonly AddressedPart[],
  downloads: Downloads,
  departure: Departure,
  guard: DownloadGuard,
): Promise<ReadonlyMap<string, Media>> {
  const wanted = new Map(parts.slice(0, MOST_DOWNLOADS).map((part) => [part.media.url, part.type]))
  const results = await Promise.all([...wanted].map(async ([url, type]) => [url, await fetched(url, type, downloads, departure, guard)] as const))
  const byAddress = new Map<string, Media>()
  let size = 0
  for (const [url, result] of results) {
    if (result instanceof Failure) {
      if (result.kind === 'cancelled') throw result
      if (view.routing.requireParameters) throw cannotCarry(url, result)
      continue
    }
    size += result.kind === 'base64' ? result.data.length * 0.75 : 0
    if (size <= MOST_BYTES_IN_ALL) byAddress.set(url, result)
  }
  return byAddress
}

/** The view as if every download would do, for a plan that asks what an endpoint can carry. */
export function asIfFetched(view: ChatView, parts: readonly AddressedPart[]): ChatView {
  const guess = (part: AddressedPart): Media => ({ kind: 'base64', mediaType: part.type === 'image' ? 'image/png' : 'application/pdf', data: '' })
  return parts.length === 0 ? view : replaced(view, new Set<Part>(parts), new Map(parts.map((part) => [part.media.url, guess(part)])))
}

function cannotCarry(url: string, { message }: Failure): Failure {
  return new Failure('unsupported-parameter', `The file at ${shown(url)} ${message}, and this endpoint fetches none itself.`, { param: 'messages' })
}

/** Signed addresses hold secrets in their query. */
function shown(url: string): string {
  return url.replace(/[?#].*$/, '').slice(0, 200)
}

function fetched(url: string, type: AddressedPart['type'], downloads: Downloads, departure: Departure, guard: DownloadGuard): Promise<Media | Failure> {
  const known = downloads.get(url)
  if (known !== undefined) return known
  const takes = (mediaType: string): boolean =>
    (type === 'image' ? IMAGES.has(mediaType) : DOCUMENTS.test(mediaType)) || mediaType === 'application/octet-stream'
  const media = download(url, takes, departure, guard).then(
    (file) => mediaOf(file, type),
    (thrown: unknown) => Failure.from(thrown),
  )
  downloads.set(url, media)
  return media
}

/** Storage hosts often know no type; then the first bytes tell. */
function mediaOf({ mediaType, bytes }: Downloaded, type: AddressedPart['type']): Media | Failure {
  const told = mediaType === 'application/octet-stream' ? sniffed(bytes) : mediaType
  if (told === undefined || (type === 'image') !== IMAGES.has(told)) return new Failure('bad-request', 'is no picture or document of a known kind')
  return { kind: 'base64', mediaType: told === 'image/jpg' ? 'image/jpeg' : told, data: bytes.toString('base64') }
}

const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^\x89PNG/, 'image/png'],
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^GIF8/, 'image/gif'],
  [/^RIFF....WEBP/s, 'image/webp'],
  [/^%PDF-/, 'application/pdf'],
]

function sniffed(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, 16)
  return BEGINNINGS.find(([beginning]) => beginning.test(head))?.[1]
}

function replaced(view: ChatView, parts: ReadonlySet<Part>, byAddress: ReadonlyMap<string, Media>): ChatView {
  const to = (part: Part): Part => {
    if (part.type === 'tool-result') return { ...part, parts: part.parts.map(to) }
    const media = isAddressed(part) && parts.has(part) ? byAddress.get(part.media.url) : undefined
    return media === undefined ? part : ({ ...part, media } as Part)
  }
  return { ...view, messages: view.messages.map((message) => ({ ...message, parts: message.parts.map(to) })) }
}
