import { Tabs } from '@base-ui/react/tabs'
import { CircleAlert, RotateCw } from 'lucide-react'
import type { ReactElement } from 'react'
import type { TrafficDetail } from '../../../shared/api/traffic.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { useMirrored } from '../../client/mirror.ts'
import { connectStatus } from '../../client/mirrors.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { formatClock } from '../../ui/figures.ts'
import { Chip } from '../../ui/status.tsx'
import { openDetail, showTab } from './actions.ts'
import { asCurl } from './curl.ts'
import { AnswerTab, RequestTab, SentTab } from './exchange-tabs.tsx'
import { type OpenDetail, TABS, type Tab, useTraffic } from './store.ts'
import { outcomeLabel, outcomeTone } from './story.ts'
import { SummaryTab } from './summary-tab.tsx'
import styles from './traffic.module.css'
import { WhyTab } from './why-tab.tsx'

const TITLES: Readonly<Record<Tab, string>> = { summary: 'Summary', request: 'Request', sent: 'Sent', answer: 'Answer', why: 'Why' }

export function DetailDrawer({ onClose }: { readonly onClose: () => void }): ReactElement {
  const open = useTraffic((state) => state.detail)
  const record = useTraffic((state) => {
    if (state.detail.is === 'closed') return undefined
    if (state.detail.is === 'ready') return state.detail.detail.record
    const { id } = state.detail
    return state.list.is === 'ready' ? state.list.rows.find((row) => row.id === id) : undefined
  })
  const exchange = open.is === 'ready' ? open.detail.exchange : undefined
  const address = useMirrored(connectStatus)?.address ?? 'http://127.0.0.1:4747'
  return (
    <Drawer
      label="Request details"
      name="traffic"
      onClose={onClose}
      title={record === undefined ? 'Request' : <Title record={record} />}
      actions={record !== undefined && exchange !== undefined && <CopyButton text={asCurl(record, exchange, address)} label="Copy as curl" wide />}
    >
      <Body open={open} />
    </Drawer>
  )
}

function Title({ record }: { readonly record: UsageRecord }): ReactElement {
  return (
    <div className={styles.drawerTitle}>
      <h2 className={styles.drawerModel}>{record.requested === '' ? 'Unreadable request' : record.requested}</h2>
      <span className={styles.drawerNote}>
        <span className={styles.outcome} data-tone={outcomeTone(record)}>
          {record.status !== undefined && <span className={styles.code}>{record.status}</span>}
          {outcomeLabel(record)}
        </span>
        <span className={styles.drawerClient}>{record.callerName ?? 'unknown client'}</span>
        <span>{formatClock(record.at)}</span>
        {record.simulated && <Chip>simulated</Chip>}
      </span>
    </div>
  )
}

function Body({ open }: { readonly open: OpenDetail }): ReactElement | null {
  switch (open.is) {
    case 'closed':
      return null
    case 'loading':
      return <Skeleton rows={8} label="Loading the request" />
    case 'failed':
      return (
        <EmptyState icon={<CircleAlert />} title="This request could not be loaded" tone="bad">
          <p>{open.failure.message}</p>
          <Button icon={<RotateCw aria-hidden />} onClick={() => void openDetail(open.id)}>
            Try again
          </Button>
        </EmptyState>
      )
    case 'ready':
      return <DetailTabs detail={open.detail} />
  }
}

function DetailTabs({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const tab = useTraffic((state) => state.tab)
  return (
    <Tabs.Root className={styles.tabs} value={tab} onValueChange={(value: Tab) => showTab(value)}>
      <Tabs.List className={styles.tabList} aria-label="Parts of the request">
        {TABS.map((each) => (
          <Tabs.Tab key={each} value={each} className={styles.tab}>
            {TITLES[each]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {TABS.map((each) => (
        <Tabs.Panel key={each} value={each} className={styles.panel}>
          {each === tab && <TabContent tab={each} detail={detail} />}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}

function TabContent({ tab, detail }: { readonly tab: Tab; readonly detail: TrafficDetail }): ReactElement {
  switch (tab) {
    case 'summary':
      return <SummaryTab record={detail.record} />
    case 'request':
      return <RequestTab detail={detail} />
    case 'sent':
      return <SentTab detail={detail} />
    case 'answer':
      return <AnswerTab detail={detail} />
    case 'why':
      return <WhyTab detail={detail} />
  }
}
