import { Unplug } from 'lucide-react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { live } from '../client/live.ts'
import { useTexts } from '../i18n/texts.ts'
import styles from './offline-banner.module.css'
import { FRAME_TEXTS } from './texts.ts'

/** Said once, above every screen, while the engine cannot be reached. */
export function OfflineBanner(): ReactElement {
  const lost = useStore(live.connection, (connection) => connection.is === 'lost')
  const { offline } = useTexts(FRAME_TEXTS)
  return (
    <div role="status">
      {lost && (
        <p className={styles.banner}>
          <Unplug aria-hidden size={15} />
          {offline}
        </p>
      )}
    </div>
  )
}
