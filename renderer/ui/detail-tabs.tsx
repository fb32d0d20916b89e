import { Tabs } from '@base-ui/react/tabs'
import type { ReactElement, ReactNode } from 'react'
import details from './details.module.css'
import { formatCount } from './figures.ts'
import tabs from './tabs.module.css'

export interface DetailTab<Id extends string> {
  readonly id: Id
  readonly title: string
  /** Shown beside the title when there is any. */
  readonly count?: number
}

export interface DetailTabsProps<Id extends string> {
  /** What the parts are parts of, for screen readers. */
  readonly label: string
  readonly tabs: readonly DetailTab<Id>[]
  readonly open: Id
  readonly onOpen: (id: Id) => void
  /** Draws the open part. */
  readonly children: (id: Id) => ReactNode
}

/** The parts of what a drawer shows, one at a time; only the open one is drawn. */
export function DetailTabs<Id extends string>({ label, tabs: all, open, onOpen, children }: DetailTabsProps<Id>): ReactElement {
  return (
    <Tabs.Root data-detail-tabs className={details.tabs} value={open} onValueChange={(id: Id) => onOpen(id)}>
      <Tabs.List className={`${tabs.tabList} ${details.tabList}`} aria-label={label}>
        {all.map(({ id, title, count = 0 }) => (
          <Tabs.Tab key={id} value={id} className={tabs.tab}>
            {title}
            {count > 0 && <span className={tabs.count}>{formatCount(count)}</span>}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {all.map(({ id }) => (
        <Tabs.Panel key={id} value={id} className={details.body} tabIndex={0}>
          {id === open && children(id)}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}
