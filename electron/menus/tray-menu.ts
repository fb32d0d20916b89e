/** The tray's menu as data: what it says, and what a click on it does. */
import { formatUsd, type NanoUsd } from '../../shared/money.ts'
import { type EndpointActions, type EndpointFacts, endpointItems } from './endpoint-items.ts'
import type { MenuItem } from './menu-item.ts'

export interface TrayActions extends EndpointActions {
  readonly show: () => void
  readonly copy: (text: string) => void
  readonly quit: () => void
}

/** What the tray says of the engine. */
export interface TrayFacts extends EndpointFacts {
  readonly active: number
  readonly spentToday: NanoUsd
}

export function trayTemplate(facts: TrayFacts, actions: TrayActions): MenuItem[] {
  const { address, active, spentToday } = facts
  const { show, copy, quit } = actions
  const endpoint = address === undefined ? undefined : `${address}/v1`
  return [
    { label: 'Open Switchyard', click: show },
    { type: 'separator' },
    ...endpointItems(facts, actions),
    { label: 'Copy address', enabled: endpoint !== undefined, click: () => endpoint !== undefined && copy(endpoint) },
    { label: `Spent today: ${formatUsd(spentToday)}${active === 0 ? '' : `, ${active} running`}`, enabled: false },
    { type: 'separator' },
    { label: 'Quit', click: quit },
  ]
}
