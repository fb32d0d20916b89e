import { useMirrored } from '../../client/mirror.ts'
import { settings } from '../../client/mirrors.ts'
import { type BoundId, bindingsOf } from './bindings.ts'
import { chordHint } from './chord.ts'

/** A label with the key that does the same behind it, where there is one: `Blind mode (B)`. */
export function useKeyHint(): (label: string, id: BoundId) => string {
  const bound = bindingsOf(useMirrored(settings)?.shortcuts ?? {})
  return (label, id) => (bound[id] === '' ? label : `${label} (${chordHint(bound[id])})`)
}
