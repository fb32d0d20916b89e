/** What the menus say of the endpoint, and how it is stopped and started from them. */
import type { MenuItem } from './menu-item.ts'

export interface EndpointFacts {
  readonly address: string | undefined
  /** By the user: tools are turned away. */
  readonly stopped: boolean
}

export interface EndpointActions {
  readonly start: () => void
  /** Lets what is running finish. */
  readonly stop: () => void
}

export function endpointItems({ address, stopped }: EndpointFacts, { start, stop }: EndpointActions): MenuItem[] {
  if (address === undefined) return [{ label: 'Not listening', enabled: false }]
  return stopped
    ? [
        { label: 'Stopped: tools are turned away', enabled: false },
        { label: 'Start endpoint', click: start },
      ]
    : [
        { label: `${address}/v1`, enabled: false },
        { label: 'Stop endpoint', click: stop },
      ]
}
