import {
  type Attachment,
  type AttachmentType,
  bytesOf,
  FILE_LIMIT_BYTES,
  FILES_LIMIT_BYTES,
  IMAGE_TYPES,
  MOST_FILES,
  PDF_TYPE,
  TEXT_TYPE,
} from '../../../shared/attachments.ts'

/** Why a file cannot go with a question; the words are the screen's. */
export type FileTrouble =
  | { readonly is: 'too-large'; readonly name: string }
  | { readonly is: 'empty'; readonly name: string }
  | { readonly is: 'unknown-type'; readonly name: string }
  | { readonly is: 'too-many' }
  | { readonly is: 'too-large-together' }

export interface Taken {
  readonly files: readonly Attachment[]
  readonly troubles: readonly FileTrouble[]
}

/** Adds what can be sent to `present`, and says of the rest why not. */
export async function takeFiles(present: readonly Attachment[], given: readonly File[]): Promise<Taken> {
  const files = [...present]
  const troubles: FileTrouble[] = []
  let bytes = files.reduce((sum, file) => sum + bytesOf(file), 0)
  for (const file of given) {
    if (files.length >= MOST_FILES) {
      troubles.push({ is: 'too-many' })
      break
    }
    const read = await readOne(file)
    if ('is' in read) troubles.push(read)
    else if (bytes + file.size > FILES_LIMIT_BYTES) troubles.push({ is: 'too-large-together' })
    else {
      files.push(read)
      bytes += file.size
    }
  }
  return { files, troubles }
}

async function readOne(file: File): Promise<Attachment | FileTrouble> {
  const name = file.name === '' ? 'file' : file.name.slice(-255)
  if (file.size === 0) return { is: 'empty', name }
  if (file.size > FILE_LIMIT_BYTES) return { is: 'too-large', name }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const mediaType = typeOf(file.type, bytes)
  return mediaType === undefined ? { is: 'unknown-type', name } : { name, mediaType, data: base64Of(bytes) }
}

/** By what the system says for images and PDF; anything else is text if it reads as UTF-8. */
function typeOf(type: string, bytes: Uint8Array): AttachmentType | undefined {
  const known = [...IMAGE_TYPES, PDF_TYPE].find((each) => each === type)
  if (known !== undefined) return known as AttachmentType
  if (bytes.includes(0)) return undefined
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return TEXT_TYPE
  } catch {
    // not UTF-8, so nothing that a model would read as text
    return undefined
  }
}

/** In steps, since the arguments of one call are limited. */
function base64Of(bytes: Uint8Array): string {
  let binary = ''
  for (let from = 0; from < bytes.length; from += 0x8000) binary += String.fromCharCode(...bytes.subarray(from, from + 0x8000))
  return btoa(binary)
}
