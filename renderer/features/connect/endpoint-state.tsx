import { Play, Power } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ConnectStatus } from '../../../shared/api/connect.ts'
import { useMirrored } from '../../client/mirror.ts'
import { settings } from '../../client/mirrors.ts'
import { startEndpoint } from '../../frame/endpoint/actions.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/status.tsx'
import styles from './connect.module.css'
import { ENDPOINT_STATE_TEXTS } from './endpoint-texts.ts'
import { CONNECT_TEXTS } from './texts.ts'

interface StatusProps {
  readonly status: ConnectStatus
}

/** One big Start. */
export function StoppedEndpoint(): ReactElement {
  const texts = useTexts(ENDPOINT_STATE_TEXTS)
  return (
    <EmptyState icon={<Power />} title={texts.stopped}>
      <p>{texts.stoppedMore}</p>
      <Button variant="primary" icon={<Play aria-hidden />} onClick={() => void startEndpoint()}>
        {texts.start}
      </Button>
    </EmptyState>
  )
}

/** Says so where tools have to be told of another port, and where the network cannot be served. */
export function EndpointNotices({ status }: StatusProps): ReactElement {
  const texts = useTexts(ENDPOINT_STATE_TEXTS)
  const lan = useMirrored(settings)?.lan ?? false
  return (
    <>
      {status.portTaken !== undefined && status.address !== undefined && <Notice tone="warn">{texts.portTaken(status.portTaken, status.address)}</Notice>}
      {lan && status.lanAddresses.length === 0 && <Notice tone="warn">{texts.noNetwork}</Notice>}
    </>
  )
}

/** Where tools on other machines reach it. */
export function LanRows({ status }: StatusProps): ReactElement {
  const texts = useTexts(ENDPOINT_STATE_TEXTS)
  const { copyAddress } = useTexts(CONNECT_TEXTS)
  return (
    <>
      {status.lanAddresses.map((address) => (
        <div key={address} className={styles.base}>
          <span className={styles.baseName}>{texts.fromOthers}</span>
          <code className={styles.baseAddress}>{address}</code>
          <CopyButton text={address} label={copyAddress(`${texts.fromOthers}, ${address}`)} />
        </div>
      ))}
    </>
  )
}
