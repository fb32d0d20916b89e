import { type FormEvent, type ReactElement, useState } from 'react'
import type { EndpointId } from '../../../shared/ids.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Choice } from '../../ui/field.tsx'
import { reprice } from './actions.ts'
import styles from './models.module.css'
import { MODELS_TEXTS } from './texts.ts'

const DAY_MS = 86_400_000
const SPANS = ['7', '30', 'all'] as const

interface RepriceDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly endpoint: EndpointId
}

/** Charges what has been asked here at the price of now. */
export function RepriceDialog({ open, onClose, endpoint }: RepriceDialogProps): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const [span, setSpan] = useState<(typeof SPANS)[number]>('30')
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  async function send(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    const message = await reprice(endpoint, span === 'all' ? 0 : Date.now() - Number(span) * DAY_MS)
    setBusy(false)
    setError(message)
    if (message === undefined) onClose()
  }
  return (
    <Dialog open={open} onClose={onClose} title={texts.repriceDialog} description={texts.repriceHint}>
      <form className={styles.form} onSubmit={(event) => void send(event)}>
        <Choice
          label={texts.repriceSince}
          value={span}
          onValue={setSpan}
          options={SPANS.map((value) => ({ value, title: value === 'all' ? texts.everything : texts.repriceDays(Number(value)) }))}
        />
        {error !== undefined && (
          <p className={styles.failed} role="alert">
            {error}
          </p>
        )}
        <DialogActions>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button variant="primary" type="submit" disabled={busy}>
            {texts.repriceAction}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
