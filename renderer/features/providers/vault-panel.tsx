import { LockKeyhole, Vault } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { VaultStatus } from '../../../shared/api/keys.ts'
import { textsNow, useTexts } from '../../i18n/texts.ts'
import { words } from '../../messages/words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import styles from './providers.module.css'
import { vaultName } from './sentences.ts'
import { PROVIDERS_TEXTS } from './texts.ts'
import { VaultChoices } from './vault-chooser.tsx'

/** Which place holds the keys, by name, and what that means. */
export function VaultPanel({ vault }: { readonly vault: VaultStatus }): ReactElement | null {
  const { vault: texts } = useTexts(PROVIDERS_TEXTS)
  const [choosing, setChoosing] = useState(false)
  // asked for in the main column then
  if (vault.backend === undefined) return null
  return (
    <Section title={texts.title}>
      <Panel>
        <div className={styles.vault}>
          <p className={styles.vaultName}>
            {vault.locked ? <LockKeyhole aria-hidden size={16} /> : <Vault aria-hidden size={16} />}
            {vaultName(vault)}
            {vault.locked && texts.lockedSuffix}
          </p>
          <p className={styles.providerNote}>{meaningOf(vault)}</p>
          {!vault.keychain.works && vault.keychain.reason !== undefined && vault.backend !== 'keychain' && (
            <p className={styles.providerNote}>{texts.noKeychain(words(vault.keychain.reason))}</p>
          )}
        </div>
        <div className={styles.vaultFoot}>
          <Button small onClick={() => setChoosing(true)}>
            {texts.change}
          </Button>
        </div>
      </Panel>
      <Dialog open={choosing} onClose={() => setChoosing(false)} title={texts.title} description={texts.changeMore}>
        <VaultChoices vault={vault} onChosen={() => setChoosing(false)} onCancel={() => setChoosing(false)} />
      </Dialog>
    </Section>
  )
}

function meaningOf(vault: VaultStatus): string {
  const { meanings } = textsNow(PROVIDERS_TEXTS).vault
  switch (vault.backend) {
    case 'keychain':
      return meanings.keychain
    case 'file':
      return meanings.file
    case 'environment':
      return meanings.environment
    case 'memory':
      return meanings.memory
    case undefined:
      return meanings.none
  }
}
