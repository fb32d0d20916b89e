/** Bytes of one file, before base64. */
export const FILE_LIMIT_BYTES = 15 * 1024 * 1024
/** Bytes of all files of a conversation, before base64; with it a run stays within what the workbench's door lets in. */
export const FILES_LIMIT_BYTES = 20 * 1024 * 1024
export const MOST_FILES = 20

export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const
export const PDF_TYPE = 'application/pdf'
/** Sent as text inside the question, which every model takes. */
export const TEXT_TYPE = 'text/plain'

export type AttachmentType = (typeof IMAGE_TYPES)[number] | typeof PDF_TYPE | typeof TEXT_TYPE

export interface Attachment {
  readonly name: string
  readonly mediaType: AttachmentType
  /** Base64, without the prefix of a data URL. */
  readonly data: string
}

/** Characters of base64 for so many bytes. */
export function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4
}

/** Bytes behind so many characters of base64, to within two. */
export function bytesOf({ data }: Pick<Attachment, 'data'>): number {
  return Math.floor((data.length * 3) / 4)
}
