import type { ReactElement } from 'react'
import { useMirrored } from '../../../client/mirror.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button } from '../../../ui/button.tsx'
import { formatMoment } from '../../../ui/figures.ts'
import { useNow } from '../../../ui/now.ts'
import { backups, undoImport } from './actions.ts'
import { TRANSFER_TEXTS } from './texts.ts'
import styles from './transfer.module.css'

export function Backups(): ReactElement {
  const texts = useTexts(TRANSFER_TEXTS)
  const kept = useMirrored(backups) ?? []
  const now = useNow(60_000)
  return (
    <div className={styles.form}>
      <p className={styles.hint}>{kept.length === 0 ? texts.noBackups : texts.backupsLead}</p>
      {kept.length > 0 && (
        <ul className={styles.backups}>
          {kept.map(({ name, at, parts }) => (
            <li key={name}>
              <span>{formatMoment(at, now)}</span>
              <span className={styles.part}>{parts.map((part) => texts.partNames[part].split(':')[0]).join(', ')}</span>
              <Button small aria-label={texts.undoOf(formatMoment(at, now))} onClick={() => void undoImport(name)}>
                {texts.undo}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
