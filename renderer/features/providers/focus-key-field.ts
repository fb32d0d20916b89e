import type { ProviderId } from '../../../shared/ids.ts'
import { chooseProvider } from './actions.ts'
import { KEY_FIELD_ID } from './add-key-form.tsx'

/** "Add a key" beside a provider: the one field of this screen, with the provider chosen. */
export function focusKeyField(provider: ProviderId): void {
  chooseProvider(provider)
  const field = document.querySelector<HTMLInputElement>(`[data-field="${KEY_FIELD_ID}"]`)
  field?.scrollIntoView({ block: 'center' })
  field?.focus({ preventScroll: true })
}
