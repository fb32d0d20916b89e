import { type ReactElement, useState } from 'react'
import { useMirrored } from '../../../client/mirror.ts'
import { routing } from '../../../client/mirrors.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Notice } from '../../../ui/status.tsx'
import styles from '../cache.module.css'
import dialogs from '../dialogs.module.css'
import { saveOwnName } from './actions.ts'
import { type ForName, ownNames } from './scopes.ts'
import { CACHE_SETTINGS_TEXTS } from './texts.ts'

const FOR_NAME = ['default', 'off', 'exact', 'semantic'] as const satisfies readonly ForName[]

/** Aliases and presets of the user's own routing that use the response cache otherwise; nothing where there are none. */
export function OwnNames(): ReactElement | null {
  const texts = useTexts(CACHE_SETTINGS_TEXTS)
  const state = useMirrored(routing)
  const [failure, setFailure] = useState<string | undefined>(undefined)
  const names = state === undefined ? [] : ownNames(state.config)
  if (names.length === 0) return null
  return (
    <div className={dialogs.clients}>
      <span className={dialogs.clientsTitle}>{texts.names}</span>
      {names.map((own) => (
        <label key={`${own.is} ${own.name}`} className={dialogs.client}>
          <span>{texts[own.is](own.name)}</span>
          <select className={dialogs.select} value={own.use} onChange={(event) => void saveOwnName(own, event.target.value as ForName).then(setFailure)}>
            {FOR_NAME.map((each) => (
              <option key={each} value={each}>
                {texts.forName[each]}
              </option>
            ))}
          </select>
        </label>
      ))}
      <p className={styles.dim}>{texts.namesHint}</p>
      {failure !== undefined && <Notice tone="bad">{failure}</Notice>}
    </div>
  )
}
