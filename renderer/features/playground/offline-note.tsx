import type { ReactElement } from 'react'
import { useMirrored } from '../../client/mirror.ts'
import { models } from '../../client/mirrors.ts'
import { useNetwork } from '../../client/network.ts'
import { useTexts } from '../../i18n/texts.ts'
import styles from './composer.module.css'
import { answersOffline } from './model-list.ts'
import { texts } from './texts.ts'

/** Beside the composer while there is no network: who can answer all the same, and that nothing is kept for later. */
export function OfflineNote(): ReactElement | null {
  const t = useTexts(texts).composer
  const network = useNetwork()
  const rows = useMirrored(models)
  if (network.is === 'online') return null
  const here = [...new Set((rows ?? []).filter((row) => row.usable && answersOffline(row) && !row.simulated).map(({ providerName }) => providerName))]
  return <p className={styles.offline}>{here.length === 0 ? t.offlineNobody : t.offline(here.join(', '))}</p>
}
