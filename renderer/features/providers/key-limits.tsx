import { type FormEvent, type ReactElement, useState } from 'react'
import type { CredentialSummary } from '../../../shared/api/keys.ts'
import type { Settings } from '../../../shared/settings.ts'
import { useMirrored } from '../../client/mirror.ts'
import { settings } from '../../client/mirrors.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Chip } from '../../ui/status.tsx'
import { setKeyLimits } from './actions.ts'
import { KEY_LIMITS, type KeyLimit, readLimit, type TypedLimit } from './limits.ts'
import styles from './providers.module.css'
import { PROVIDERS_TEXTS } from './texts.ts'

interface KeyLimitsProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly credential: CredentialSummary
}

/** How large a share of its provider's requests a key gets, and how much it may be used. */
export function KeyLimits({ open, onClose, credential }: KeyLimitsProps): ReactElement {
  const { limits: texts } = useTexts(PROVIDERS_TEXTS)
  const now = useMirrored(settings)
  return (
    <Dialog open={open} onClose={onClose} title={texts.title(credential.label)} description={texts.description}>
      {now !== undefined && <LimitsForm credential={credential} settings={now} onDone={onClose} />}
    </Dialog>
  )
}

function LimitsForm({
  credential,
  settings: now,
  onDone,
}: {
  readonly credential: CredentialSummary
  readonly settings: Settings
  readonly onDone: () => void
}): ReactElement {
  const { limits: texts, cancel } = useTexts(PROVIDERS_TEXTS)
  const limit = now.routing.keyLimits[credential.id] ?? {}
  const [typed, setTyped] = useState<TypedLimit>({
    weight: String(limit.weight ?? ''),
    rpm: String(limit.rpm ?? ''),
    tpm: String(limit.tpm ?? ''),
    concurrency: String(limit.concurrency ?? ''),
  })
  const [failure, setFailure] = useState<string>()
  const read = readLimit(typed)
  async function save(value: KeyLimit): Promise<void> {
    const failed = await setKeyLimits(credential.id, value)
    setFailure(failed?.message)
    if (failed === undefined) onDone()
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    if (read.is === 'limit') void save(read.limit)
  }
  return (
    <form className={styles.dialogForm} onSubmit={onSubmit}>
      {KEY_LIMITS.map((name) => (
        <TextField
          key={name}
          label={texts.fields[name].label}
          hint={texts.fields[name].hint}
          inputMode="decimal"
          placeholder={texts.none}
          value={typed[name]}
          onValue={(text) => setTyped({ ...typed, [name]: text })}
          error={read.is === 'unreadable' && read.fields.includes(name) ? texts.refused[name] : name === 'concurrency' ? failure : undefined}
        />
      ))}
      <DialogActions>
        <Button onClick={onDone}>{cancel}</Button>
        <Button variant="primary" type="submit" disabled={read.is === 'unreadable'}>
          {texts.save}
        </Button>
      </DialogActions>
    </form>
  )
}

/** What is set for a key, beside its name. */
export function LimitChips({ credential }: { readonly credential: CredentialSummary }): ReactElement | null {
  const { limits: texts } = useTexts(PROVIDERS_TEXTS)
  const limit = useMirrored(settings)?.routing.keyLimits[credential.id]
  if (limit === undefined) return null
  return (
    <>
      {KEY_LIMITS.map((name) => {
        const value = limit[name]
        return value === undefined ? null : <Chip key={name}>{texts.chip[name](value)}</Chip>
      })}
    </>
  )
}
