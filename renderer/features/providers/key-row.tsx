import { Menu } from '@base-ui/react/menu'
import { ArrowDown, ArrowUp, Ellipsis, Gauge, Pencil, RefreshCw, Replace, Trash2 } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { CredentialSummary } from '../../../shared/api/keys.ts'
import type { ProviderSummary } from '../../../shared/api/providers.ts'
import type { Ms } from '../../../shared/ids.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { formatAgo } from '../../ui/figures.ts'
import menu from '../../ui/menu.module.css'
import { Chip, Status } from '../../ui/status.tsx'
import { checkKey, moveKey, removeFormer } from './actions.ts'
import { DeleteKey, RenameKey, ReplaceKey } from './key-dialogs.tsx'
import { KeyLimits, LimitChips } from './key-limits.tsx'
import styles from './providers.module.css'
import { type Sentence, stateSentence, validationSentence } from './sentences.ts'
import { useChecks } from './store.ts'
import { PROVIDERS_TEXTS } from './texts.ts'

export interface KeyRowProps {
  readonly credential: CredentialSummary
  readonly provider: ProviderSummary
  /** 1 is tried first. */
  readonly place: number
  readonly of: number
  readonly now: Ms
}

type KeyDialog = 'limits' | 'rename' | 'replace' | 'delete'

export function KeyRow({ credential, provider, place, of, now }: KeyRowProps): ReactElement {
  const { key: texts, checking: isChecking } = useTexts(PROVIDERS_TEXTS)
  const check = useChecks((checks) => checks[credential.id])
  const [dialog, setDialog] = useState<KeyDialog>()
  const checking = check?.is === 'checking'
  const sentence = stateSentence(credential.state, provider.name, now)
  const explained = explanationOf(sentence, check?.is === 'checked' ? validationSentence(check.validation, provider.name) : undefined)
  const { label } = credential
  return (
    <li className={styles.key}>
      <div className={styles.keyLine}>
        <span className={styles.place} aria-hidden="true">
          {place}
        </span>
        <span className={styles.keyLabel}>
          <span className={styles.keyName}>{label}</span>
          {credential.readOnly && <Chip title={texts.fromEnvironment}>{texts.environment}</Chip>}
          <LimitChips credential={credential} />
        </span>
        <span className={styles.mask}>{maskOf(credential.last4)}</span>
        <span className={styles.keyState}>
          <Status tone={checking ? 'info' : sentence.tone} beats={checking}>
            {checking ? isChecking : sentence.short}
          </Status>
        </span>
        <span className={styles.used} title={texts.lastUsed}>
          {credential.lastUsedAt === undefined ? texts.neverUsed : texts.used(formatAgo(credential.lastUsedAt, now))}
        </span>
        <span className={styles.keyActions}>
          {of > 1 && (
            <>
              <IconButton label={texts.up(label)} small disabled={place === 1} onClick={() => void moveKey(credential, -1)}>
                <ArrowUp aria-hidden />
              </IconButton>
              <IconButton label={texts.down(label)} small disabled={place === of} onClick={() => void moveKey(credential, 1)}>
                <ArrowDown aria-hidden />
              </IconButton>
            </>
          )}
          <IconButton label={texts.check(label)} small disabled={checking} onClick={() => void checkKey(credential.id)}>
            <RefreshCw aria-hidden />
          </IconButton>
          <KeyMenu label={label} readOnly={credential.readOnly} onPick={setDialog} />
        </span>
      </div>
      {explained !== undefined && !checking && (
        <p className={styles.explained} data-tone={explained.tone}>
          {explained.long}
          {explained.said !== undefined && explained.said !== '' && <span className={styles.said}>{explained.said}</span>}
        </p>
      )}
      <FormerKey credential={credential} now={now} />
      <KeyLimits open={dialog === 'limits'} onClose={() => setDialog(undefined)} credential={credential} />
      <RenameKey open={dialog === 'rename'} onClose={() => setDialog(undefined)} credential={credential} />
      <ReplaceKey open={dialog === 'replace'} onClose={() => setDialog(undefined)} credential={credential} providerName={provider.name} />
      <DeleteKey open={dialog === 'delete'} onClose={() => setDialog(undefined)} credential={credential} providerName={provider.name} />
    </li>
  )
}

/** The key that was replaced, as long as it stands in. */
function FormerKey({ credential, now }: { readonly credential: CredentialSummary; readonly now: Ms }): ReactElement | null {
  const { former: texts } = useTexts(PROVIDERS_TEXTS).key
  const { former, label } = credential
  if (former === undefined || former.until <= now) return null
  const words = credential.state.is === 'refused' ? texts.standsIn : texts.rests
  return (
    <p className={styles.explained} data-tone="idle">
      {words(maskOf(former.last4), Math.ceil((former.until - now) / 60_000))}{' '}
      <Button small variant="quiet" aria-label={texts.removeOf(label)} onClick={() => void removeFormer(credential)}>
        {texts.remove}
      </Button>
    </p>
  )
}

function maskOf(last4: string): string {
  return last4 === '' ? '••••••••' : `••••${last4}`
}

/** A good key needs no words, unless it was just tried. What the last try said goes before the stored state, for it is newer. */
function explanationOf(state: Sentence, tried: Sentence | undefined): Sentence | undefined {
  if (tried !== undefined) return tried
  return state.tone === 'ok' || state.tone === 'idle' ? undefined : state
}

interface KeyMenuProps {
  readonly label: string
  /** Its text is not ours to change. */
  readonly readOnly: boolean
  readonly onPick: (dialog: KeyDialog) => void
}

function KeyMenu({ label, readOnly, onPick }: KeyMenuProps): ReactElement {
  const { key: texts, limits } = useTexts(PROVIDERS_TEXTS)
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <IconButton label={texts.more(label)} small>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      />
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            <Menu.Item className={menu.item} onClick={() => onPick('limits')}>
              <Gauge aria-hidden size={15} />
              {limits.open}
            </Menu.Item>
            {!readOnly && (
              <>
                <Menu.Item className={menu.item} onClick={() => onPick('rename')}>
                  <Pencil aria-hidden size={15} />
                  {texts.rename}
                </Menu.Item>
                <Menu.Item className={menu.item} onClick={() => onPick('replace')}>
                  <Replace aria-hidden size={15} />
                  {texts.replace}
                </Menu.Item>
                <Menu.Item className={menu.item} onClick={() => onPick('delete')}>
                  <Trash2 aria-hidden size={15} />
                  {texts.delete}
                </Menu.Item>
              </>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
