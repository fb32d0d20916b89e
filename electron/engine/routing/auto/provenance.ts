/** What the shipped weights were trained on and how they did; `npm run train:routing` writes it beside them. */
import type { ShippedWeights } from '../../../../shared/api/auto.ts'
import file from './shipped-weights.provenance.json' with { type: 'json' }

export const SHIPPED_PROVENANCE: ShippedWeights = {
  bytes: file.bytes,
  learnedFrom: file.learnedFrom.map(({ file: name, questions, origin, licence }) => ({ file: name, questions, origin, licence })),
  doesNotShow: file.doesNotShow,
  measured: file.measured,
}
