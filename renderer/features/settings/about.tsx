import { FolderOpen } from 'lucide-react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { ConnectStatus } from '../../../shared/api/connect.ts'
import type { VaultStatus } from '../../../shared/api/keys.ts'
import { live } from '../../client/live.ts'
import { useMirrored } from '../../client/mirror.ts'
import { connectStatus, totals, vaultStatus } from '../../client/mirrors.ts'
import { textsNow, useTexts } from '../../i18n/texts.ts'
import { words } from '../../messages/words.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { formatCount } from '../../ui/figures.ts'
import { revealDataFolder } from './actions.ts'
import { Checks } from './doctor/checks.tsx'
import { Finding } from './doctor/finding.tsx'
import styles from './settings.module.css'
import { SETTINGS_TEXTS } from './texts.ts'

export function DataFolder(): ReactElement {
  const texts = useTexts(SETTINGS_TEXTS)
  const status = useMirrored(connectStatus)
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <code className={styles.path}>{status?.dataDir ?? '…'}</code>
        <span className={styles.hint}>{texts.items.dataFolder.hint}</span>
      </div>
      {status !== undefined && <CopyButton text={status.dataDir} label={texts.copyPath} />}
      {window.switchyardNative !== undefined && (
        <Button small icon={<FolderOpen aria-hidden />} onClick={() => void revealDataFolder()}>
          {texts.show}
        </Button>
      )}
    </div>
  )
}

export function Version(): ReactElement {
  const texts = useTexts(SETTINGS_TEXTS)
  const status = useMirrored(connectStatus)
  return (
    <div className={styles.row}>
      <span className={styles.rowTitle}>{texts.items.version.label}</span>
      <span className={styles.version}>{status === undefined ? '…' : `${status.version}, ${status.mode === 'desktop' ? texts.desktop : texts.headless}`}</span>
    </div>
  )
}

function endpointWords({ address, stopped, lanAddresses }: ConnectStatus): string {
  const { doctor: texts } = textsNow(SETTINGS_TEXTS)
  if (address === undefined) return texts.endpointOff
  if (stopped) return texts.endpointStopped
  return lanAddresses.length === 0 ? texts.endpointOn(address) : texts.endpointLan(address, lanAddresses.join(', '))
}

/** What works just now, each with what to do where it does not. */
export function Doctor(): ReactElement {
  const { doctor: texts } = useTexts(SETTINGS_TEXTS)
  const status = useMirrored(connectStatus)
  const vault = useMirrored(vaultStatus)
  const unpriced = useMirrored(totals)?.unpriced ?? 0
  const isLive = useStore(live.connection, ({ is }) => is === 'live')
  return (
    <>
      <Finding tone={isLive ? 'ok' : 'bad'} name={texts.engine} words={isLive ? texts.engineOn : texts.engineOff} />
      {status !== undefined && (
        <Finding tone={status.address === undefined ? 'bad' : status.stopped ? 'warn' : 'ok'} name={texts.endpoint} words={endpointWords(status)} />
      )}
      {vault !== undefined && <Finding tone={vault.backend === undefined || vault.locked ? 'warn' : 'ok'} name={texts.vault} words={vaultWords(vault)} />}
      <Finding
        tone={unpriced === 0 ? 'ok' : 'warn'}
        name={texts.prices}
        words={unpriced === 0 ? texts.pricesAll : texts.pricesMissing(formatCount(unpriced))}
      />
      <Checks />
    </>
  )
}

function vaultWords({ backend, locked, keychain }: VaultStatus): string {
  const { doctor: texts } = textsNow(SETTINGS_TEXTS)
  if (backend === undefined) return texts.vaultNone
  if (locked) return texts.vaultLocked
  const place = texts.vaultIn(backend === 'keychain' ? keychain.name : texts.places[backend])
  return keychain.works || keychain.reason === undefined ? place : `${place} ${texts.noKeychain(words(keychain.reason))}`
}
