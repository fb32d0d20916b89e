/** What was said: as it came in, as it went out, and what came back. */

import { FileX } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { TrafficDetail } from '../../../shared/api/traffic.ts'
import { useMirrored } from '../../client/mirror.ts'
import { settings } from '../../client/mirrors.ts'
import { hashOf } from '../../frame/route.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Told } from '../../messages/told.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Block } from '../../ui/details.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Choice } from '../../ui/field.tsx'
import { formatBytes } from '../../ui/figures.ts'
import { Chip, Notice } from '../../ui/status.tsx'
import { UI_TEXTS } from '../../ui/texts.ts'
import markdown from '../playground/markdown.module.css'
import { Block as Markdown } from '../playground/markdown.tsx'
import bodies from './bodies.module.css'
import { DRAWER_TEXTS } from './drawer-texts.ts'
import { JsonView } from './json-view.tsx'
import styles from './traffic.module.css'

export function RequestTab({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS)
  const { exchange } = detail
  if (exchange === undefined) return <NotKept detail={detail} />
  return (
    <>
      <Headers title={texts.headers} headers={exchange.requestHeaders} />
      <Body title={texts.bodyReceived} text={exchange.requestBody} cut={exchange.truncated.includes('requestBody')} />
    </>
  )
}

function Headers({ title, headers }: { readonly title: string; readonly headers: Readonly<Record<string, string>> }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS)
  const entries = Object.entries(headers)
  return (
    <Block title={title} note={texts.headersNote(entries.length)}>
      {entries.length > 0 && (
        <dl className={bodies.headers}>
          {entries.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Block>
  )
}

/** What went to the provider. */
export function TranslatedTab({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS)
  const { exchange, record } = detail
  if (exchange === undefined) return <NotKept detail={detail} />
  if (exchange.sentBody === undefined) {
    return (
      <EmptyState icon={<FileX />} title={texts.nothingSent}>
        <p>{record.simulated || record.cache?.kind === 'exact' || record.cache?.kind === 'semantic' ? texts.answeredHere : texts.endedBefore}</p>
      </EmptyState>
    )
  }
  return (
    <>
      <Block title={texts.sentTo}>
        <p className={bodies.mono}>{exchange.sentTo ?? texts.sentToUnknown}</p>
      </Block>
      {exchange.dropped.length > 0 && <Notice tone="warn">{texts.dropped(exchange.dropped.join(', '), exchange.dropped.length)}</Notice>}
      <Body title={texts.bodySent} text={exchange.sentBody} cut={exchange.truncated.includes('sentBody')} />
    </>
  )
}

type Face = 'rendered' | 'raw'

export function ResponseTab({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS)
  const [face, setFace] = useState<Face>('rendered')
  if (detail.exchange === undefined) return <NotKept detail={detail} />
  return (
    <>
      <Choice
        label={texts.view}
        hideLabel
        bar
        value={face}
        onValue={setFace}
        options={[
          { value: 'rendered', title: texts.rendered },
          { value: 'raw', title: texts.raw },
        ]}
      />
      {face === 'rendered' ? <Rendered detail={detail} /> : <Raw detail={detail} />}
    </>
  )
}

function Raw({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS)
  const response = detail.exchange?.response
  if (response === undefined) return <p className={styles.faint}>{detail.record.outcome === 'open' ? texts.stillAnsweringWhy : texts.rawNotKept}</p>
  return (
    <>
      <Headers title={texts.replyHeaders} headers={response.headers} />
      <Block title={texts.rawTitle}>
        {detail.exchange?.truncated.includes('response') === true && <Notice tone="warn">{texts.rawCut}</Notice>}
        <CodeBlock text={response.text} label={texts.rawTitle} />
      </Block>
    </>
  )
}

function Rendered({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS)
  const { exchange, record } = detail
  const answer = exchange?.answer
  if (answer === undefined || (answer.text === '' && answer.reasoning === '' && answer.toolCalls.length === 0)) {
    return (
      <EmptyState icon={<FileX />} title={record.outcome === 'open' ? texts.stillAnswering : texts.noAnswer}>
        <p>
          {record.outcome === 'open' ? (
            texts.stillAnsweringWhy
          ) : record.message === undefined ? (
            texts.noAnswerWhy
          ) : (
            <Told of={{ message: record.message, said: record.said }} />
          )}
        </p>
      </EmptyState>
    )
  }
  return (
    <>
      {exchange?.truncated.includes('answer') === true && <Cut />}
      {answer.reasoning !== '' && (
        <Block title={texts.reasoning}>
          <p className={bodies.reasoning} dir="auto">
            {answer.reasoning}
          </p>
        </Block>
      )}
      {answer.text !== '' && (
        <Block title={texts.text} actions={<CopyButton text={answer.text} label={texts.copyText} />}>
          <div className={markdown.answer} dir="auto">
            <Markdown text={answer.text} />
          </div>
        </Block>
      )}
      {answer.toolCalls.length > 0 && (
        <Block title={texts.toolCalls} note={String(answer.toolCalls.length)}>
          {answer.toolCalls.map((call) => (
            <div key={call.id} className={bodies.toolCall}>
              <p className={bodies.toolName}>
                <code>{call.name}</code>
                <Chip>{call.id}</Chip>
              </p>
              <JsonOrText text={call.arguments} label={texts.argumentsOf(call.name)} />
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
  const texts = useTexts(DRAWER_TEXTS)
  const copyOf = useTexts(UI_TEXTS).copy
  const [raw, setRaw] = useState(false)
  const parsed = parsedOf(text)
  if (parsed === undefined) return <CodeBlock text={text === '' ? texts.empty : text} label={label} />
  return (
    <div className={bodies.json}>
      <div className={bodies.jsonBar}>
        <button type="button" className={bodies.textButton} aria-pressed={raw} onClick={() => setRaw(!raw)}>
          {raw ? texts.asTree : texts.asText}
        </button>
        <CopyButton text={text} label={copyOf(label)} />
      </div>
      {raw ? <pre className={bodies.raw}>{text}</pre> : <JsonView value={parsed.value} />}
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
  const texts = useTexts(DRAWER_TEXTS)
  const limit = useMirrored(settings)?.captureLimitBytes
  return (
    <Notice tone="warn">
      <span>
        {texts.cut(limit === undefined ? undefined : formatBytes(limit))}
        <a href={hashOf('settings')}>{texts.changeIt}</a>
      </span>
    </Notice>
  )
}

export function NotKept({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS)
  const capture = useMirrored(settings)?.capture
  const why = detail.record.outcome === 'open' ? 'open' : capture === 'none' || capture === 'errors' ? capture : 'cleared'
  return (
    <EmptyState icon={<FileX />} title={texts.notKept}>
      <p>{texts.notKeptWhy[why]}</p>
      <p>
        <a href={hashOf('settings')}>{texts.whatIsKept}</a>
      </p>
    </EmptyState>
  )
}
