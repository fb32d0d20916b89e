import { LockKeyhole, Vault } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { VaultStatus } from '../../../shared/api/keys.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import styles from './providers.module.css'
import { vaultName } from './sentences.ts'
import { VaultChoices } from './vault-chooser.tsx'

/** Which place holds the keys, by name, and what that means. */
export function VaultPanel({ vault }: { readonly vault: VaultStatus }): ReactElement | null {
  const [choosing, setChoosing] = useState(false)
  // asked for in the main column then
  if (vault.backend === undefined) return null
  return (
    <Section title="Where keys are kept">
      <Panel>
        <div className={styles.vault}>
          <p className={styles.vaultName}>
            {vault.locked ? <LockKeyhole aria-hidden size={16} /> : <Vault aria-hidden size={16} />}
            {vaultName(vault)}
            {vault.locked && ', locked'}
          </p>
          <p className={styles.providerNote}>{meaningOf(vault)}</p>
          {!vault.keychain.works && vault.keychain.reason !== undefined && vault.backend !== 'keychain' && (
            <p className={styles.providerNote}>{`No system keychain: ${vault.keychain.reason}`}</p>
          )}
        </div>
        <div className={styles.vaultFoot}>
          <Button small onClick={() => setChoosing(true)}>
            Change
          </Button>
        </div>
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
