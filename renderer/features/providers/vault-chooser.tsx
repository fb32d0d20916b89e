import { type FormEvent, type ReactElement, useState } from 'react'
import type { VaultBackend, VaultStatus } from '../../../shared/api/keys.ts'
import { textsNow, useTexts } from '../../i18n/texts.ts'
import { words } from '../../messages/words.ts'
import { Button } from '../../ui/button.tsx'
import { DialogActions } from '../../ui/dialog.tsx'
import { Choice, TextField } from '../../ui/field.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import { chooseVault } from './actions.ts'
import styles from './providers.module.css'
import { type VaultChoice, vaultChoices } from './sentences.ts'
import { PROVIDERS_TEXTS } from './texts.ts'

const LEAST_PASSPHRASE = 8

/** Asked once, where there is no keychain: nothing is stored in plain text in silence. */
export function VaultChooser({ vault }: { readonly vault: VaultStatus }): ReactElement {
  const { vault: texts } = useTexts(PROVIDERS_TEXTS)
  return (
    <Section title={texts.question}>
      <Panel>
        <div className={styles.chooser}>
          <p className={styles.providerNote}>{texts.unusable(vault.keychain.name, vault.keychain.reason && words(vault.keychain.reason).replace(/\.$/, ''))}</p>
          <VaultChoices vault={vault} />
        </div>
      </Panel>
    </Section>
  )
}

export interface VaultChoicesProps {
  readonly vault: VaultStatus
  readonly onChosen?: () => void
  readonly onCancel?: () => void
}

export function VaultChoices({ vault, onChosen, onCancel }: VaultChoicesProps): ReactElement {
  const { vault: texts, cancel } = useTexts(PROVIDERS_TEXTS)
  const choices = choicesFor(vault)
  const [backend, setBackend] = useState<VaultBackend | undefined>(vault.backend ?? choices[0]?.backend)
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const differs = backend === 'file' && again !== '' && again !== passphrase

  async function choose(chosen: VaultBackend): Promise<void> {
    setBusy(true)
    setError(undefined)
    const failure = await chooseVault(chosen, chosen === 'file' ? passphrase : undefined)
    setBusy(false)
    setPassphrase('')
    setAgain('')
    if (failure === undefined) onChosen?.()
    else setError(failure.message)
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    if (backend !== undefined) void choose(backend)
  }
  const ready = backend !== undefined && (backend !== 'file' || (passphrase.length >= LEAST_PASSPHRASE && again === passphrase))
  return (
    <form className={styles.dialogForm} onSubmit={onSubmit}>
      <Choice
        label={texts.title}
        hideLabel
        value={backend}
        onValue={setBackend}
        options={choices.map((choice) => ({ value: choice.backend, title: choice.title, note: <ChoiceNote choice={choice} /> }))}
      />
      {backend === 'file' && (
        <div className={styles.passphrases}>
          <TextField
            label={texts.passphrase}
            type="password"
            autoComplete="new-password"
            hint={texts.passphraseHint(LEAST_PASSPHRASE)}
            value={passphrase}
            onValue={setPassphrase}
          />
          <TextField
            label={texts.again}
            type="password"
            autoComplete="new-password"
            value={again}
            onValue={setAgain}
            error={differs ? texts.differ : undefined}
          />
        </div>
      )}
      {error !== undefined && (
        <p className={styles.explained} data-tone="bad" role="alert">
          {error}
        </p>
      )}
      <DialogActions>
        {onCancel !== undefined && <Button onClick={onCancel}>{cancel}</Button>}
        <Button variant="primary" type="submit" disabled={busy || !ready}>
          {texts.keep}
        </Button>
      </DialogActions>
    </form>
  )
}

function ChoiceNote({ choice }: { readonly choice: VaultChoice }): ReactElement {
  const { risk } = useTexts(PROVIDERS_TEXTS).vault
  return (
    <>
      {choice.gain}
      <span className={styles.risk}>
        <b>{risk}</b> {choice.risk}
      </span>
    </>
  )
}

/** The keychain is offered first wherever it works. */
function choicesFor(vault: VaultStatus): readonly VaultChoice[] {
  const { vault: texts } = textsNow(PROVIDERS_TEXTS)
  if (!vault.keychain.works) return vaultChoices()
  const keychain: VaultChoice = {
    backend: 'keychain',
    title: vault.keychain.name,
    gain: texts.gains.keychain,
    risk: texts.risks.keychain,
  }
  return [keychain, ...vaultChoices()]
}
