import { type ReactElement, useState } from 'react'
import type { ProviderSummary } from '../../../shared/api/providers.ts'
import { useTexts } from '../../i18n/texts.ts'
import { TextField } from '../../ui/field.tsx'
import { Section } from '../../ui/page.tsx'
import { ProviderTile } from './provider-box.tsx'
import styles from './providers.module.css'
import { PROVIDERS_TEXTS } from './texts.ts'

/** Fewer than this are found by looking. */
const FILTER_FROM = 9

/** Everyone else who takes a key. */
export function MoreProviders({ providers, canAdd }: { readonly providers: readonly ProviderSummary[]; readonly canAdd: boolean }): ReactElement | null {
  const texts = useTexts(PROVIDERS_TEXTS)
  const [text, setText] = useState('')
  if (providers.length === 0) return null
  const wanted = text.trim().toLowerCase()
  const shown = providers.filter((provider) => `${provider.name} ${provider.id}`.toLowerCase().includes(wanted))
  return (
    <Section
      title={texts.more}
      hint={texts.withoutKey(providers.length)}
      actions={
        providers.length >= FILTER_FROM && (
          <div className={styles.filter}>
            <TextField label={texts.findProvider} hideLabel placeholder={texts.find} value={text} onValue={setText} type="search" />
          </div>
        )
      }
    >
      {shown.length === 0 ? (
        <p className={styles.footnote}>{texts.noneCalledThat}</p>
      ) : (
        <ul className={styles.tiles}>
          {shown.map((provider) => (
            <ProviderTile key={provider.id} provider={provider} canAdd={canAdd} />
          ))}
        </ul>
      )}
    </Section>
  )
}
