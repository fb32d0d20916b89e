import { LockKeyhole } from 'lucide-react'
import type { ReactElement } from 'react'
import type { VaultStatus } from '../../shared/api/keys.ts'
import { useMirrored } from '../client/mirror.ts'
import { connectStatus, totals, vaultStatus } from '../client/mirrors.ts'
import { textsNow, useTexts } from '../i18n/texts.ts'
import { classes } from '../ui/button.tsx'
import { hashOf } from './route.ts'
import styles from './status-bar.module.css'
import { FRAME_TEXTS } from './texts.ts'

export function StatusBar(): ReactElement {
  const texts = useTexts(FRAME_TEXTS)
  const status = useMirrored(connectStatus)
  const vault = useMirrored(vaultStatus)
  const active = useMirrored(totals)?.active ?? 0
  return (
    <footer className={styles.bar}>
      <span>
        <span className={classes(styles.pulse, active > 0 && styles.busy)} />
        {active === 0 ? texts.idle : texts.active(active)}
      </span>
      <span className={styles.fill} />
      {vault !== undefined && (
        <a href={hashOf('providers')} title={texts.keysRest}>
          <LockKeyhole aria-hidden size={12} />
          {backendName(vault)}
        </a>
      )}
      {status !== undefined && (
        <span>
          {status.mode === 'headless' ? `${texts.headless}, ` : ''}v{status.version}
        </span>
      )}
    </footer>
  )
}

function backendName(vault: VaultStatus): string {
  const { vault: names, keychain } = textsNow(FRAME_TEXTS)
  switch (vault.backend) {
    case undefined:
      return names.none
    case 'keychain':
      return keychain(vault.keychain.name)
    case 'file':
      return vault.locked ? names.fileLocked : names.file
    case 'environment':
      return names.environment
    case 'memory':
      return names.memory
  }
}
