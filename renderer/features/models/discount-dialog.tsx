import { type FormEvent, type ReactElement, useState } from 'react'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { useMirrored } from '../../client/mirror.ts'
import { catalog } from '../../client/mirrors.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Choice, TextField } from '../../ui/field.tsx'
import { setDiscount } from './actions.ts'
import { amountOf } from './amount.ts'
import styles from './models.module.css'
import { MODELS_TEXTS } from './texts.ts'

interface DiscountDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly row: ModelRow
}

/** What the user has agreed on with the provider. */
export function DiscountDialog(props: DiscountDialogProps): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  return (
    <Dialog open={props.open} onClose={props.onClose} title={texts.discountDialog} description={props.row.id}>
      <Fields {...props} />
    </Dialog>
  )
}

function Fields({ row, onClose }: DiscountDialogProps): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const discounts = useMirrored(catalog)?.own.discounts ?? {}
  const [reach, setReach] = useState<'model' | 'provider'>(discounts[row.id] === undefined && discounts[row.provider] !== undefined ? 'provider' : 'model')
  const of = reach === 'model' ? row.id : row.provider
  const [typed, setTyped] = useState<string>()
  const shown = typed ?? String(discounts[of] ?? '')
  const [error, setError] = useState<string>()

  async function send(percent: number | null): Promise<void> {
    const failure = await setDiscount(of, percent)
    setError(failure?.message)
    if (failure === undefined) onClose()
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    const percent = amountOf(shown, 100)
    if (percent === null || percent === undefined) setError(texts.percentRange)
    else void send(percent)
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <Choice
        label={texts.discountFor}
        value={reach}
        onValue={(value) => {
          setReach(value)
          setTyped(undefined)
        }}
        options={[
          { value: 'model', title: texts.forModel },
          { value: 'provider', title: texts.forProvider(row.providerName) },
        ]}
      />
      <TextField label={texts.percent} inputMode="decimal" unit="%" value={shown} onValue={setTyped} error={error} />
      <DialogActions>
        {discounts[of] !== undefined && <Button onClick={() => void send(null)}>{texts.takeBack}</Button>}
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button variant="primary" type="submit">
          {texts.save}
        </Button>
      </DialogActions>
    </form>
  )
}
