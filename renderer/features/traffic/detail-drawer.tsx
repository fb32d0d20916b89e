import { CircleAlert, RotateCw } from 'lucide-react'
import type { ReactElement } from 'react'
import type { TrafficDetail } from '../../../shared/api/traffic.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { DetailTabs } from '../../ui/detail-tabs.tsx'
import { DetailTitle, GivesWay } from '../../ui/details.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { formatClock } from '../../ui/figures.ts'
import { Chip } from '../../ui/status.tsx'
import { openDetail, showTab } from './actions.ts'
import { CacheTab } from './cache-tab.tsx'
import { CostTab } from './cost-tab.tsx'
import { RequestTab, ResponseTab, TranslatedTab } from './exchange-tabs.tsx'
import { RequestActions } from './request-menu.tsx'
import styles from './row.module.css'
import { type OpenDetail, TABS, type Tab, useTraffic } from './store.ts'
import { outcomeLabel, outcomeTone } from './story.ts'
import { SummaryTab } from './summary-tab.tsx'
import { TRAFFIC_TEXTS } from './texts.ts'
import { WhyTab } from './why-tab.tsx'

export function DetailDrawer({ onClose }: { readonly onClose: () => void }): ReactElement {
  const texts = useTexts(TRAFFIC_TEXTS)
  const open = useTraffic((state) => state.detail)
  const record = useTraffic((state) => {
    if (state.detail.is === 'closed') return undefined
    if (state.detail.is === 'ready') return state.detail.detail.record
    return state.list.is === 'ready' ? state.list.rows.find(state.detail.id) : undefined
  })
  return (
    <Drawer
      label={texts.details}
      name="traffic"
      onClose={onClose}
      title={record === undefined ? texts.request : <Title record={record} />}
      actions={record !== undefined && <RequestActions record={record} />}
    >
      <Body open={open} />
    </Drawer>
  )
}

function Title({ record }: { readonly record: UsageRecord }): ReactElement {
  const texts = useTexts(TRAFFIC_TEXTS)
  return (
    <DetailTitle
      name={record.requested === '' ? texts.unreadableRequest : record.requested}
      note={
        <>
          <span className={styles.outcome} data-tone={outcomeTone(record)}>
            {record.status !== undefined && <span className={styles.code}>{record.status}</span>}
            {outcomeLabel(record)}
          </span>
          <GivesWay>{record.callerName ?? texts.unknownClient}</GivesWay>
          <span>{formatClock(record.at)}</span>
          {record.simulated && <Chip>{texts.simulated}</Chip>}
        </>
      }
    />
  )
}

function Body({ open }: { readonly open: OpenDetail }): ReactElement | null {
  const texts = useTexts(TRAFFIC_TEXTS)
  switch (open.is) {
    case 'closed':
      return null
    case 'loading':
      return <Skeleton rows={8} label={texts.loadingRequest} />
    case 'failed':
      return (
        <EmptyState icon={<CircleAlert />} title={texts.requestFailed} tone="bad">
          <p>{open.failure.message}</p>
          <Button icon={<RotateCw aria-hidden />} onClick={() => void openDetail(open.id)}>
            {texts.tryAgain}
          </Button>
        </EmptyState>
      )
    case 'ready':
      return <Parts detail={open.detail} />
  }
}

function Parts({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const texts = useTexts(TRAFFIC_TEXTS)
  const tab = useTraffic((state) => state.tab)
  return (
    <DetailTabs label={texts.partsLabel} tabs={TABS.map((id) => ({ id, title: texts.tabs[id] }))} open={tab} onOpen={showTab}>
      {(open: Tab) => <TabContent tab={open} detail={detail} />}
    </DetailTabs>
  )
}

function TabContent({ tab, detail }: { readonly tab: Tab; readonly detail: TrafficDetail }): ReactElement {
  switch (tab) {
    case 'summary':
      return <SummaryTab record={detail.record} />
    case 'request':
      return <RequestTab detail={detail} />
    case 'response':
      return <ResponseTab detail={detail} />
    case 'translated':
      return <TranslatedTab detail={detail} />
    case 'why':
      return <WhyTab detail={detail} />
    case 'cost':
      return <CostTab detail={detail} />
    case 'cache':
      return <CacheTab detail={detail} />
  }
}
