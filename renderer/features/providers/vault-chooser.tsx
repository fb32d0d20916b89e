import { type FormEvent, type ReactElement, useState } from 'react'
import type { VaultBackend, VaultStatus } from '../../../shared/api/keys.ts'
import { Button } from '../../ui/button.tsx'
import { DialogActions } from '../../ui/dialog.tsx'
import { Choice, TextField } from '../../ui/field.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import { chooseVault } from './actions.ts'
import styles from './providers.module.css'
import { VAULT_CHOICES, type VaultChoice } from './sentences.ts'

const LEAST_PASSPHRASE = 8

/** Asked once, where there is no keychain: nothing is stored in plain text in silence. */
export function VaultChooser({ vault }: { readonly vault: VaultStatus }): ReactElement {
  return (
    <Section title="Where may keys be kept?">
      <Panel>
        <div className={styles.chooser}>
          <p className={styles.providerNote}>
            {`${vault.keychain.name} cannot be used${vault.keychain.reason === undefined ? '' : `: ${vault.keychain.reason.replace(/\.$/, '')}`}. Choose one of these instead; you can change it later.`}
          </p>
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
        label="Where keys are kept"
        hideLabel
        value={backend}
        onValue={setBackend}
        options={choices.map((choice) => ({ value: choice.backend, title: choice.title, note: <ChoiceNote choice={choice} /> }))}
      />
      {backend === 'file' && (
        <div className={styles.passphrases}>
          <TextField
            label="Passphrase"
            type="password"
            autoComplete="new-password"
            hint={`At least ${LEAST_PASSPHRASE} characters.`}
            value={passphrase}
            onValue={setPassphrase}
          />
          <TextField
            label="Once more"
            type="password"
            autoComplete="new-password"
            value={again}
            onValue={setAgain}
            error={differs ? 'The two differ.' : undefined}
          />
        </div>
      )}
      {error !== undefined && (
        <p className={styles.explained} data-tone="bad" role="alert">
          {error}
        </p>
      )}
      <DialogActions>
        {onCancel !== undefined && <Button onClick={onCancel}>Cancel</Button>}
        <Button variant="primary" type="submit" disabled={busy || !ready}>
          Keep keys here
        </Button>
      </DialogActions>
    </form>
  )
}

function ChoiceNote({ choice }: { readonly choice: VaultChoice }): ReactElement {
  return (
    <>
      {choice.gain}
      <span className={styles.risk}>
        <b>Risk:</b> {choice.risk}
      </span>
    </>
  )
}

/** The keychain is offered first wherever it works. */
function choicesFor(vault: VaultStatus): readonly VaultChoice[] {
  if (!vault.keychain.works) return VAULT_CHOICES
  const keychain: VaultChoice = {
    backend: 'keychain',
    title: vault.keychain.name,
    gain: 'Kept by your operating system and opened with your login.',
    risk: 'Programs that run as you may ask it for them too.',
  }
  return [keychain, ...VAULT_CHOICES]
}
