/** What the drawer shows, and which row the keys act on. */
import type { RequestId } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { client } from '../../client/client.ts'
import { type Tab, useTraffic } from './store.ts'

/** The open drawer keeps up: the row's own facts at once, and its bodies once the request has ended. */
export function followDetail(record: UsageRecord): void {
  const { detail } = useTraffic.getState()
  if (detail.is === 'closed' || detail.id !== record.id) return
  if (detail.is === 'ready') useTraffic.setState({ detail: { ...detail, detail: { ...detail.detail, record } } })
  if (record.outcome !== 'open') void fetchDetail(record.id)
}

export function setCurrent(id: RequestId): void {
  const { detail } = useTraffic.getState()
  useTraffic.setState({ current: id })
  // With the drawer open, walking through the list is reading.
  if (detail.is !== 'closed') void openDetail(id)
}

/** Opens the drawer on a request; on the one it already shows, closes it. */
export function toggleDetail(id: RequestId): void {
  const { detail } = useTraffic.getState()
  if (detail.is !== 'closed' && detail.id === id) closeDetail()
  else void openDetail(id)
}

export async function openDetail(id: RequestId): Promise<void> {
  const { detail } = useTraffic.getState()
  if (detail.is === 'ready' && detail.id === id) return
  useTraffic.setState({ current: id, detail: { is: 'loading', id } })
  await fetchDetail(id)
}

export function closeDetail(): void {
  useTraffic.setState({ detail: { is: 'closed' } })
}

export function showTab(tab: Tab): void {
  useTraffic.setState({ tab })
}

async function fetchDetail(id: RequestId): Promise<void> {
  const result = await client['traffic.get']({ id })
  const { detail } = useTraffic.getState()
  // another row was opened meanwhile, or the drawer was closed
  if (detail.is === 'closed' || detail.id !== id) return
  if (result.ok) useTraffic.setState({ detail: { is: 'ready', id, detail: result.value } })
  else if (detail.is !== 'ready') useTraffic.setState({ detail: { is: 'failed', id, failure: result.failure } })
}
