import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import { useMirrored } from '../client/mirror.ts'
import { vaultStatus } from '../client/mirrors.ts'
import { importKey } from '../features/providers/actions.ts'
import { AddKeyForm } from '../features/providers/add-key-form.tsx'
import { vaultPlace } from '../features/providers/sentences.ts'
import { environmentKeys, keys, providers, useAddKey } from '../features/providers/store.ts'
import { useTexts } from '../i18n/texts.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { modHint } from '../ui/keyboard.ts'
import { useFirstAnswer } from './first-answer.ts'
import { useLayout } from './layout-store.ts'
import { hashOf } from './route.ts'
import { FRAME_TEXTS } from './texts.ts'
import styles from './welcome.module.css'

/** Until there is a key: one can be pasted here, or what was found on this machine taken, while the simulated models below answer already. */
export function Welcome(): ReactElement | null {
  const { welcome: texts } = useTexts(FRAME_TEXTS)
  useFirstAnswer()
  const dismissed = useLayout((layout) => layout.welcomed)
  const all = useMirrored(providers)
  const vault = useMirrored(vaultStatus)
  const stored = useMirrored(keys)
  const justStored = useAddKey((form) => form.stored !== undefined)
  const found = useMirrored(environmentKeys)?.filter(({ imported }) => !imported) ?? []
  if (dismissed || all === undefined || vault === undefined || stored === undefined || (stored.length > 0 && !justStored)) return null
  const running = all.filter(({ runsLocally, running, simulated }) => runsLocally && running === true && !simulated)
  return (
    <aside className={styles.welcome} aria-label={texts.title}>
      <div className={styles.head}>
        <p>
          <b>{texts.title}</b> {texts.demo(modHint('⏎'))} {vault.backend !== undefined && texts.rest(vaultPlace(vault))}
        </p>
        <IconButton label={texts.dismiss} small onClick={() => useLayout.setState({ welcomed: true })}>
          <X aria-hidden />
        </IconButton>
      </div>
      {vault.backend === undefined ? (
        <p>
          <a href={hashOf('providers')}>{texts.chooseVault}</a>
        </p>
      ) : (
        <AddKeyForm providers={all} vault={vault} />
      )}
      {found.length > 0 && vault.writable && !vault.locked && (
        <p className={styles.found}>
          {texts.environment}
          {found.map(({ variable }) => (
            <Button key={variable} small aria-label={texts.importOf(variable)} onClick={() => void importKey(variable)}>
              {variable}
            </Button>
          ))}
        </p>
      )}
      {running.length > 0 && <p className={styles.found}>{texts.running(running.map(({ name }) => name).join(', '))}</p>}
    </aside>
  )
}
