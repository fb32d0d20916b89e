import { LockKeyhole, LockKeyholeOpen } from 'lucide-react'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { VaultStatus } from '../../../shared/api/keys.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import { unlockVault } from './actions.ts'
import styles from './providers.module.css'
import { vaultName } from './sentences.ts'
import { VaultChoices } from './vault-chooser.tsx'

/** Which place holds the keys, by name, and what that means. */
export function VaultPanel({ vault }: { readonly vault: VaultStatus }): ReactElement {
  const [choosing, setChoosing] = useState(false)
  return (
    <Section title="Where keys are kept">
      <Panel>
        <div className={styles.vault}>
          <p className={styles.vaultName}>
            {vault.locked ? <LockKeyhole aria-hidden size={16} /> : <LockKeyholeOpen aria-hidden size={16} />}
            {vaultName(vault)}
            {vault.locked && ', locked'}
          </p>
          <p className={styles.providerNote}>{meaningOf(vault)}</p>
          {!vault.keychain.works && vault.keychain.reason !== undefined && vault.backend !== 'keychain' && (
            <p className={styles.providerNote}>{`No system keychain: ${vault.keychain.reason}`}</p>
          )}
        </div>
        {vault.locked && <Unlock />}
        {vault.backend !== undefined && (
          <div className={styles.vaultFoot}>
            <Button small onClick={() => setChoosing(true)}>
              Change
            </Button>
          </div>
        )}
      </Panel>
      <Dialog
        open={choosing}
        onClose={() => setChoosing(false)}
        title="Where keys are kept"
        description="Keys that are stored elsewhere stay there; paste or import them again to move them."
      >
        <VaultChoices vault={vault} onChosen={() => setChoosing(false)} onCancel={() => setChoosing(false)} />
      </Dialog>
    </Section>
  )
}

function meaningOf(vault: VaultStatus): string {
  switch (vault.backend) {
    case 'keychain':
      return 'The keychain of your operating system. Switchyard’s own files hold no key.'
    case 'file':
      return 'A file in the data folder, sealed with your passphrase.'
    case 'environment':
      return 'Read when Switchyard starts. They cannot be changed here.'
    case 'memory':
      return 'Written nowhere. Paste them again after a restart.'
    case undefined:
      return 'Keys cannot be stored until you have chosen.'
  }
}

function Unlock(): ReactElement {
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
    <form className={styles.unlock} onSubmit={onSubmit} aria-label="Unlock the vault">
      <TextField label="Passphrase" type="password" value={passphrase} onValue={setPassphrase} error={error} disabled={busy} />
      <Button variant="primary" type="submit" disabled={busy || passphrase === ''}>
        {busy ? 'Opening' : 'Unlock'}
      </Button>
    </form>
  )
}
