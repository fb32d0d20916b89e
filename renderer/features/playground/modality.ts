import type { ModelRow } from '../../../shared/api/providers.ts'
import { type Attachment, PDF_TYPE } from '../../../shared/attachments.ts'

export type Lacking = 'vision' | 'documents'

/** What the files need that the model is known not to take; undefined when nothing, or when nobody knows what it takes. */
export function lackingFor(files: readonly Pick<Attachment, 'mediaType'>[], row: Pick<ModelRow, 'can'> | undefined): Lacking | undefined {
  if (row?.can === undefined) return undefined
  if (files.some(({ mediaType }) => mediaType.startsWith('image/')) && !row.can.includes('vision')) return 'vision'
  if (files.some(({ mediaType }) => mediaType === PDF_TYPE) && !row.can.includes('documents')) return 'documents'
  return undefined
}
