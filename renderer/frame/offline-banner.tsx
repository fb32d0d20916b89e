import { Unplug, WifiOff } from 'lucide-react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { live } from '../client/live.ts'
import { useNetwork, useNetworkNews } from '../client/network.ts'
import { useTexts } from '../i18n/texts.ts'
import { formatAgo } from '../ui/figures.ts'
import { useNow } from '../ui/now.ts'
import styles from './offline-banner.module.css'
import { FRAME_TEXTS } from './texts.ts'

/** Said once, above every screen: the engine cannot be reached, or this machine has no network. */
export function OfflineBanner(): ReactElement {
  const lost = useStore(live.connection, (connection) => connection.is === 'lost')
  const network = useNetwork()
  const now = useNow(30_000)
  const texts = useTexts(FRAME_TEXTS)
  useNetworkNews()
  return (
    <div role="status">
      {lost && (
        <p className={styles.banner}>
          <Unplug aria-hidden size={15} />
          {texts.offline}
        </p>
      )}
      {network.is === 'offline' && (
        <p className={styles.banner}>
          <WifiOff aria-hidden size={15} />
          {network.by === 'browser' ? texts.noNetwork : texts.noProvider(formatAgo(network.since, now))}
        </p>
      )}
    </div>
  )
}
