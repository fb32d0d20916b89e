import { KeyRound, RotateCw } from 'lucide-react'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { ClientKey } from '../../../shared/api/connect.ts'
import type { Ms } from '../../../shared/ids.ts'
import { useMirror } from '../../client/mirror.ts'
import { clientKeys } from '../../client/mirrors.ts'
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

/** A key for each tool, so that Traffic can tell them apart and one can be revoked without the others. */
export function ClientKeys({ demoKey }: { readonly demoKey: string }): ReactElement {
  const keys = useMirror(clientKeys)
  const created = useConnect((state) => state.created)
  const now = useNow(15_000)
  return (
    <Section title="Client keys" hint="One for each tool: Traffic tells them apart, and each can be revoked alone.">
      {created !== undefined && <ShownOnce created={created} />}
      <Panel>
        <CreateForm />
        {keys.is === 'loading' && <Skeleton rows={2} label="Loading client keys" />}
        {keys.is === 'failed' && (
          <EmptyState icon={<KeyRound />} title="Client keys could not be loaded" tone="bad">
            <p>{keys.failure.message}</p>
            <Button icon={<RotateCw aria-hidden />} onClick={() => void clientKeys.refresh()}>
              Try again
            </Button>
          </EmptyState>
        )}
        {keys.is === 'ready' && keys.value.length === 0 && (
          <p className={styles.none}>
            {'No key yet. Until there is one, only the demo key '}
            <code>{demoKey}</code>
            {' opens something.'}
          </p>
        )}
        {keys.is === 'ready' && keys.value.map((key) => <ClientRow key={key.id} client={key} now={now} />)}
      </Panel>
    </Section>
  )
}

function CreateForm(): ReactElement {
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
    <form className={styles.create} onSubmit={onSubmit} aria-label="Create a client key">
      <TextField
        label="Name of the tool"
        hideLabel
        placeholder="Name of the tool, such as Cursor on the laptop"
        value={name}
        onValue={setName}
        maxLength={60}
        error={failure?.message}
        disabled={creating}
      />
      <Button type="submit" variant="primary" icon={<KeyRound aria-hidden />} disabled={creating || name.trim() === ''}>
        Create key
      </Button>
    </form>
  )
}

/** The only moment in which the key can be read: Switchyard keeps a hash. */
function ShownOnce({ created }: { readonly created: Created }): ReactElement {
  return (
    <div className={styles.shown} role="status">
      <p>
        <b>{`The key for “${created.client.name}”.`}</b> Copy it now: it is shown once and cannot be read again.
      </p>
      <div className={styles.secretLine}>
        <code className={styles.secret}>{created.secret}</code>
        <CopyButton text={created.secret} label="Copy key" wide />
        <Button small variant="quiet" onClick={forgetCreated}>
          Done
        </Button>
      </div>
    </div>
  )
}

function ClientRow({ client, now }: { readonly client: ClientKey; readonly now: Ms }): ReactElement {
  const [revoking, setRevoking] = useState(false)
  return (
    <div className={styles.client}>
      <span className={styles.clientName}>{client.name}</span>
      <span className={styles.mask}>••••{client.last4}</span>
      <span className={styles.clientNote}>{`made ${formatDay(client.createdAt)}`}</span>
      <span className={styles.clientNote}>{client.lastUsedAt === undefined ? 'never used' : `used ${formatAgo(client.lastUsedAt, now)}`}</span>
      <Button small variant="quiet" aria-label={`Revoke ${client.name}`} onClick={() => setRevoking(true)}>
        Revoke
      </Button>
      <Confirm
        open={revoking}
        onClose={() => setRevoking(false)}
        title={`Revoke “${client.name}”?`}
        action="Revoke key"
        onConfirm={async () => (await revokeClient(client))?.message}
      >
        Requests with this key are refused from then on, and it cannot be brought back. Its requests stay in Traffic.
      </Confirm>
    </div>
  )
}
