import { ArrowLeftRight } from 'lucide-react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { live } from '../../client/live.ts'
import { useMirrored } from '../../client/mirror.ts'
import { connectStatus } from '../../client/mirrors.ts'
import { hashOf } from '../../frame/route.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Status } from '../../ui/status.tsx'
import styles from './traffic.module.css'

/** Nothing has come yet: the shortest thing that will. */
export function FirstRequest(): ReactElement {
  const status = useMirrored(connectStatus)
  const isLive = useStore(live.connection, (connection) => connection.is === 'live')
  const address = status?.address
  return (
    <EmptyState icon={<ArrowLeftRight />} title="Waiting for the first request">
      <p>
        {address === undefined ? (
          'The endpoint is off, so nothing can arrive.'
        ) : (
          <Status tone={isLive ? 'ok' : 'idle'} beats={isLive}>
            {isLive ? `Listening on ${address}` : 'Connecting'}
          </Status>
        )}
      </p>
      {address !== undefined && status !== undefined && (
        <div className={styles.tryIt}>
          <p>Try it with the demo key. It opens only the simulated models.</p>
          <CodeBlock label="first request" text={tryIt(address, status.demoKey)} />
        </div>
      )}
      <p>
        <a href={hashOf('connect')}>Connect a tool</a>
      </p>
    </EmptyState>
  )
}

function tryIt(address: string, demoKey: string): string {
  const body = JSON.stringify({ model: 'demo/swift', messages: [{ role: 'user', content: 'Hello' }] })
  return `curl ${address}/v1/chat/completions \\\n  -H 'authorization: Bearer ${demoKey}' \\\n  -H 'content-type: application/json' \\\n  -d '${body}'`
}
