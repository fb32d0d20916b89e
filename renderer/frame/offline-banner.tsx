import { Unplug } from 'lucide-react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { live } from '../client/live.ts'
import styles from './offline-banner.module.css'

/** Said once, above every screen, while the engine cannot be reached. */
export function OfflineBanner(): ReactElement {
  const lost = useStore(live.connection, (connection) => connection.is === 'lost')
  return (
    <div role="status">
      {lost && (
        <p className={styles.banner}>
          <Unplug aria-hidden size={15} />
          Switchyard’s engine does not answer. What you see may be old; reconnecting by itself.
        </p>
      )}
    </div>
  )
}
