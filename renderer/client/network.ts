/**
 * Whether this machine has a network, by two witnesses: the browser, which knows of cables and radios, and the engine, whose requests to providers
 * show what the browser cannot see (a router without a line, a VPN that died).
 */
import { useEffect, useSyncExternalStore } from 'react'
import type { Ms } from '../../shared/ids.ts'
import { client } from './client.ts'
import { useMirrored } from './mirror.ts'
import { connectStatus } from './mirrors.ts'

export type NetworkState =
  | { readonly is: 'online' }
  /** The browser says so. */
  | { readonly is: 'offline'; readonly by: 'browser' }
  /** No provider could be reached at all since then. */
  | { readonly is: 'offline'; readonly by: 'engine'; readonly since: Ms }

const ONLINE: NetworkState = { is: 'online' }
const BY_BROWSER: NetworkState = { is: 'offline', by: 'browser' }

export function networkState(browserOnline: boolean, engineOfflineSince: Ms | undefined): NetworkState {
  if (!browserOnline) return BY_BROWSER
  return engineOfflineSince === undefined ? ONLINE : { is: 'offline', by: 'engine', since: engineOfflineSince }
}

export function useNetwork(): NetworkState {
  const browserOnline = useSyncExternalStore(watchBrowser, () => navigator.onLine)
  return networkState(browserOnline, useMirrored(connectStatus)?.offlineSince)
}

/** What the engine learned without a network is old as soon as the browser says that there is one again. For as long as the window stands. */
export function useNetworkNews(): void {
  useEffect(() => {
    const isBack = (): void => void client['connect.networkIsBack']({})
    window.addEventListener('online', isBack)
    return () => window.removeEventListener('online', isBack)
  }, [])
}

function watchBrowser(changed: () => void): () => void {
  window.addEventListener('online', changed)
  window.addEventListener('offline', changed)
  return () => {
    window.removeEventListener('online', changed)
    window.removeEventListener('offline', changed)
  }
}
