import { useMirrored } from '../../client/mirror.ts'
import { settings } from '../../client/mirrors.ts'
import { type BoundId, bindingsOf } from './bindings.ts'
import { chordHint } from './chord.ts'

/** The key that does something just now, as it is written on this machine; undefined where its user wants none. */
export function useKey(): (id: BoundId) => string | undefined {
  const bound = bindingsOf(useMirrored(settings)?.shortcuts ?? {})
  return (id) => (bound[id] === '' ? undefined : chordHint(bound[id]))
}

/** A label with the key that does the same behind it, where there is one: `Blind mode (B)`. */
export function useKeyHint(): (label: string, id: BoundId) => string {
  const keyOf = useKey()
  return (label, id) => {
    const key = keyOf(id)
    return key === undefined ? label : `${label} (${key})`
  }
}
