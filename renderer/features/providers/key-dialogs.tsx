import { type FormEvent, type ReactElement, useState } from 'react'
import type { CredentialSummary } from '../../../shared/api/keys.ts'
import type { ApiFailure } from '../../../shared/contract.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm, Dialog, DialogActions } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { deleteKey, renameKey, replaceKey } from './actions.ts'
import styles from './providers.module.css'

interface KeyDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly credential: CredentialSummary
}

export function RenameKey({ open, onClose, credential }: KeyDialogProps): ReactElement {
  return (
    <Dialog open={open} onClose={onClose} title="Rename key">
      <OneFieldForm
        label="Name"
        initial={credential.label}
        action="Rename"
        onSend={(label) => renameKey(credential, label)}
        onDone={onClose}
        onCancel={onClose}
        maxLength={60}
      />
    </Dialog>
  )
}

export function ReplaceKey({ open, onClose, credential, providerName }: KeyDialogProps & { readonly providerName: string }): ReactElement {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Replace “${credential.label}”`}
      description={`The new key is tried with ${providerName} and takes this one’s place in the order. The old one is forgotten.`}
    >
      <OneFieldForm label="New key" secret action="Replace key" onSend={(secret) => replaceKey(credential.id, secret)} onDone={onClose} onCancel={onClose} />
    </Dialog>
  )
}

export function DeleteKey({ open, onClose, credential, providerName }: KeyDialogProps & { readonly providerName: string }): ReactElement {
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={`Delete “${credential.label}”?`}
      action="Delete key"
      onConfirm={async () => (await deleteKey(credential))?.message}
    >
      {`Switchyard forgets this key for ${providerName}; it cannot be brought back from here. At ${providerName} it stays valid until you revoke it there.`}
    </Confirm>
  )
}

interface OneFieldFormProps {
  readonly label: string
  readonly initial?: string
  /** Hidden while typed, and out of the form before it is sent. */
  readonly secret?: boolean
  readonly action: string
  readonly maxLength?: number
  readonly onSend: (text: string) => Promise<ApiFailure | undefined>
  readonly onDone: () => void
  readonly onCancel: () => void
}

function OneFieldForm({ label, initial = '', secret = false, action, maxLength, onSend, onDone, onCancel }: OneFieldFormProps): ReactElement {
  const [text, setText] = useState(initial)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiFailure>()
  async function send(): Promise<void> {
    setBusy(true)
    setFailure(undefined)
    if (secret) setText('')
    const failed = await onSend(text)
    setBusy(false)
    if (failed === undefined) onDone()
    else setFailure(failed)
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    if (text.trim() !== '') void send()
  }
  return (
    <form className={styles.dialogForm} onSubmit={onSubmit}>
      <TextField
        label={label}
        value={text}
        onValue={setText}
        error={failure?.message}
        disabled={busy}
        maxLength={maxLength}
        mono={secret}
        type={secret ? 'password' : 'text'}
        data-1p-ignore
        data-lpignore="true"
      />
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="primary" type="submit" disabled={busy || text.trim() === ''}>
          {busy && secret ? 'Trying the key' : action}
        </Button>
      </DialogActions>
    </form>
  )
}
