import { type FormEvent, type ReactElement, useState } from 'react'
import type { CredentialSummary } from '../../../shared/api/keys.ts'
import type { ApiFailure } from '../../../shared/contract.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm, Dialog, DialogActions } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { deleteKey, renameKey, replaceKey } from './actions.ts'
import styles from './providers.module.css'
import { PROVIDERS_TEXTS } from './texts.ts'

interface KeyDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly credential: CredentialSummary
}

export function RenameKey({ open, onClose, credential }: KeyDialogProps): ReactElement {
  const { key: texts } = useTexts(PROVIDERS_TEXTS)
  return (
    <Dialog open={open} onClose={onClose} title={texts.renameTitle}>
      <OneFieldForm
        label={texts.name}
        initial={credential.label}
        action={texts.rename}
        onSend={(label) => renameKey(credential, label)}
        onDone={onClose}
        onCancel={onClose}
        maxLength={60}
      />
    </Dialog>
  )
}

export function ReplaceKey({ open, onClose, credential, providerName }: KeyDialogProps & { readonly providerName: string }): ReactElement {
  const { key: texts } = useTexts(PROVIDERS_TEXTS)
  return (
    <Dialog open={open} onClose={onClose} title={texts.replaceTitle(credential.label)} description={texts.replaceMore(providerName)}>
      <OneFieldForm
        label={texts.newKey}
        secret
        action={texts.replace}
        onSend={(secret) => replaceKey(credential.id, secret)}
        onDone={onClose}
        onCancel={onClose}
      />
    </Dialog>
  )
}

export function DeleteKey({ open, onClose, credential, providerName }: KeyDialogProps & { readonly providerName: string }): ReactElement {
  const { key: texts } = useTexts(PROVIDERS_TEXTS)
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={texts.deleteTitle(credential.label)}
      action={texts.deleteKey}
      onConfirm={async () => (await deleteKey(credential))?.message}
    >
      {texts.deleteMore(providerName)}
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
  const { key: texts, cancel } = useTexts(PROVIDERS_TEXTS)
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
        readOnly={busy}
        maxLength={maxLength}
        mono={secret}
        type={secret ? 'password' : 'text'}
        data-1p-ignore
        data-lpignore="true"
      />
      <DialogActions>
        <Button onClick={onCancel}>{cancel}</Button>
        <Button variant="primary" type="submit" disabled={busy || text.trim() === ''}>
          {busy && secret ? texts.trying : action}
        </Button>
      </DialogActions>
    </form>
  )
}
