import { LockKeyhole } from 'lucide-react'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { unlockVault } from './actions.ts'
import styles from './providers.module.css'
import { PROVIDERS_TEXTS } from './texts.ts'

/** The encrypted file waits for its passphrase; nothing can be called until then. */
export function UnlockForm(): ReactElement {
  const { unlock: texts } = useTexts(PROVIDERS_TEXTS)
  const [passphrase, setPassphrase] = useState('')
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  async function unlock(): Promise<void> {
    setBusy(true)
    setError(undefined)
    const typed = passphrase
    setPassphrase('')
    setError((await unlockVault(typed))?.message)
    setBusy(false)
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    void unlock()
  }
  return (
    <form className={styles.addKey} onSubmit={onSubmit} aria-label={texts.label}>
      <p className={styles.unlockWords}>
        <LockKeyhole aria-hidden size={16} />
        {texts.words}
      </p>
      <div className={styles.unlockRow}>
        <TextField label={texts.passphrase} type="password" value={passphrase} onValue={setPassphrase} error={error} readOnly={busy} />
        <Button variant="primary" type="submit" className={styles.saveButton} disabled={busy || passphrase === ''}>
          {busy ? texts.opening : texts.unlock}
        </Button>
      </div>
    </form>
  )
}
