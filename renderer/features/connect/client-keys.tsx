import { KeyRound, RotateCw } from 'lucide-react'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { ClientKey } from '../../../shared/api/connect.ts'
import type { Ms } from '../../../shared/ids.ts'
import { useMirror } from '../../client/mirror.ts'
import { clientKeys } from '../../client/mirrors.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatAgo, formatDay } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { Panel, Section } from '../../ui/page.tsx'
import { createClient, forgetCreated, revokeClient } from './actions.ts'
import styles from './connect.module.css'
import { type Created, useConnect } from './store.ts'
import { CONNECT_TEXTS } from './texts.ts'

/** A key for each tool, so that Traffic can tell them apart and one can be revoked without the others. */
export function ClientKeys({ demoKey }: { readonly demoKey: string }): ReactElement {
  const texts = useTexts(CONNECT_TEXTS)
  const keys = useMirror(clientKeys)
  const created = useConnect((state) => state.created)
  const now = useNow(15_000)
  return (
    <Section title={texts.keys} hint={texts.keysHint}>
      {created !== undefined && <ShownOnce created={created} />}
      <Panel>
        <CreateForm />
        {keys.is === 'loading' && <Skeleton rows={2} label={texts.keysLoading} />}
        {keys.is === 'failed' && (
          <EmptyState icon={<KeyRound />} title={texts.keysFailed} tone="bad">
            <p>{keys.failure.message}</p>
            <Button icon={<RotateCw aria-hidden />} onClick={() => void clientKeys.refresh()}>
              {texts.tryAgain}
            </Button>
          </EmptyState>
        )}
        {keys.is === 'ready' && keys.value.length === 0 && (
          <p className={styles.none}>
            {texts.noKeys.before}
            <code>{demoKey}</code>
            {texts.noKeys.after}
          </p>
        )}
        {keys.is === 'ready' && keys.value.map((key) => <ClientRow key={key.id} client={key} now={now} />)}
      </Panel>
    </Section>
  )
}

function CreateForm(): ReactElement {
  const texts = useTexts(CONNECT_TEXTS)
  const [name, setName] = useState('')
  const creating = useConnect((state) => state.creating)
  const failure = useConnect((state) => state.failure)
  async function create(): Promise<void> {
    if (await createClient(name)) setName('')
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    if (name.trim() !== '') void create()
  }
  return (
    <form className={styles.create} onSubmit={onSubmit} aria-label={texts.createForm}>
      <TextField
        label={texts.toolName}
        hideLabel
        placeholder={texts.toolNameHint}
        value={name}
        onValue={setName}
        maxLength={60}
        error={failure?.message}
        readOnly={creating}
      />
      <Button type="submit" variant="primary" icon={<KeyRound aria-hidden />} disabled={creating || name.trim() === ''}>
        {texts.create}
      </Button>
    </form>
  )
}

/** The only moment in which the key can be read: Switchyard keeps a hash. */
function ShownOnce({ created }: { readonly created: Created }): ReactElement {
  const texts = useTexts(CONNECT_TEXTS)
  return (
    <div className={styles.shown} role="status">
      <p>
        <b>{texts.keyOf(created.client.name)}</b> {texts.shownOnce}
      </p>
      <div className={styles.secretLine}>
        <code className={styles.secret}>{created.secret}</code>
        <CopyButton text={created.secret} label={texts.copyKey} wide />
        <Button small variant="quiet" onClick={forgetCreated}>
          {texts.done}
        </Button>
      </div>
    </div>
  )
}

function ClientRow({ client, now }: { readonly client: ClientKey; readonly now: Ms }): ReactElement {
  const texts = useTexts(CONNECT_TEXTS)
  const [revoking, setRevoking] = useState(false)
  return (
    <div className={styles.client}>
      <span className={styles.clientName}>{client.name}</span>
      <span className={styles.mask}>••••{client.last4}</span>
      <span className={styles.clientNote}>{texts.made(formatDay(client.createdAt))}</span>
      <span className={styles.clientNote}>{client.lastUsedAt === undefined ? texts.neverUsed : texts.used(formatAgo(client.lastUsedAt, now))}</span>
      <Button small variant="quiet" aria-label={texts.revokeOf(client.name)} onClick={() => setRevoking(true)}>
        {texts.revoke}
      </Button>
      <Confirm
        open={revoking}
        onClose={() => setRevoking(false)}
        title={texts.revokeTitle(client.name)}
        action={texts.revokeKey}
        onConfirm={async () => (await revokeClient(client))?.message}
      >
        {texts.revokeMore}
      </Confirm>
    </div>
  )
}
