import type { ProviderId } from '../../../shared/ids.ts'
import { chooseProvider, typeSecret } from './actions.ts'
import { KEY_FIELD_ID } from './add-key-form.tsx'
import { recogniseProvider } from './recognise.ts'
import { providers } from './store.ts'

/** "Add a key" beside a provider: the one field of this screen, with the provider chosen. */
export function focusKeyField(provider: ProviderId): void {
  chooseProvider(provider)
  keyField()?.scrollIntoView({ block: 'center' })
  keyField()?.focus({ preventScroll: true })
}

/**
 * A key that was pasted where a question goes: it is put into the field for keys, as long as that is on the screen, rather than sent to a model.
 * Returns whether it was.
 */
export function tookKey(pasted: string): boolean {
  const field = keyField()
  const key = pasted.trim()
  if (field === null || key.length < SHORTEST_KEY || /\s/.test(key)) return false
  const known = providers.store.getState()
  if (known.is !== 'ready' || recogniseProvider(key, known.value).is === 'nothing') return false
  typeSecret(key)
  field.focus()
  return true
}

/** Shorter words that begin like one are words. */
const SHORTEST_KEY = 16

function keyField(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>(`[data-field="${KEY_FIELD_ID}"]`)
}
