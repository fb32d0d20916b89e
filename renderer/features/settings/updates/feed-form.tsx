import { type FormEvent, type ReactElement, useState } from 'react'
import type { Settings } from '../../../../shared/settings.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { TextField } from '../../../ui/field.tsx'
import { changeUpdateFeed } from '../actions.ts'
import styles from '../settings.module.css'
import { useRefusals } from '../store.ts'
import { SETTINGS_TEXTS } from '../texts.ts'
import { UPDATE_TEXTS } from './texts.ts'

/** Where newer versions are announced. */
export function FeedForm({ settings: now }: { readonly settings: Settings }): ReactElement {
  const { example } = useTexts(UPDATE_TEXTS)
  const { label, hint } = useTexts(SETTINGS_TEXTS).items['updates.feed']
  const [address, setAddress] = useState(now.updates.feed)
  const error = useRefusals((refusals) => refusals['updates.feed'])
  const save = (): void => void changeUpdateFeed(now, address)
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    save()
  }
  return (
    <form className={styles.address} onSubmit={onSubmit}>
      <TextField
        {...{ label, hint, error, mono: true, inputMode: 'url', maxLength: 500 }}
        placeholder={example}
        value={address}
        onValue={setAddress}
        onBlur={save}
      />
    </form>
  )
}
