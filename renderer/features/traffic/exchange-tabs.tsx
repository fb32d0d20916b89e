/** What was said: as it came in, as it went out, and what came back. */
import { FileX } from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import type { TrafficDetail } from '../../../shared/api/traffic.ts'
import { useMirrored } from '../../client/mirror.ts'
import { settings } from '../../client/mirrors.ts'
import { hashOf } from '../../frame/route.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatBytes } from '../../ui/figures.ts'
import { Chip, Notice } from '../../ui/status.tsx'
import { JsonView } from './json-view.tsx'
import styles from './traffic.module.css'

export function RequestTab({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const { exchange } = detail
  if (exchange === undefined) return <NotKept detail={detail} />
  const headers = Object.entries(exchange.requestHeaders)
  return (
    <>
      <Block title="Headers" note={`${headers.length}, without credentials`}>
        <dl className={styles.headers}>
          {headers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Block>
      <Body title="Body as received" text={exchange.requestBody} cut={exchange.truncated.includes('requestBody')} />
    </>
  )
}

export function SentTab({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const { exchange, record } = detail
  if (exchange === undefined) return <NotKept detail={detail} />
  if (exchange.sentBody === undefined) {
    return (
      <EmptyState icon={<FileX />} title="Nothing was sent">
        <p>{record.simulated ? 'Switchyard answered by itself.' : 'The request ended before any provider was called.'}</p>
      </EmptyState>
    )
  }
  return (
    <>
      <Block title="Sent to">
        <p className={styles.mono}>{exchange.sentTo ?? 'not known'}</p>
      </Block>
      {exchange.dropped.length > 0 && (
        <Notice tone="warn">
          <span>
            {'The provider’s format cannot carry '}
            {exchange.dropped.map((field, index) => (
              <span key={field}>
                {index > 0 && ', '}
                <code>{field}</code>
              </span>
            ))}
            {exchange.dropped.length === 1 ? '; it was left out.' : '; they were left out.'}
          </span>
        </Notice>
      )}
      <Body title="Body as sent" text={exchange.sentBody} cut={exchange.truncated.includes('sentBody')} />
    </>
  )
}

export function AnswerTab({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const { exchange, record } = detail
  if (exchange === undefined) return <NotKept detail={detail} />
  const { answer } = exchange
  if (answer === undefined || (answer.text === '' && answer.reasoning === '' && answer.toolCalls.length === 0)) {
    return (
      <EmptyState icon={<FileX />} title={record.outcome === 'open' ? 'Still answering' : 'No answer'}>
        <p>{record.outcome === 'open' ? 'The answer is kept when it has ended.' : (record.message ?? 'Nothing came before the end.')}</p>
      </EmptyState>
    )
  }
  return (
    <>
      {exchange.truncated.includes('answer') && <Cut />}
      {answer.reasoning !== '' && (
        <Block title="Reasoning">
          <p className={styles.reasoning}>{answer.reasoning}</p>
        </Block>
      )}
      {answer.text !== '' && (
        <Block title="Text" actions={<CopyButton text={answer.text} label="Copy the text" />}>
          <p className={styles.answer}>{answer.text}</p>
        </Block>
      )}
      {answer.toolCalls.length > 0 && (
        <Block title="Tool calls" note={String(answer.toolCalls.length)}>
          {answer.toolCalls.map((call) => (
            <div key={call.id} className={styles.toolCall}>
              <p className={styles.toolName}>
                <code>{call.name}</code>
                <Chip>{call.id}</Chip>
              </p>
              <JsonOrText text={call.arguments} label={`arguments of ${call.name}`} />
            </div>
          ))}
        </Block>
      )}
    </>
  )
}

function Body({ title, text, cut }: { readonly title: string; readonly text: string; readonly cut: boolean }): ReactElement {
  return (
    <Block title={title}>
      {cut && <Cut />}
      <JsonOrText text={text} label={title.toLowerCase()} />
    </Block>
  )
}

/** A tree where it is JSON, the text itself otherwise and on demand. */
function JsonOrText({ text, label }: { readonly text: string; readonly label: string }): ReactElement {
  const [raw, setRaw] = useState(false)
  const parsed = parsedOf(text)
  if (parsed === undefined) return <CodeBlock text={text === '' ? '(empty)' : text} label={label} />
  return (
    <div className={styles.json}>
      <div className={styles.jsonBar}>
        <button type="button" className={styles.textButton} aria-pressed={raw} onClick={() => setRaw(!raw)}>
          {raw ? 'Show as tree' : 'Show as text'}
        </button>
        <CopyButton text={text} label={`Copy ${label}`} />
      </div>
      {raw ? <pre className={styles.raw}>{text}</pre> : <JsonView value={parsed.value} />}
    </div>
  )
}

function parsedOf(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    // cut at the capture limit, or never JSON: shown as it is
    return undefined
  }
}

function Cut(): ReactElement {
  const limit = useMirrored(settings)?.captureLimitBytes
  return (
    <Notice tone="warn">
      <span>
        {`Cut at the capture limit${limit === undefined ? '' : ` of ${formatBytes(limit)}`}. `}
        <a href={hashOf('settings')}>Change it</a>
      </span>
    </Notice>
  )
}

function NotKept({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const capture = useMirrored(settings)?.capture
  const why =
    detail.record.outcome === 'open'
      ? 'They are there when the request has ended.'
      : capture === 'none'
        ? 'Settings say to keep none.'
        : capture === 'errors'
          ? 'Settings say to keep those of failed requests only.'
          : 'They were cleared to make room for newer ones, or the request came before they were kept.'
  return (
    <EmptyState icon={<FileX />} title="Bodies were not kept">
      <p>{why}</p>
      <p>
        <a href={hashOf('settings')}>What is kept</a>
      </p>
    </EmptyState>
  )
}

interface BlockProps {
  readonly title: string
  readonly note?: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

function Block({ title, note, actions, children }: BlockProps): ReactElement {
  return (
    <section className={styles.block} aria-label={title}>
      <h3 className={styles.blockTitle}>
        {title}
        {note !== undefined && <span className={styles.axis}>{note}</span>}
        {actions !== undefined && <span className={styles.blockActions}>{actions}</span>}
      </h3>
      {children}
    </section>
  )
}
