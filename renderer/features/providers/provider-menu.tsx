import { Menu } from '@base-ui/react/menu'
import { Ellipsis, Link2, ScrollText } from 'lucide-react'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { ProviderSummary } from '../../../shared/api/providers.ts'
import type { ApiFailure } from '../../../shared/contract.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { TextField, Toggle } from '../../ui/field.tsx'
import menu from '../../ui/menu.module.css'
import { Notice } from '../../ui/status.tsx'
import styles from './providers.module.css'
import { isAddress, isInTheClear, setAddress, setContract } from './terms-actions.ts'
import { TERMS_TEXTS } from './terms-texts.ts'
import { PROVIDERS_TEXTS } from './texts.ts'

interface ProviderProps {
  readonly provider: ProviderSummary
}

/** Where a provider is, and what the user's contract with it says. */
export function ProviderMenu({ provider }: ProviderProps): ReactElement | null {
  const texts = useTexts(TERMS_TEXTS)
  const [dialog, setDialog] = useState<'address' | 'contract'>()
  if (provider.simulated) return null
  const close = (): void => setDialog(undefined)
  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          render={
            <IconButton label={texts.more(provider.name)} small>
              <Ellipsis aria-hidden />
            </IconButton>
          }
        />
        <Menu.Portal>
          <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
            <Menu.Popup className={menu.popup}>
              <Menu.Item className={menu.item} onClick={() => setDialog('address')}>
                <Link2 aria-hidden size={15} />
                {texts.address}
              </Menu.Item>
              {!provider.runsLocally && (
                <Menu.Item className={menu.item} onClick={() => setDialog('contract')}>
                  <ScrollText aria-hidden size={15} />
                  {texts.contract}
                </Menu.Item>
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <Dialog
        open={dialog === 'address'}
        onClose={close}
        title={texts.addressDialog.title(provider.name)}
        description={texts.addressDialog.description(provider.name)}
      >
        <AddressForm provider={provider} onDone={close} />
      </Dialog>
      <Dialog
        open={dialog === 'contract'}
        onClose={close}
        title={texts.contractDialog.title(provider.name)}
        description={texts.contractDialog.description(provider.name)}
      >
        <ContractForm provider={provider} onDone={close} />
      </Dialog>
    </>
  )
}

interface FormProps extends ProviderProps {
  readonly onDone: () => void
}

function AddressForm({ provider, onDone }: FormProps): ReactElement {
  const { addressDialog: texts } = useTexts(TERMS_TEXTS)
  const { cancel } = useTexts(PROVIDERS_TEXTS)
  const { ownAddress, usualBaseUrl, custom } = provider
  const [address, setTyped] = useState(ownAddress?.baseUrl ?? '')
  const [isPrivate, setPrivate] = useState(ownAddress?.inPrivateNetwork === true)
  const [failure, setFailure] = useState<ApiFailure>()
  const [busy, setBusy] = useState(false)
  const asksForYes = failure?.field === 'inPrivateNetwork'
  async function send(baseUrl: string | undefined): Promise<void> {
    setBusy(true)
    const failed = await setAddress(provider, baseUrl, isPrivate)
    setBusy(false)
    setFailure(failed)
    if (failed === undefined) onDone()
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    if (isAddress(address)) void send(address)
    else setFailure({ kind: 'bad-input', message: texts.notAnAddress, field: 'baseUrl' })
  }
  return (
    <form className={styles.dialogForm} onSubmit={onSubmit}>
      <TextField
        label={texts.label}
        mono
        inputMode="url"
        maxLength={500}
        placeholder={usualBaseUrl}
        hint={usualBaseUrl === undefined ? (custom ? undefined : texts.noUsual) : texts.usual(usualBaseUrl)}
        value={address}
        onValue={(text) => {
          setTyped(text)
          setFailure(undefined)
        }}
        error={failure === undefined || asksForYes ? undefined : failure.message.replace(/^baseUrl: /, '')}
      />
      {isInTheClear(address) && <Notice tone="warn">{texts.unencrypted}</Notice>}
      {(asksForYes || isPrivate) && (
        <Toggle
          label={texts.private}
          hint={asksForYes ? failure.message.replace(/^inPrivateNetwork: /, '') : texts.privateHint}
          checked={isPrivate}
          onChecked={setPrivate}
        />
      )}
      <DialogActions>
        {ownAddress !== undefined && !custom && (
          <Button disabled={busy} onClick={() => void send(undefined)}>
            {texts.reset}
          </Button>
        )}
        <Button onClick={onDone}>{cancel}</Button>
        <Button variant="primary" type="submit" disabled={busy || address.trim() === ''}>
          {texts.save}
        </Button>
      </DialogActions>
    </form>
  )
}

function ContractForm({ provider, onDone }: FormProps): ReactElement {
  const { contractDialog: texts } = useTexts(TERMS_TEXTS)
  const { cancel } = useTexts(PROVIDERS_TEXTS)
  const [contract, setTyped] = useState(provider.contract ?? { keepsNothing: false, learnsNothing: false })
  const [failure, setFailure] = useState<ApiFailure>()
  async function send(stated: ProviderSummary['contract']): Promise<void> {
    const failed = await setContract(provider, stated)
    setFailure(failed)
    if (failed === undefined) onDone()
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    void send(contract)
  }
  return (
    <form className={styles.dialogForm} onSubmit={onSubmit}>
      <Toggle
        label={texts.keepsNothing}
        hint={texts.keepsNothingHint}
        checked={contract.keepsNothing}
        onChecked={(keepsNothing) => setTyped({ ...contract, keepsNothing })}
      />
      <Toggle
        label={texts.learnsNothing}
        hint={texts.learnsNothingHint}
        checked={contract.learnsNothing}
        onChecked={(learnsNothing) => setTyped({ ...contract, learnsNothing })}
      />
      <TextField
        label={texts.note}
        hint={texts.noteHint}
        maxLength={500}
        value={contract.note ?? ''}
        onValue={(note) => setTyped({ ...contract, note })}
        error={failure?.message}
      />
      <DialogActions>
        {provider.contract !== undefined && <Button onClick={() => void send(undefined)}>{texts.remove}</Button>}
        <Button onClick={onDone}>{cancel}</Button>
        <Button variant="primary" type="submit">
          {texts.save}
        </Button>
      </DialogActions>
    </form>
  )
}
