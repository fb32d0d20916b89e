import { Archive } from 'lucide-react'
import type { ReactElement } from 'react'
import { useMirrored } from '../../client/mirror.ts'
import { settings } from '../../client/mirrors.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Toggle } from '../../ui/field.tsx'
import { changeSettings } from './actions.ts'
import styles from './cache.module.css'
import { CACHE_TEXTS } from './texts.ts'

/** Nothing has been kept yet: what would be, and one switch. */
export function FirstAnswer({ onSettings }: { readonly onSettings: () => void }): ReactElement {
  const { first: texts } = useTexts(CACHE_TEXTS)
  const now = useMirrored(settings)
  return (
    <EmptyState icon={<Archive />} title={texts.title}>
      <div className={styles.explained}>
        <p>
          <b>{texts.exact}</b> {texts.exactWhat}
        </p>
        <p>
          <b>{texts.semantic}</b> {texts.semanticWhat}
        </p>
        {now !== undefined && (
          <Toggle
            label={texts.toggle}
            hint={texts.toggleHint}
            checked={now.cache.use === 'everyone'}
            onChecked={(on) => void changeSettings({ cache: { ...now.cache, use: on ? 'everyone' : 'asked' } })}
          />
        )}
        <p>{texts.promptCache}</p>
      </div>
      <Button onClick={onSettings}>{texts.settings}</Button>
    </EmptyState>
  )
}
