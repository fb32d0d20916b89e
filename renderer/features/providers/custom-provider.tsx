import { type FormEvent, type ReactElement, useState } from 'react'
import type { ApiFailure } from '../../../shared/contract.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { TextField, Toggle } from '../../ui/field.tsx'
import { addCustomProvider, type CustomProviderForm } from './actions.ts'
import styles from './providers.module.css'
import { PROVIDERS_TEXTS } from './texts.ts'

const BLANK: CustomProviderForm = { id: '', name: '', baseUrl: '', needsKey: true }

/** An OpenAI-compatible server by its address: vLLM, llama.cpp, a company gateway. */
export function CustomProviderDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactElement {
  const texts = useTexts(PROVIDERS_TEXTS)
  return (
    <Dialog open={open} onClose={onClose} title={texts.addAddress} description={texts.custom.description}>
      <CustomProviderFields onClose={onClose} />
    </Dialog>
  )
}

function CustomProviderFields({ onClose }: { readonly onClose: () => void }): ReactElement {
  const texts = useTexts(PROVIDERS_TEXTS)
  const [form, setForm] = useState(BLANK)
  const [ownId, setOwnId] = useState(false)
  const [failure, setFailure] = useState<ApiFailure>()
  const [busy, setBusy] = useState(false)
  const change = (changed: Partial<CustomProviderForm>) => setForm((before) => ({ ...before, ...changed }))
  const errorAt = (field: keyof CustomProviderForm) => (failure?.field === field ? failure.message.replace(`${field}: `, '') : undefined)

  async function send(): Promise<void> {
    setBusy(true)
    const failed = await addCustomProvider({ ...form, baseUrl: form.baseUrl.trim() })
    setBusy(false)
    if (failed === undefined) onClose()
    else setFailure(failed)
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    void send()
  }
  return (
    <form className={styles.dialogForm} onSubmit={onSubmit}>
      <TextField
        label={texts.custom.base}
        mono
        placeholder="http://192.168.1.20:8000/v1"
        hint={texts.custom.baseHint}
        value={form.baseUrl}
        onValue={(baseUrl) => change({ baseUrl })}
        error={errorAt('baseUrl')}
      />
      <TextField
        label={texts.custom.name}
        placeholder={texts.custom.nameExample}
        value={form.name}
        maxLength={60}
        onValue={(name) => change(ownId ? { name } : { name, id: idFor(name) })}
        error={errorAt('name')}
      />
      <TextField
        label={texts.custom.short}
        mono
        hint={texts.custom.shortHint(form.id === '' ? texts.custom.shortExample : form.id)}
        value={form.id}
        onValue={(id) => {
          setOwnId(true)
          change({ id })
        }}
        error={errorAt('id')}
      />
      <Toggle label={texts.custom.needsKey} hint={texts.custom.needsKeyHint} checked={form.needsKey} onChecked={(needsKey) => change({ needsKey })} />
      {(failure?.field === 'inPrivateNetwork' || form.inPrivateNetwork === true) && (
        <Toggle
          label={texts.custom.private}
          hint={errorAt('inPrivateNetwork') ?? texts.custom.privateHint}
          checked={form.inPrivateNetwork === true}
          onChecked={(inPrivateNetwork) => change({ inPrivateNetwork })}
        />
      )}
      {failure !== undefined && failure.field === undefined && (
        <p className={styles.explained} data-tone="bad" role="alert">
          {failure.message}
        </p>
      )}
      <DialogActions>
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button variant="primary" type="submit" disabled={busy || form.baseUrl.trim() === '' || form.name.trim() === '' || form.id === ''}>
          {texts.add}
        </Button>
      </DialogActions>
    </form>
  )
}

/** `vLLM in the lab` gives `vllm-in-the-lab`. */
function idFor(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 39)
}
