import { Plug, RotateCw } from 'lucide-react'
import { type ReactElement, useEffect } from 'react'
import { useStore } from 'zustand'
import type { ConnectStatus } from '../../../shared/api/connect.ts'
import { live } from '../../client/live.ts'
import { useMirror, useMirrored } from '../../client/mirror.ts'
import { connectStatus, settings } from '../../client/mirrors.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { formatListMoment } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { Page, Panel, Section } from '../../ui/page.tsx'
import { Notice, Status } from '../../ui/status.tsx'
import { watchForRequests } from './actions.ts'
import { ClientKeys } from './client-keys.tsx'
import styles from './connect.module.css'
import { EndpointNotices, LanRows, StoppedEndpoint } from './endpoint-state.tsx'
import { ENDPOINT_STATE_TEXTS } from './endpoint-texts.ts'
import { SnippetSection } from './snippet-section.tsx'
import { openaiBase } from './snippet-text.ts'
import { CONNECT_TEXTS } from './texts.ts'

export function ConnectView(): ReactElement {
  const texts = useTexts(CONNECT_TEXTS)
  const status = useMirror(connectStatus)
  useEffect(watchForRequests, [])
  if (status.is === 'loading') {
    return (
      <Page title={texts.title} lead={texts.lead}>
        <Skeleton rows={8} label={texts.loading} />
      </Page>
    )
  }
  if (status.is === 'failed') {
    return (
      <Page title={texts.title} lead={texts.lead}>
        <EmptyState icon={<Plug />} title={texts.failed} tone="bad">
          <p>{status.failure.message}</p>
          <Button icon={<RotateCw aria-hidden />} onClick={() => void connectStatus.refresh()}>
            {texts.tryAgain}
          </Button>
        </EmptyState>
      </Page>
    )
  }
  return (
    <Page title={texts.title} lead={texts.lead}>
      <Address status={status.value} />
      <ClientKeys demoKey={status.value.demoKey} />
      <SnippetSection status={status.value} />
    </Page>
  )
}

function Address({ status }: { readonly status: ConnectStatus }): ReactElement {
  const texts = useTexts(CONNECT_TEXTS)
  const now = useNow(30_000)
  const states = useTexts(ENDPOINT_STATE_TEXTS)
  const demoIsOn = useMirrored(settings)?.demoKey ?? true
  const lost = useStore(live.connection, (connection) => connection.is === 'lost')
  if (status.address === undefined) {
    return <Notice tone="bad">{texts.notListening}</Notice>
  }
  if (status.stopped) return <StoppedEndpoint />
  const since = formatListMoment(status.startedAt, now)
  const bases = [
    { name: texts.bases.openai, base: openaiBase(status.address) },
    { name: texts.bases.anthropic, base: status.address },
    { name: texts.bases.gemini, base: status.address },
  ]
  return (
    <Section
      title={texts.address}
      actions={
        <Status tone={lost ? 'idle' : 'ok'}>
          <span className={styles.dim}>{status.lanAddresses.length === 0 ? states.here(since) : states.alsoLan(since)}</span>
        </Status>
      }
    >
      <EndpointNotices status={status} />
      <Panel>
        {bases.map(({ name, base }) => (
          <div key={name} className={styles.base}>
            <span className={styles.baseName}>{name}</span>
            <code className={styles.baseAddress}>{base}</code>
            <CopyButton text={base} label={texts.copyAddress(name)} />
          </div>
        ))}
        <LanRows status={status} />
        <div className={styles.base}>
          <span className={styles.baseName}>{texts.demoKey}</span>
          <code className={styles.baseAddress}>{status.demoKey}</code>
          <span className={styles.demoNote}>{demoIsOn ? texts.demoOn : texts.demoOff}</span>
          <CopyButton text={status.demoKey} label={texts.copyDemoKey} />
        </div>
      </Panel>
    </Section>
  )
}
