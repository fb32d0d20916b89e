import { LockKeyhole } from 'lucide-react'
import { type FormEvent, type ReactElement, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { unlockVault } from './actions.ts'
import styles from './providers.module.css'

/** The encrypted file waits for its passphrase; nothing can be called until then. */
export function UnlockForm(): ReactElement {
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
    <form className={styles.addKey} onSubmit={onSubmit} aria-label="Unlock the keys">
      <p className={styles.unlockWords}>
        <LockKeyhole aria-hidden size={16} />
        The file with your keys is locked. Until it is opened only local and simulated models answer.
      </p>
      <div className={styles.unlockRow}>
        <TextField label="Passphrase" type="password" value={passphrase} onValue={setPassphrase} error={error} disabled={busy} />
        <Button variant="primary" type="submit" className={styles.saveButton} disabled={busy || passphrase === ''}>
          {busy ? 'Opening' : 'Unlock'}
        </Button>
      </div>
    </form>
  )
}
