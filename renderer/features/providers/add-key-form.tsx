import { KeyRound, X } from 'lucide-react'
import { type FormEvent, type ReactElement, useMemo } from 'react'
import type { VaultStatus } from '../../../shared/api/keys.ts'
import type { ProviderSummary } from '../../../shared/api/providers.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { useNow } from '../../ui/now.ts'
import { Picker } from '../../ui/picker.tsx'
import { Notice } from '../../ui/status.tsx'
import { chooseProvider, dismissStored, saveKey, typeLabel, typeSecret } from './actions.ts'
import styles from './providers.module.css'
import { type Recognised, recogniseProvider } from './recognise.ts'
import { validationSentence } from './sentences.ts'
import { type Stored, useAddKey } from './store.ts'
import { PROVIDERS_TEXTS } from './texts.ts'
import { UnlockForm } from './unlock-form.tsx'

/** Where "Add a key" elsewhere on the screen puts the focus. */
export const KEY_FIELD_ID = 'paste-a-key'

/** After this long a provider is called slow, so that waiting does not look like hanging. */
const SLOW_AFTER_MS = 8000

/** Paste, Enter: the provider is recognised by the key's beginning and the key is tried before one looks away. */
export function AddKeyForm({ providers, vault }: { readonly providers: readonly ProviderSummary[]; readonly vault: VaultStatus }): ReactElement {
  const { form: texts } = useTexts(PROVIDERS_TEXTS)
  const form = useAddKey()
  const recognised = useMemo(() => recogniseProvider(form.secret, providers), [form.secret, providers])
  const options = useMemo(() => providers.filter((each) => each.takesKey).map(({ id, name }) => ({ value: id, label: name })), [providers])
  if (vault.locked) return <UnlockForm />
  if (!vault.writable) return <Notice tone="idle">{texts.environmentOnly}</Notice>

  const saving = form.phase.is === 'saving'
  const chosen = form.chosen ?? (recognised.is === 'one' ? recognised.provider.id : undefined)
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    void saveKey()
  }
  return (
    <form className={styles.addKey} onSubmit={onSubmit} aria-label={texts.label}>
      <div className={styles.addKeyRow}>
        <div className={styles.secretField}>
          <TextField
            label={texts.paste}
            type="password"
            mono
            placeholder={saving ? texts.sent : texts.pasteHint}
            value={form.secret}
            onValue={typeSecret}
            readOnly={saving}
            error={form.failure?.field === 'provider' || form.failure?.field === 'label' ? undefined : form.failure?.message}
            data-field={KEY_FIELD_ID}
            data-1p-ignore
            data-lpignore="true"
          />
        </div>
        <Picker
          label={texts.provider}
          options={options}
          value={chosen}
          onValue={chooseProvider}
          placeholder={texts.recognised}
          error={form.failure?.field === 'provider' ? form.failure.message : undefined}
        />
        <TextField
          label={texts.name}
          placeholder={texts.optional}
          value={form.label}
          onValue={typeLabel}
          readOnly={saving}
          maxLength={60}
          error={form.failure?.field === 'label' ? form.failure.message : undefined}
        />
        <Button variant="primary" type="submit" className={styles.saveButton} icon={<KeyRound aria-hidden />} disabled={saving}>
          {texts.save}
        </Button>
      </div>
      {form.phase.is === 'saving' ? (
        <Saving name={nameOf(providers, form.phase.provider)} since={form.phase.since} />
      ) : (
        form.chosen === undefined && <RecognisedLine recognised={recognised} typed={form.secret.trim() !== ''} />
      )}
      {form.stored !== undefined && <StoredNotice stored={form.stored} name={nameOf(providers, form.stored.credential.provider)} />}
    </form>
  )
}

function Saving({ name, since }: { readonly name: string; readonly since: number }): ReactElement {
  const { form: texts } = useTexts(PROVIDERS_TEXTS)
  const now = useNow(1000)
  const slow = now - since > SLOW_AFTER_MS
  return (
    <p className={styles.recognised} role="status">
      <span className={styles.spinner} aria-hidden="true" />
      {slow ? texts.slow(name) : texts.trying(name)}
    </p>
  )
}

function RecognisedLine({ recognised, typed }: { readonly recognised: Recognised; readonly typed: boolean }): ReactElement {
  const { form: texts } = useTexts(PROVIDERS_TEXTS)
  return (
    <p className={styles.recognised} role="status">
      {recognised.is === 'one' && texts.looksLike(recognised.provider.name)}
      {recognised.is === 'nothing' && (typed ? texts.unknown : texts.howRecognised)}
      {recognised.is === 'several' && (
        <>
          {texts.several}
          {recognised.providers.map((provider) => (
            <Button key={provider.id} small onClick={() => chooseProvider(provider.id)}>
              {provider.name}
            </Button>
          ))}
        </>
      )}
    </p>
  )
}

/** How the last key fared: stored it is in any case, and what the provider thinks of it is said in full. */
function StoredNotice({ stored, name }: { readonly stored: Stored; readonly name: string }): ReactElement {
  const { form: texts } = useTexts(PROVIDERS_TEXTS)
  const sentence = validationSentence(stored.validation, name)
  return (
    <Notice tone={sentence.tone}>
      <span className={styles.storedWords}>
        <b>{texts.stored[stored.verb](stored.credential.label)}</b> {sentence.long}
        {sentence.said !== undefined && sentence.said !== '' && <span className={styles.said}>{sentence.said}</span>}
      </span>
      <IconButton label={texts.dismiss} small onClick={dismissStored}>
        <X aria-hidden />
      </IconButton>
    </Notice>
  )
}

function nameOf(providers: readonly ProviderSummary[], id: string): string {
  return providers.find((provider) => provider.id === id)?.name ?? id
}
