import { KeyRound, Plus, RotateCw } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { CredentialSummary, VaultStatus } from '../../../shared/api/keys.ts'
import type { ProviderSummary } from '../../../shared/api/providers.ts'
import { useMirror } from '../../client/mirror.ts'
import { vaultStatus } from '../../client/mirrors.ts'
import { textsNow, useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { Page, Panel, Section } from '../../ui/page.tsx'
import { probeLocal } from './actions.ts'
import { AddKeyForm } from './add-key-form.tsx'
import { CustomProviderDialog } from './custom-provider.tsx'
import { EnvironmentKeys } from './environment-keys.tsx'
import { groupProviders } from './groups.ts'
import { MoreProviders } from './more-providers.tsx'
import { ProviderBox } from './provider-box.tsx'
import styles from './providers.module.css'
import { vaultPlace } from './sentences.ts'
import { environmentKeys, keys, providers, useProbe } from './store.ts'
import { PROVIDERS_TEXTS } from './texts.ts'
import { VaultChooser } from './vault-chooser.tsx'
import { VaultPanel } from './vault-panel.tsx'

export function ProvidersView(): ReactElement {
  const states = { providers: useMirror(providers), keys: useMirror(keys), vault: useMirror(vaultStatus), environment: useMirror(environmentKeys) }
  const [adding, setAdding] = useState(false)
  const texts = useTexts(PROVIDERS_TEXTS)
  if (states.providers.is === 'ready' && states.keys.is === 'ready' && states.vault.is === 'ready') {
    const vault = states.vault.value
    return (
      <Page
        title={texts.title}
        lead={leadOf(vault)}
        actions={
          <Button icon={<Plus aria-hidden />} onClick={() => setAdding(true)}>
            {texts.addAddress}
          </Button>
        }
        // while the vault is to be chosen that choice is the page
        aside={
          vault.backend !== undefined && (
            <>
              <VaultPanel vault={vault} />
              <EnvironmentKeys found={states.environment.is === 'ready' ? states.environment.value : []} providers={states.providers.value} vault={vault} />
            </>
          )
        }
      >
        <Sections providers={states.providers.value} keys={states.keys.value} vault={vault} onAddCustom={() => setAdding(true)} />
        <CustomProviderDialog open={adding} onClose={() => setAdding(false)} />
      </Page>
    )
  }
  const failed = Object.values(states).find((state) => state.is === 'failed')
  return (
    // as wide as it will be
    <Page title={texts.title} lead={texts.leadLoading} aside={null}>
      {failed === undefined ? (
        <Skeleton rows={9} label={texts.loading} />
      ) : (
        <EmptyState icon={<KeyRound />} title={texts.failed} tone="bad">
          <p>{failed.failure.message}</p>
          <Button icon={<RotateCw aria-hidden />} onClick={retry}>
            {texts.tryAgain}
          </Button>
        </EmptyState>
      )}
    </Page>
  )
}

function retry(): void {
  for (const mirror of [providers, keys, vaultStatus, environmentKeys]) void mirror.refresh()
}

function leadOf(vault: VaultStatus): string {
  const texts = textsNow(PROVIDERS_TEXTS)
  return vault.backend === undefined ? texts.leadNoVault : texts.lead(vaultPlace(vault))
}

interface SectionsProps {
  readonly providers: readonly ProviderSummary[]
  readonly keys: readonly CredentialSummary[]
  readonly vault: VaultStatus
  readonly onAddCustom: () => void
}

function Sections({ providers: all, keys: allKeys, vault, onAddCustom }: SectionsProps): ReactElement {
  const texts = useTexts(PROVIDERS_TEXTS)
  const groups = groupProviders(all, allKeys)
  const probing = useProbe((state) => state.probing)
  return (
    <>
      {vault.backend === undefined ? <VaultChooser vault={vault} /> : <AddKeyForm providers={all} vault={vault} />}
      {groups.withKeys.length > 0 && (
        <Section title={texts.yourKeys} hint={texts.yourKeysHint}>
          {groups.withKeys.map((provider) => (
            <ProviderBox key={provider.id} provider={provider} keys={allKeys} />
          ))}
        </Section>
      )}
      <Section
        title={texts.here}
        hint={texts.hereHint}
        actions={
          <Button small icon={<RotateCw aria-hidden />} disabled={probing} onClick={() => void probeLocal()}>
            {probing ? texts.checking : texts.checkAgain}
          </Button>
        }
      >
        <Panel>
          {groups.local.map((provider) => (
            <ProviderBox key={provider.id} provider={provider} keys={allKeys} bare />
          ))}
          {groups.simulated.map((provider) => (
            <ProviderBox key={provider.id} provider={provider} keys={allKeys} bare />
          ))}
          {groups.quiet.length > 0 && (
            <details className={styles.quiet}>
              <summary>
                <span>{texts.notRunningHere(groups.quiet.length)}</span>
                <span className={styles.quietNames}>{groups.quiet.map(({ name }) => name).join(', ')}</span>
              </summary>
              {groups.quiet.map((provider) => (
                <ProviderBox key={provider.id} provider={provider} keys={allKeys} bare />
              ))}
            </details>
          )}
        </Panel>
      </Section>
      {groups.custom.length > 0 && (
        <Section
          title={texts.own}
          hint={texts.ownHint}
          actions={
            <Button small icon={<Plus aria-hidden />} onClick={onAddCustom}>
              {texts.add}
            </Button>
          }
        >
          {groups.custom.map((provider) => (
            <ProviderBox key={provider.id} provider={provider} keys={allKeys} />
          ))}
        </Section>
      )}
      <MoreProviders providers={groups.others} canAdd={vault.writable && !vault.locked} />
    </>
  )
}
