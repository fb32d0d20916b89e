import { type FormEvent, type ReactElement, useState } from 'react'
import type { ModelRow } from '../../../shared/api/providers.ts'
import type { ApiFailure } from '../../../shared/contract.ts'
import type { WrittenPrice } from '../../../shared/models-config.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { setPrice } from './actions.ts'
import { amountOf, errorAt } from './amount.ts'
import styles from './models.module.css'
import { type Bucket, CALL_BUCKETS, TOKEN_BUCKETS, writtenFrom } from './price-buckets.ts'
import { MODELS_TEXTS } from './texts.ts'

/** What most models are charged by; the rest is folded away until one of it has a price. */
const COMMON = ['input', 'output', 'cacheRead', 'reasoning', 'cacheWrite5m', 'cacheWrite1h'] as const satisfies readonly Bucket[]
const RARE: readonly Bucket[] = [...TOKEN_BUCKETS, ...CALL_BUCKETS].filter((bucket) => !COMMON.some((common) => common === bucket))

function isCallBucket(bucket: Bucket): boolean {
  return CALL_BUCKETS.some((each) => each === bucket)
}

interface PriceDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly row: ModelRow
}

/** The user's own price in place of what sources say. */
export function PriceDialog(props: PriceDialogProps): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  return (
    <Dialog open={props.open} onClose={props.onClose} title={texts.priceDialog} description={`${props.row.id}. ${texts.priceDialogHint}`}>
      <Fields {...props} />
    </Dialog>
  )
}

function Fields({ row, onClose }: PriceDialogProps): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const [before] = useState(() => writtenFrom(row))
  const [typed, setTyped] = useState<Partial<Record<Bucket, string>>>(() =>
    Object.fromEntries([...TOKEN_BUCKETS, ...CALL_BUCKETS].map((bucket) => [bucket, before[bucket] === undefined ? '' : String(before[bucket])])),
  )
  const [source, setSource] = useState('')
  const [failure, setFailure] = useState<ApiFailure>()
  const [tried, setTried] = useState(false)
  const [moreOpen, setMoreOpen] = useState(() => RARE.some((bucket) => before[bucket] !== undefined))
  const isBad = (bucket: Bucket): boolean => amountOf(typed[bucket] ?? '') === null

  async function send(price: WrittenPrice | null): Promise<void> {
    const failed = await setPrice(row.id, price)
    setFailure(failed)
    if (failed === undefined) onClose()
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    const buckets = [...TOKEN_BUCKETS, ...CALL_BUCKETS]
    if (buckets.some(isBad)) return
    const amounts = buckets.flatMap((bucket) => {
      const amount = amountOf(typed[bucket] ?? '')
      return amount === undefined || amount === null ? [] : [[bucket, amount] as const]
    })
    void send({
      ...Object.fromEntries(amounts),
      ...(before.tiers !== undefined && { tiers: before.tiers }),
      ...(source.trim() !== '' && { source: source.trim() }),
    })
  }
  const field = (bucket: Bucket, hint?: string): ReactElement => (
    <TextField
      key={bucket}
      label={texts.buckets[bucket]}
      inputMode="decimal"
      unit="$"
      hint={hint}
      value={typed[bucket] ?? ''}
      onValue={(value) => setTyped((all) => ({ ...all, [bucket]: value }))}
      error={tried && isBad(bucket) ? texts.notANumber : errorAt(failure, bucket)}
    />
  )
  const fieldless = failure !== undefined && ![...TOKEN_BUCKETS, ...CALL_BUCKETS, 'source'].some((name) => errorAt(failure, name) !== undefined)
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <div className={styles.grid}>{COMMON.map((bucket) => field(bucket))}</div>
      <details className={styles.more} open={moreOpen || (tried && RARE.some(isBad))} onToggle={(event) => setMoreOpen(event.currentTarget.open)}>
        <summary>{texts.morePrices}</summary>
        <div className={styles.grid}>{RARE.map((bucket) => field(bucket, isCallBucket(bucket) ? texts.perCallHint : undefined))}</div>
      </details>
      <TextField label={texts.priceSource} value={source} onValue={setSource} maxLength={300} error={errorAt(failure, 'source')} />
      {before.tiers !== undefined && <p className={styles.faint}>{texts.keepsTiers}</p>}
      {fieldless && (
        <p className={styles.failed} role="alert">
          {failure.message}
        </p>
      )}
      <DialogActions>
        {row.priceIs === 'yours' && <Button onClick={() => void send(null)}>{texts.takeBack}</Button>}
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button variant="primary" type="submit">
          {texts.save}
        </Button>
      </DialogActions>
    </form>
  )
}
