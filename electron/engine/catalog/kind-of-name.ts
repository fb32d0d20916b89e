import type { ModelKind } from '../../../shared/models.ts'

/** Embedding models are known by their names where no source says what they are. undefined: the name does not tell. */
export function kindOfName(id: string | undefined): ModelKind | undefined {
  return id !== undefined && /embed|(^|[/-])(bge|gte|e5)-/i.test(id) ? 'embedding' : undefined
}
