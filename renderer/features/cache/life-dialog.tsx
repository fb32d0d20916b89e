import { type FormEvent, type ReactElement, useState } from 'react'
import type { CacheEntrySummary } from '../../../shared/cache.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { setLife } from './actions.ts'
import styles from './cache.module.css'

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
  const [hours, setHours] = useState('24')
  const [error, setError] = useState<string | undefined>(undefined)
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const count = Number(hours.replace(',', '.'))
    if (!(count > 0 && count <= MOST_HOURS)) return setError(`A number of hours, up to ${MOST_HOURS}.`)
    const message = await setLife(entry.key, Math.max(1, Math.round(count * HOUR_SECONDS)))
    setError(message)
    if (message === undefined) onClose()
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Change life"
      description={entry.pinned ? 'It is pinned, and stays as long as it is; this counts once it is unpinned.' : 'Counted from now.'}
    >
      <form className={styles.form} onSubmit={(event) => void save(event)}>
        <TextField label="Hours" inputMode="decimal" value={hours} onValue={setHours} unit="h" error={error} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit">
            Change
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
