import { FolderOpen } from 'lucide-react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { live } from '../../client/live.ts'
import { useMirrored } from '../../client/mirror.ts'
import { connectStatus, totals } from '../../client/mirrors.ts'
import { useTexts } from '../../i18n/texts.ts'
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

/** What works just now, each with what to do where it does not. */
export function Doctor(): ReactElement {
  const { doctor: texts } = useTexts(SETTINGS_TEXTS)
  const unpriced = useMirrored(totals)?.unpriced ?? 0
  const isLive = useStore(live.connection, ({ is }) => is === 'live')
  return (
    <>
      <Finding tone={isLive ? 'ok' : 'bad'} name={texts.engine} words={isLive ? texts.engineOn : texts.engineOff} />
      <Finding
        tone={unpriced === 0 ? 'ok' : 'warn'}
        name={texts.prices}
        words={unpriced === 0 ? texts.pricesAll : texts.pricesMissing(formatCount(unpriced))}
      />
      <Checks />
    </>
  )
}
