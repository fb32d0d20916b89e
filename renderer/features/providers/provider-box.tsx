import { Plus, Trash2 } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { CredentialSummary } from '../../../shared/api/keys.ts'
import type { ProviderSummary } from '../../../shared/api/providers.ts'
import { textsNow, useTexts } from '../../i18n/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { useNow } from '../../ui/now.ts'
import { OutsideLink } from '../../ui/outside-link.tsx'
import { Panel } from '../../ui/page.tsx'
import { Chip, Status } from '../../ui/status.tsx'
import { removeCustomProvider } from './actions.ts'
import { focusKeyField } from './focus-key-field.ts'
import { bestKeyState, monogram, providerKeys, shortAddress } from './groups.ts'
import { KeyRow } from './key-row.tsx'
import { ProviderMenu } from './provider-menu.tsx'
import styles from './providers.module.css'
import { policySentence } from './sentences.ts'
import { contractSentence } from './terms-actions.ts'
import { TERMS_TEXTS } from './terms-texts.ts'
import { PROVIDERS_TEXTS } from './texts.ts'

export interface ProviderBoxProps {
  readonly provider: ProviderSummary
  /** Of all providers; the box takes its own. */
  readonly keys: readonly CredentialSummary[]
  /** Without a frame, as a row of a panel. */
  readonly bare?: boolean
}

/** A provider with its keys. */
export function ProviderBox({ provider, keys: allKeys, bare = false }: ProviderBoxProps): ReactElement {
  const { box: texts } = useTexts(PROVIDERS_TEXTS)
  const keys = providerKeys(allKeys, provider.id)
  // a running limit counts down
  const now = useNow(keys.some((key) => key.state.is === 'limited') ? 1000 : 15_000)
  const [removing, setRemoving] = useState(false)
  const content = (
    <>
      <div className={styles.provider}>
        <Monogram name={provider.name} />
        <div className={styles.providerWords}>
          <div className={styles.providerName}>
            <h3>{provider.name}</h3>
            {provider.simulated && <Chip>{texts.simulated}</Chip>}
            <OwnAddress provider={provider} />
          </div>
          <p className={styles.providerNote}>{noteOf(provider)}</p>
          <PolicyNote provider={provider} />
        </div>
        <ProviderStatus provider={provider} keys={keys} now={now} />
        {provider.keyPage !== undefined && <OutsideLink href={provider.keyPage} label={texts.keyPage(provider.name)} />}
        {provider.takesKey && (
          <IconButton label={texts.addKeyFor(provider.name)} small onClick={() => focusKeyField(provider.id)}>
            <Plus aria-hidden />
          </IconButton>
        )}
        <ProviderMenu provider={provider} />
        {provider.custom && (
          <IconButton label={texts.removeOf(provider.name)} small onClick={() => setRemoving(true)}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </div>
      {keys.length > 0 && (
        <ol className={styles.keys} aria-label={texts.keysOf(provider.name)}>
          {keys.map((credential, index) => (
            <KeyRow key={credential.id} credential={credential} provider={provider} place={index + 1} of={keys.length} now={now} />
          ))}
        </ol>
      )}
      {provider.custom && (
        <Confirm
          open={removing}
          onClose={() => setRemoving(false)}
          title={texts.removeTitle(provider.name)}
          action={texts.remove}
          onConfirm={async () => (await removeCustomProvider(provider))?.message}
        >
          {keys.length === 0 ? texts.removeMore(provider.id) : texts.removeWithKeys(keys.length)}
        </Confirm>
      )}
    </>
  )
  return bare ? <div>{content}</div> : <Panel>{content}</Panel>
}

/** Says that a provider is not called where everybody calls it. */
function OwnAddress({ provider }: { readonly provider: ProviderSummary }): ReactElement | null {
  const texts = useTexts(TERMS_TEXTS)
  if (provider.ownAddress === undefined || provider.custom) return null
  return <Chip {...(provider.usualBaseUrl !== undefined && { title: texts.addressDialog.usual(provider.usualBaseUrl) })}>{texts.ownAddress}</Chip>
}

/** What the provider says of the data it is sent, with the document beside it. */
function PolicyNote({ provider }: { readonly provider: ProviderSummary }): ReactElement | null {
  const { box: texts } = useTexts(PROVIDERS_TEXTS)
  const stated = contractSentence(provider.contract)
  if (stated !== undefined) return <p className={styles.providerNote}>{stated}</p>
  const sentence = policySentence(provider)
  if (sentence === undefined) return null
  const source = provider.dataPolicy?.source ?? provider.residency?.source
  return (
    <p className={styles.providerNote}>
      <span title={provider.dataPolicy?.note}>{sentence}</span>
      {source !== undefined && <OutsideLink href={source} label={texts.saysSo(provider.name)} inText />}
    </p>
  )
}

export function Monogram({ name }: { readonly name: string }): ReactElement {
  return (
    <span className={styles.monogram} aria-hidden="true">
      {monogram(name)}
    </span>
  )
}

function noteOf(provider: ProviderSummary): string {
  const { box: texts } = textsNow(PROVIDERS_TEXTS)
  if (provider.simulated) return texts.simulatedNote
  const models = provider.modelCount === 0 ? '' : `, ${texts.models(provider.modelCount)}`
  return `${shortAddress(provider.baseUrl)}${models}`
}

function ProviderStatus({
  provider,
  keys,
  now,
}: {
  readonly provider: ProviderSummary
  readonly keys: readonly CredentialSummary[]
  readonly now: number
}): ReactElement | null {
  const { box: texts } = useTexts(PROVIDERS_TEXTS)
  if (provider.simulated) return <Status tone="ok">{texts.alwaysThere}</Status>
  const best = bestKeyState(keys, now)
  if (best !== undefined) return <Status tone={best.tone}>{best.short}</Status>
  if (provider.running === true) return <Status tone="ok">{texts.running}</Status>
  if (provider.running === false) return <Status tone="idle">{texts.notRunning}</Status>
  if (provider.needsKey) return <Status tone="warn">{texts.needsKey}</Status>
  return provider.runsLocally ? <Status tone="idle">{texts.notChecked}</Status> : null
}

/** A provider that takes a key and has none. */
export function ProviderTile({ provider, canAdd }: { readonly provider: ProviderSummary; readonly canAdd: boolean }): ReactElement {
  const { box: texts } = useTexts(PROVIDERS_TEXTS)
  return (
    <li className={styles.tile}>
      <Monogram name={provider.name} />
      <div className={styles.providerWords}>
        <h3 className={styles.tileName}>{provider.name}</h3>
        <p className={styles.providerNote}>{shortAddress(provider.baseUrl)}</p>
      </div>
      <ProviderMenu provider={provider} />
      {provider.keyPage !== undefined && <OutsideLink href={provider.keyPage} label={texts.getKey(provider.name)} />}
      <Button small disabled={!canAdd} aria-label={`${texts.addKey}: ${provider.name}`} onClick={() => focusKeyField(provider.id)}>
        {texts.addKey}
      </Button>
    </li>
  )
}
