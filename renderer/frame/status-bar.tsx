import { LockKeyhole } from 'lucide-react'
import type { ReactElement } from 'react'
import type { VaultStatus } from '../../shared/api/keys.ts'
import { useMirrored } from '../client/mirror.ts'
import { connectStatus, totals, vaultStatus } from '../client/mirrors.ts'
import { classes } from '../ui/button.tsx'
import { hashOf } from './route.ts'
import styles from './status-bar.module.css'

export function StatusBar(): ReactElement {
  const status = useMirrored(connectStatus)
  const vault = useMirrored(vaultStatus)
  const active = useMirrored(totals)?.active ?? 0
  return (
    <footer className={styles.bar}>
      <span>
        <span className={classes(styles.pulse, active > 0 && styles.busy)} />
        {active === 0 ? 'Idle' : `${active} active ${active === 1 ? 'request' : 'requests'}`}
      </span>
      <span className={styles.fill} />
      {vault !== undefined && (
        <a href={hashOf('providers')} title="Where your provider keys rest">
          <LockKeyhole aria-hidden size={12} />
          {backendName(vault)}
        </a>
      )}
      {status !== undefined && (
        <span>
          {status.mode === 'headless' ? 'Headless, ' : ''}v{status.version}
        </span>
      )}
    </footer>
  )
}

function backendName(vault: VaultStatus): string {
  switch (vault.backend) {
    case undefined:
      return 'Keys: not chosen yet'
    case 'keychain':
      return `Keys: ${vault.keychain.name}`
    case 'file':
      return vault.locked ? 'Keys: encrypted file, locked' : 'Keys: encrypted file'
    case 'environment':
      return 'Keys: environment'
    case 'memory':
      return 'Keys: memory only'
  }
}
