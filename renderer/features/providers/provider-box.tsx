import { Plus, Trash2 } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { CredentialSummary } from '../../../shared/api/keys.ts'
import type { ProviderSummary } from '../../../shared/api/providers.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { formatNoun } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { OutsideLink } from '../../ui/outside-link.tsx'
import { Panel } from '../../ui/page.tsx'
import { Chip, Status } from '../../ui/status.tsx'
import { removeCustomProvider } from './actions.ts'
import { focusKeyField } from './focus-key-field.ts'
import { bestKeyState, monogram, providerKeys, shortAddress } from './groups.ts'
import { KeyRow } from './key-row.tsx'
import styles from './providers.module.css'
import { policySentence } from './sentences.ts'

export interface ProviderBoxProps {
  readonly provider: ProviderSummary
  /** Of all providers; the box takes its own. */
  readonly keys: readonly CredentialSummary[]
  /** Without a frame, as a row of a panel. */
  readonly bare?: boolean
}

/** A provider with its keys. */
export function ProviderBox({ provider, keys: allKeys, bare = false }: ProviderBoxProps): ReactElement {
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
            {provider.simulated && <Chip>simulated</Chip>}
          </div>
          <p className={styles.providerNote}>{noteOf(provider)}</p>
          <PolicyNote provider={provider} />
        </div>
        <ProviderStatus provider={provider} keys={keys} now={now} />
        {provider.keyPage !== undefined && <OutsideLink href={provider.keyPage} label={`Open the key page of ${provider.name}`} />}
        {provider.takesKey && (
          <IconButton label={`Add a key for ${provider.name}`} small onClick={() => focusKeyField(provider.id)}>
            <Plus aria-hidden />
          </IconButton>
        )}
        {provider.custom && (
          <IconButton label={`Remove ${provider.name}`} small onClick={() => setRemoving(true)}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </div>
      {keys.length > 0 && (
        <ol className={styles.keys} aria-label={`Keys for ${provider.name}`}>
          {keys.map((credential, index) => (
            <KeyRow key={credential.id} credential={credential} provider={provider} place={index + 1} of={keys.length} now={now} />
          ))}
        </ol>
      )}
      {provider.custom && (
        <Confirm
          open={removing}
          onClose={() => setRemoving(false)}
          title={`Remove ${provider.name}?`}
          action="Remove"
          onConfirm={async () => (await removeCustomProvider(provider))?.message}
        >
          {keys.length === 0
            ? `Models called ${provider.id}/… are no longer found. Past requests stay in Traffic.`
            : `Its ${formatNoun(keys.length, 'key')} will be deleted and cannot be brought back. Past requests stay in Traffic.`}
        </Confirm>
      )}
    </>
  )
  return bare ? <div>{content}</div> : <Panel>{content}</Panel>
}

/** What the provider says of the data it is sent, with the document beside it. */
function PolicyNote({ provider }: { readonly provider: ProviderSummary }): ReactElement | null {
  const sentence = policySentence(provider)
  if (sentence === undefined) return null
  const source = provider.dataPolicy?.source ?? provider.residency?.source
  return (
    <p className={styles.providerNote}>
      <span title={provider.dataPolicy?.note}>{sentence}</span>
      {source !== undefined && <OutsideLink href={source} label={`Where ${provider.name} says so`} />}
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
  if (provider.simulated) return 'Answers made up by Switchyard itself: no key, no network, price 0. For trying things out; marked as simulated everywhere.'
  const models = provider.modelCount === 0 ? '' : `, ${formatNoun(provider.modelCount, 'model')}`
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
  if (provider.simulated) return <Status tone="ok">Always there</Status>
  const best = bestKeyState(keys, now)
  if (best !== undefined) return <Status tone={best.tone}>{best.short}</Status>
  if (provider.running === true) return <Status tone="ok">Running</Status>
  if (provider.running === false) return <Status tone="idle">Not running</Status>
  if (provider.needsKey) return <Status tone="warn">Needs a key</Status>
  return provider.runsLocally ? <Status tone="idle">Not checked</Status> : null
}

/** A provider that takes a key and has none. */
export function ProviderTile({ provider, canAdd }: { readonly provider: ProviderSummary; readonly canAdd: boolean }): ReactElement {
  return (
    <li className={styles.tile}>
      <Monogram name={provider.name} />
      <div className={styles.providerWords}>
        <h3 className={styles.tileName}>{provider.name}</h3>
        <p className={styles.providerNote}>{shortAddress(provider.baseUrl)}</p>
      </div>
      {provider.keyPage !== undefined && <OutsideLink href={provider.keyPage} label={`Get a key at ${provider.name}`} />}
      <Button small disabled={!canAdd} aria-label={`Add key for ${provider.name}`} onClick={() => focusKeyField(provider.id)}>
        Add key
      </Button>
    </li>
  )
}
