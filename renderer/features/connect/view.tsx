import { Plug, RotateCw } from 'lucide-react'
import { type ReactElement, useEffect } from 'react'
import type { ConnectStatus } from '../../../shared/api/connect.ts'
import { useMirror, useMirrored } from '../../client/mirror.ts'
import { connectStatus, settings } from '../../client/mirrors.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { formatAgo } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { Page, Panel, Section } from '../../ui/page.tsx'
import { Notice, Status } from '../../ui/status.tsx'
import { watchForRequests } from './actions.ts'
import { ClientKeys } from './client-keys.tsx'
import styles from './connect.module.css'
import { SnippetSection } from './snippet-section.tsx'
import { openaiBase } from './snippets.ts'

const LEAD =
  'Any tool that speaks OpenAI, Anthropic or Gemini can use this address instead of a provider’s: one key, every model, and each request shows in Traffic.'

export function ConnectView(): ReactElement {
  const status = useMirror(connectStatus)
  useEffect(watchForRequests, [])
  if (status.is === 'loading') {
    return (
      <Page title="Connect" lead={LEAD}>
        <Skeleton rows={8} label="Loading the endpoint" />
      </Page>
    )
  }
  if (status.is === 'failed') {
    return (
      <Page title="Connect" lead={LEAD}>
        <EmptyState icon={<Plug />} title="The endpoint’s state could not be loaded" tone="bad">
          <p>{status.failure.message}</p>
          <Button icon={<RotateCw aria-hidden />} onClick={() => void connectStatus.refresh()}>
            Try again
          </Button>
        </EmptyState>
      </Page>
    )
  }
  return (
    <Page title="Connect" lead={LEAD}>
      <Address status={status.value} />
      <ClientKeys demoKey={status.value.demoKey} />
      <SnippetSection status={status.value} />
    </Page>
  )
}

function Address({ status }: { readonly status: ConnectStatus }): ReactElement {
  const now = useNow(30_000)
  const demoIsOn = useMirrored(settings)?.demoKey ?? true
  if (status.address === undefined) {
    return (
      <Notice tone="bad">
        The endpoint does not listen: its port was taken when Switchyard started. Close the other program, then start Switchyard again.
      </Notice>
    )
  }
  const bases = [
    { name: 'OpenAI tools', base: openaiBase(status.address) },
    { name: 'Anthropic tools', base: status.address },
    { name: 'Gemini tools', base: status.address },
  ]
  return (
    <Section
      title="Address"
      actions={
        <Status tone="ok">
          <span className={styles.dim}>{`Listening since ${formatAgo(status.startedAt, now)}, on this machine only`}</span>
        </Status>
      }
    >
      <Panel>
        {bases.map(({ name, base }) => (
          <div key={name} className={styles.base}>
            <span className={styles.baseName}>{name}</span>
            <code className={styles.baseAddress}>{base}</code>
            <CopyButton text={base} label={`Copy the address for ${name}`} />
          </div>
        ))}
        <div className={styles.base}>
          <span className={styles.baseName}>Demo key</span>
          <code className={styles.baseAddress}>{status.demoKey}</code>
          <span className={styles.demoNote}>{demoIsOn ? 'Public. Opens the simulated demo models and nothing else.' : 'Switched off in Settings.'}</span>
          <CopyButton text={status.demoKey} label="Copy the demo key" />
        </div>
      </Panel>
    </Section>
  )
}
