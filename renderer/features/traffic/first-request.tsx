import { ArrowLeftRight } from 'lucide-react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { live } from '../../client/live.ts'
import { useMirrored } from '../../client/mirror.ts'
import { connectStatus } from '../../client/mirrors.ts'
import { hashOf } from '../../frame/route.ts'
import { useTexts } from '../../i18n/texts.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Status } from '../../ui/status.tsx'
import { TRAFFIC_TEXTS } from './texts.ts'
import styles from './traffic.module.css'

/** Nothing has come yet: the shortest thing that will. */
export function FirstRequest(): ReactElement {
  const texts = useTexts(TRAFFIC_TEXTS).first
  const status = useMirrored(connectStatus)
  const isLive = useStore(live.connection, (connection) => connection.is === 'live')
  const address = status?.address
  return (
    <EmptyState icon={<ArrowLeftRight />} title={texts.title}>
      <p>
        {address === undefined ? (
          texts.off
        ) : (
          <Status tone={isLive ? 'ok' : 'idle'} beats={isLive}>
            {isLive ? texts.listening(address) : texts.connecting}
          </Status>
        )}
      </p>
      {address !== undefined && status !== undefined && (
        <div className={styles.tryIt}>
          <p>{texts.tryIt}</p>
          <CodeBlock label={texts.code} text={tryIt(address, status.demoKey)} />
        </div>
      )}
      <p>
        <a href={hashOf('connect')}>{texts.connect}</a>
      </p>
    </EmptyState>
  )
}

function tryIt(address: string, demoKey: string): string {
  const body = JSON.stringify({ model: 'demo/swift', messages: [{ role: 'user', content: 'Hello' }] })
  return `curl ${address}/v1/chat/completions \\\n  -H 'authorization: Bearer ${demoKey}' \\\n  -H 'content-type: application/json' \\\n  -d '${body}'`
}
