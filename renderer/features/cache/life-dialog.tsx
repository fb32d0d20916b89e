import { type FormEvent, type ReactElement, useState } from 'react'
import type { CacheEntrySummary } from '../../../shared/cache.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { setLife } from './actions.ts'
import styles from './dialogs.module.css'
import { CACHE_TEXTS } from './texts.ts'

const HOUR_SECONDS = 3_600
const MOST_HOURS = 8_760

/** How long an answer lives from now on. */
export function LifeDialog({
  open,
  onClose,
  entry,
}: {
  readonly open: boolean
  readonly onClose: () => void
  readonly entry: CacheEntrySummary
}): ReactElement {
  const { lifeDialog: texts, cancel } = useTexts(CACHE_TEXTS)
  const [hours, setHours] = useState('24')
  const [error, setError] = useState<string | undefined>(undefined)
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const count = Number(hours.replace(',', '.'))
    if (!(count > 0 && count <= MOST_HOURS)) return setError(texts.refused(MOST_HOURS))
    const message = await setLife(entry.key, Math.max(1, Math.round(count * HOUR_SECONDS)))
    setError(message)
    if (message === undefined) onClose()
  }
  return (
    <Dialog open={open} onClose={onClose} title={texts.title} description={entry.pinned ? texts.pinned : texts.fromNow}>
      <form className={styles.form} onSubmit={(event) => void save(event)}>
        <TextField label={texts.hours} inputMode="decimal" value={hours} onValue={setHours} unit="h" error={error} />
        <DialogActions>
          <Button onClick={onClose}>{cancel}</Button>
          <Button variant="primary" type="submit">
            {texts.change}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
