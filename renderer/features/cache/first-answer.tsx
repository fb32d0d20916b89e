import { Archive } from 'lucide-react'
import type { ReactElement } from 'react'
import { useMirrored } from '../../client/mirror.ts'
import { settings } from '../../client/mirrors.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Toggle } from '../../ui/field.tsx'
import { changeSettings } from './actions.ts'
import styles from './cache.module.css'

/** Nothing has been kept yet: what would be, and one switch. */
export function FirstAnswer({ onSettings }: { readonly onSettings: () => void }): ReactElement {
  const now = useMirrored(settings)
  return (
    <EmptyState icon={<Archive />} title="No answers kept yet">
      <div className={styles.explained}>
        <p>
          <b>Exact:</b> a request that is equal in everything that can change its answer gets the answer that was given before, at once and at no cost.
        </p>
        <p>
          <b>Semantic:</b> for the client keys that you choose, also a question in other words, where numbers, names, negations and the rest agree.
        </p>
        {now !== undefined && (
          <Toggle
            label="Use the response cache for every request"
            hint="Off: only for requests that ask for it with the header X-OpenRouter-Cache: true."
            checked={now.cache.use === 'everyone'}
            onChecked={(on) => void changeSettings({ cache: { ...now.cache, use: on ? 'everyone' : 'asked' } })}
          />
        )}
        <p>The prompt cache, which providers keep for the beginning of a conversation, is something else. </p>
      </div>
      <Button onClick={onSettings}>All settings</Button>
    </EmptyState>
  )
}
