import { RefreshCw } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Settings } from '../../../../shared/settings.ts'
import type { UpdateResult } from '../../../../shared/updates.ts'
import { client } from '../../../client/client.ts'
import { useMirrored } from '../../../client/mirror.ts'
import { connectStatus, updates } from '../../../client/mirrors.ts'
import { textsNow, useTexts } from '../../../i18n/texts.ts'
import { words } from '../../../messages/words.ts'
import { Button } from '../../../ui/button.tsx'
import { formatAgo, formatDay } from '../../../ui/figures.ts'
import { OutsideLink } from '../../../ui/outside-link.tsx'
import { showFailure } from '../../../ui/toast.tsx'
import styles from '../settings.module.css'
import { SETTINGS_TEXTS } from '../texts.ts'
import { UPDATE_TEXTS } from './texts.ts'

/** Which version runs, and whether a newer one was found. */
export function UpdatePanel({ settings: { updates: chosen } }: { readonly settings: Settings }): ReactElement {
  const texts = useTexts(UPDATE_TEXTS)
  const { desktop, headless } = useTexts(SETTINGS_TEXTS)
  const mode = useMirrored(connectStatus)?.mode
  const status = useMirrored(updates)
  const last = status?.last
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <span className={styles.rowTitle}>{status === undefined ? '…' : texts.running(status.running, mode === 'desktop' ? desktop : headless)}</span>
        <span className={styles.hint} role="status">
          {chosen.feed === '' ? texts.nowhere : last === undefined ? texts.never : inWords(last)}
          {chosen.feed !== '' && last?.is === 'newer' && last.page !== undefined && <OutsideLink href={last.page} label={texts.page(last.version)} inText />}
        </span>
      </div>
      <Button icon={<RefreshCw aria-hidden />} disabled={chosen.feed === '' || status?.isChecking !== false} onClick={() => void check()}>
        {status?.isChecking === true ? texts.checking : texts.check}
      </Button>
    </div>
  )
}

function inWords(last: UpdateResult): string {
  const texts = textsNow(UPDATE_TEXTS)
  const when = formatAgo(last.at, Date.now())
  switch (last.is) {
    case 'none-newer':
      return texts.newest(when)
    case 'newer':
      return texts.newer(last.version, last.releasedOn === undefined ? undefined : formatDay(Date.parse(last.releasedOn)))
    case 'failed':
      return texts.failed(when, words(last.why))
  }
}

/** What is found comes by the mirror. */
async function check(): Promise<void> {
  const result = await client['updates.check']({})
  if (!result.ok) showFailure(result.failure.message)
}
