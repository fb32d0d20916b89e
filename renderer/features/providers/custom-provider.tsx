import { type FormEvent, type ReactElement, useState } from 'react'
import type { ApiFailure } from '../../../shared/contract.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { TextField, Toggle } from '../../ui/field.tsx'
import { addCustomProvider, type CustomProviderForm } from './actions.ts'
import styles from './providers.module.css'

const BLANK: CustomProviderForm = { id: '', name: '', baseUrl: '', needsKey: true }

/** An OpenAI-compatible server by its address: vLLM, llama.cpp, a company gateway. */
export function CustomProviderDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactElement {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Add an address"
      description="Any server that speaks the OpenAI format: vLLM, llama.cpp, LiteLLM, your company’s gateway."
    >
      <CustomProviderFields onClose={onClose} />
    </Dialog>
  )
}

function CustomProviderFields({ onClose }: { readonly onClose: () => void }): ReactElement {
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
        label="Base address"
        mono
        placeholder="http://192.168.1.20:8000/v1"
        hint="As for the OpenAI SDK: what comes before /chat/completions."
        value={form.baseUrl}
        onValue={(baseUrl) => change({ baseUrl })}
        error={errorAt('baseUrl')}
      />
      <TextField
        label="Name"
        placeholder="vLLM in the lab"
        value={form.name}
        maxLength={60}
        onValue={(name) => change(ownId ? { name } : { name, id: idFor(name) })}
        error={errorAt('name')}
      />
      <TextField
        label="Short name"
        mono
        hint={`Its models are called ${form.id === '' ? 'short-name' : form.id}/model.`}
        value={form.id}
        onValue={(id) => {
          setOwnId(true)
          change({ id })
        }}
        error={errorAt('id')}
      />
      <Toggle label="Needs a key" hint="You add it in the next step." checked={form.needsKey} onChecked={(needsKey) => change({ needsKey })} />
      {(failure?.field === 'inPrivateNetwork' || form.inPrivateNetwork === true) && (
        <Toggle
          label="It is in my own network"
          hint={errorAt('inPrivateNetwork') ?? 'Without this an address inside a private network is not called.'}
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
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" type="submit" disabled={busy || form.baseUrl.trim() === '' || form.name.trim() === '' || form.id === ''}>
          Add
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
