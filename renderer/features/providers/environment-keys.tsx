import type { ReactElement } from 'react'
import type { EnvironmentKey, VaultStatus } from '../../../shared/api/keys.ts'
import type { ProviderSummary } from '../../../shared/api/providers.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Panel, Section } from '../../ui/page.tsx'
import { importKey } from './actions.ts'
import styles from './providers.module.css'
import { PROVIDERS_TEXTS } from './texts.ts'

export interface EnvironmentKeysProps {
  readonly found: readonly EnvironmentKey[]
  readonly providers: readonly ProviderSummary[]
  readonly vault: VaultStatus
}

/** Keys that lie in the environment. Nothing is taken from there without a click. */
export function EnvironmentKeys({ found, providers, vault }: EnvironmentKeysProps): ReactElement | null {
  const { environment: texts } = useTexts(PROVIDERS_TEXTS)
  const open = found.filter((each) => !each.imported)
  // a vault that reads the environment has them already
  if (open.length === 0 || vault.backend === 'environment') return null
  const canImport = vault.writable && !vault.locked
  return (
    <Section title={texts.title}>
      <Panel>
        {open.map((each) => (
          <div key={each.variable} className={styles.variable}>
            <div className={styles.providerWords}>
              <span className={styles.variableName}>{each.variable}</span>
              <span className={styles.providerNote}>
                {providers.find((provider) => provider.id === each.provider)?.name ?? each.provider}
                {each.last4 !== '' && `, ••••${each.last4}`}
              </span>
            </div>
            <Button small disabled={!canImport} aria-label={texts.importOf(each.variable)} onClick={() => void importKey(each.variable)}>
              {texts.import}
            </Button>
          </div>
        ))}
      </Panel>
      <p className={styles.footnote}>{texts.note}</p>
    </Section>
  )
}
