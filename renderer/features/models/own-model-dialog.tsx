import { type FormEvent, type ReactElement, useState } from 'react'
import type { ApiFailure } from '../../../shared/contract.ts'
import { useMirrored } from '../../client/mirror.ts'
import { providers } from '../../client/mirrors.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Field, TextField, Toggle } from '../../ui/field.tsx'
import { addOwn, openModel } from './actions.ts'
import { amountOf, errorAt } from './amount.ts'
import styles from './models.module.css'
import { MODELS_TEXTS } from './texts.ts'

const NUMBERS = ['context', 'output', 'inputPrice', 'outputPrice'] as const
type NumberField = (typeof NUMBERS)[number]
const ABILITIES = ['tools', 'reasoning', 'json-schema'] as const
const MOST_TOKENS = 1_000_000_000
const NAMED = new Set(['provider', 'id', 'name', 'context', 'output', 'input'])

/** A model that no source knows. */
export function OwnModelDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  return (
    <Dialog open={open} onClose={onClose} title={texts.ownDialog} description={texts.ownHint}>
      <Fields onClose={onClose} />
    </Dialog>
  )
}

function Fields({ onClose }: { readonly onClose: () => void }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const choices = useMirrored(providers)?.filter(({ simulated }) => !simulated) ?? []
  const [provider, setProvider] = useState('')
  const [id, setId] = useState('')
  const [name, setName] = useState('')
  const [typed, setTyped] = useState<Readonly<Record<NumberField, string>>>({ context: '', output: '', inputPrice: '', outputPrice: '' })
  const [can, setCan] = useState<readonly string[]>([])
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<ApiFailure>()
  const chosen = provider === '' ? (choices[0]?.id ?? '') : provider
  const amount = (field: NumberField) => amountOf(typed[field], field === 'context' || field === 'output' ? MOST_TOKENS : undefined)
  const titles = {
    context: texts.contextWindow,
    output: texts.longestAnswer,
    inputPrice: `${texts.buckets.input}, ${texts.perMillion}`,
    outputPrice: `${texts.buckets.output}, ${texts.perMillion}`,
  }

  async function send(): Promise<void> {
    const [context, output, input, answer] = NUMBERS.map((field) => amount(field) ?? undefined)
    const failed = await addOwn({
      provider: chosen,
      id: id.trim(),
      ...(name.trim() !== '' && { name: name.trim() }),
      ...(context !== undefined && { context }),
      ...(output !== undefined && { output }),
      ...(can.length > 0 && { abilities: Object.fromEntries(can.map((each) => [each, true])) }),
      ...((input !== undefined || answer !== undefined) && {
        price: { ...(input !== undefined && { input }), ...(answer !== undefined && { output: answer }) },
      }),
    })
    setFailure(failed)
    if (failed !== undefined) return
    openModel(`${chosen}/${id.trim()}`)
    onClose()
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (NUMBERS.every((field) => amount(field) !== null)) void send()
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <Field label={texts.provider} error={errorAt(failure, 'provider')}>
        {(wiring) => (
          <select {...wiring} className={styles.select} value={chosen} onChange={(event) => setProvider(event.target.value)}>
            {choices.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField label={texts.ownId} mono value={id} onValue={setId} maxLength={200} error={errorAt(failure, 'id')} />
      <TextField label={texts.ownName} value={name} onValue={setName} maxLength={200} error={errorAt(failure, 'name')} />
      <div className={styles.grid}>
        {NUMBERS.map((field) => (
          <TextField
            key={field}
            label={titles[field]}
            inputMode="decimal"
            value={typed[field]}
            onValue={(value) => setTyped((all) => ({ ...all, [field]: value }))}
            error={tried && amount(field) === null ? texts.notANumber : fieldError(failure, field)}
          />
        ))}
      </div>
      {ABILITIES.map((each) => (
        <Toggle
          key={each}
          label={texts.switches[each]}
          checked={can.includes(each)}
          onChecked={(on) => setCan((all) => (on ? [...all, each] : all.filter((other) => other !== each)))}
        />
      ))}
      {failure !== undefined && !NAMED.has(failure.field?.split('.').at(-1) ?? '') && (
        <p className={styles.failed} role="alert">
          {failure.message}
        </p>
      )}
      <DialogActions>
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button variant="primary" type="submit" disabled={chosen === '' || id.trim() === ''}>
          {texts.add}
        </Button>
      </DialogActions>
    </form>
  )
}

/** `output` is a limit and, below `price`, a price. */
function fieldError(failure: ApiFailure | undefined, field: NumberField): string | undefined {
  const path = { context: 'context', output: 'output', inputPrice: 'price.input', outputPrice: 'price.output' }[field]
  return failure?.field === path ? failure.message : undefined
}
