import { Tabs } from '@base-ui/react/tabs'
import { CircleAlert, Pin, PinOff, Trash2 } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { CacheDetail } from '../../../shared/api/cache.ts'
import type { CacheHitRecord } from '../../../shared/cache.ts'
import { formatUsd } from '../../../shared/money.ts'
import { useMirrored } from '../../client/mirror.ts'
import { clientKeys } from '../../client/mirrors.ts'
import { hashOf } from '../../frame/route.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { formatAgo, formatBytes, formatCount, formatMoment } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { Chip } from '../../ui/status.tsx'
import { callWrong, deleteEntry, neverCache, openEntry, pin, showTab } from './actions.ts'
import styles from './cache.module.css'
import { LifeDialog } from './life-dialog.tsx'
import { TABS, type Tab, useCache } from './store.ts'
import { isEmptyPart, lifeLeft, PART_NAMES, scopeName } from './words.ts'

export function EntryDrawer({ onClose }: { readonly onClose: () => void }): ReactElement {
  const open = useCache((state) => state.open)
  const detail = open.is === 'ready' ? open.detail : undefined
  return (
    <Drawer
      label="Cached answer"
      name="cache"
      onClose={onClose}
      title={detail === undefined ? 'Cached answer' : <Title detail={detail} />}
      actions={detail !== undefined && <Actions detail={detail} />}
    >
      {open.is === 'loading' && <Skeleton rows={8} label="Loading the answer" />}
      {open.is === 'failed' && (
        <EmptyState icon={<CircleAlert />} title="This answer could not be loaded" tone="bad">
          <p>{open.failure.message}</p>
        </EmptyState>
      )}
      {detail !== undefined && <Body detail={detail} />}
    </Drawer>
  )
}

function Title({ detail }: { readonly detail: CacheDetail }): ReactElement {
  const { entry, question } = detail
  const now = useNow(30_000)
  return (
    <div className={styles.drawerTitle}>
      <h2 className={styles.drawerQuestion}>{question === '' ? 'More than text' : question.replace(/\s+/g, ' ')}</h2>
      <span className={styles.drawerNote}>
        <span className={styles.drawerModel}>{entry.model}</span>
        {entry.kind === 'semantic' && <Chip tone="info">semantic</Chip>}
        <span>{entry.pinned ? 'pinned' : `expires in ${lifeLeft(entry, now)}`}</span>
      </span>
    </div>
  )
}

function Actions({ detail }: { readonly detail: CacheDetail }): ReactElement {
  const { entry } = detail
  return (
    <>
      <IconButton label={entry.pinned ? 'Unpin' : 'Pin: keep until deleted'} small onClick={() => void pin(entry)}>
        {entry.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
      </IconButton>
      <IconButton label="Delete (Delete)" small onClick={() => void deleteEntry(entry.key)}>
        <Trash2 aria-hidden />
      </IconButton>
    </>
  )
}

const TITLES: Readonly<Record<Tab, string>> = { answer: 'Answer', hits: 'Hits', near: 'Near', key: 'Key' }

function Body({ detail }: { readonly detail: CacheDetail }): ReactElement {
  const tab = useCache((state) => state.tab)
  const counts: Readonly<Record<Tab, number>> = { answer: 0, hits: detail.entry.hits, near: detail.nearMisses.length + detail.neighbours.length, key: 0 }
  return (
    <Tabs.Root value={tab} onValueChange={(next: Tab) => showTab(next)} className={styles.tabs}>
      <Tabs.List className={styles.tabList}>
        {TABS.map((each) => (
          <Tabs.Tab key={each} value={each} className={styles.tab}>
            {TITLES[each]}
            {counts[each] > 0 && <span className={styles.tabCount}>{formatCount(counts[each])}</span>}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {TABS.map((each) => (
        <Tabs.Panel key={each} value={each} className={styles.panel} tabIndex={0}>
          {each === 'answer' && <AnswerTab detail={detail} />}
          {each === 'hits' && <HitsTab detail={detail} />}
          {each === 'near' && <NearTab detail={detail} />}
          {each === 'key' && <KeyTab detail={detail} />}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}

function AnswerTab({ detail }: { readonly detail: CacheDetail }): ReactElement {
  const { answer, entry, question } = detail
  const [changesLife, setChangesLife] = useState(false)
  const known = useMirrored(clientKeys) ?? []
  const now = useNow(30_000)
  return (
    <>
      <section className={styles.block} aria-label="Question">
        <h3 className={styles.blockTitle}>Question</h3>
        <p className={styles.said}>{question === '' ? 'It holds more than text: see the request that made it.' : question}</p>
      </section>
      <section className={styles.block} aria-label="Answer">
        <h3 className={styles.blockTitle}>
          Answer
          <span className={styles.end}>
            <CopyButton text={answer.text} label="Copy the answer" />
          </span>
        </h3>
        {answer.reasoning !== '' && <p className={styles.reasoning}>{answer.reasoning}</p>}
        {answer.text !== '' && <p className={styles.answer}>{answer.text}</p>}
        {answer.toolCalls.map((call) => (
          <p key={call.id} className={styles.call}>
            <code>
              {call.name}({call.arguments})
            </code>
          </p>
        ))}
      </section>
      <div className={styles.actions}>
        <Button small onClick={() => setChangesLife(true)}>
          Change life
        </Button>
        <Button small onClick={() => void callWrong(entry.key, undefined)}>
          This was wrong
        </Button>
        <Button small onClick={() => void neverCache(entry.key)}>
          Never cache this
        </Button>
      </div>
      <dl className={styles.facts}>
        <Fact name="Made">{formatMoment(entry.madeAt, now)}</Fact>
        <Fact name="By request">
          <a href={hashOf('traffic', entry.source)}>{entry.source.slice(0, 16)}…</a>
        </Fact>
        <Fact name="For">{scopeName(entry.scope, known)}</Fact>
        <Fact name="Expires">{entry.pinned ? 'never: pinned' : `in ${lifeLeft(entry, now)}`}</Fact>
        <Fact name="Size">{formatBytes(entry.bytes)}</Fact>
        <Fact name="Hits">{formatCount(entry.hits)}</Fact>
        <Fact name="Last hit">{formatAgo(entry.lastHitAt, now)}</Fact>
        <Fact name="Saved">{entry.hits === 0 ? 'nothing yet' : formatUsd(entry.saved)}</Fact>
      </dl>
      <LifeDialog open={changesLife} onClose={() => setChangesLife(false)} entry={entry} />
    </>
  )
}

function HitsTab({ detail }: { readonly detail: CacheDetail }): ReactElement {
  const { hits, entry } = detail
  if (hits.length === 0) return <p className={styles.faint}>Nobody has been answered from it yet.</p>
  return (
    <>
      <ul className={styles.cards}>
        {hits.map((hit) => (
          <Hit key={hit.id} hit={hit} detail={detail} />
        ))}
      </ul>
      {entry.hits > hits.length && <p className={styles.faint}>{formatCount(entry.hits - hits.length)} older hits are counted but not shown.</p>}
    </>
  )
}

function Hit({ hit, detail }: { readonly hit: CacheHitRecord; readonly detail: CacheDetail }): ReactElement {
  const now = useNow(30_000)
  return (
    <li className={styles.card}>
      <div className={styles.cardLine}>
        <a href={hashOf('traffic', hit.request)}>{formatMoment(hit.at, now)}</a>
        {hit.kind === 'semantic' ? <Chip tone="info">{`similarity ${hit.similarity.toFixed(3)}`}</Chip> : <span className={styles.faint}>exact</span>}
        {hit.checked !== undefined && <Chip tone={hit.checked === 'agrees' ? 'ok' : 'warn'}>{`asked again: ${hit.checked}`}</Chip>}
        <span className={styles.end}>{formatUsd(hit.saved)}</span>
      </div>
      {hit.question !== undefined && <p className={styles.said}>{hit.question}</p>}
      {hit.kind === 'semantic' && (
        <Button small onClick={() => void callWrong(detail.entry.key, hit)}>
          This was wrong
        </Button>
      )}
    </li>
  )
}

function NearTab({ detail }: { readonly detail: CacheDetail }): ReactElement {
  const { nearMisses, neighbours } = detail
  const now = useNow(30_000)
  return (
    <>
      <section className={styles.block} aria-label="Near misses">
        <h3 className={styles.blockTitle}>Near misses</h3>
        {nearMisses.length === 0 ? (
          <p className={styles.faint}>No question has come near without being taken for this one.</p>
        ) : (
          <ul className={styles.cards}>
            {nearMisses.map((miss) => (
              <li key={`${miss.request} ${miss.question}`} className={styles.card}>
                <p className={styles.said}>{miss.question}</p>
                <p className={styles.dim}>{miss.gate}</p>
                <div className={styles.cardLine}>
                  <span className={styles.faint}>similarity {miss.similarity.toFixed(3)}</span>
                  <a className={styles.end} href={hashOf('traffic', miss.request)}>
                    {formatMoment(miss.at, now)}
                  </a>
                </div>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className={styles.block} aria-label="Near neighbours">
        <h3 className={styles.blockTitle}>Near neighbours</h3>
        {neighbours.length === 0 ? (
          <p className={styles.faint}>No other answer stands beside it: equal in all but the question.</p>
        ) : (
          <ul className={styles.cards}>
            {neighbours.map((neighbour) => (
              <li key={neighbour.key} className={styles.card}>
                <button type="button" className={styles.neighbour} onClick={() => void openEntry(neighbour.key)}>
                  {neighbour.question}
                </button>
                <p className={styles.dim}>{neighbour.refusals[0] ?? 'Nothing keeps the two apart.'}</p>
                <span className={styles.faint}>similarity {neighbour.similarity.toFixed(3)}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  )
}

function KeyTab({ detail }: { readonly detail: CacheDetail }): ReactElement {
  const known = useMirrored(clientKeys) ?? []
  return (
    <>
      <p className={styles.dim}>
        A request is answered from here when all of these are equal. Whether it streams, and in which dialect it is asked, is no part of it.
      </p>
      <dl className={styles.parts}>
        {detail.parts.map((part) => (
          <div key={part.name} className={styles.part}>
            <dt>
              {PART_NAMES[part.name]}
              <code className={styles.hash} title={part.hash}>
                {part.hash.slice(0, 8)}
              </code>
            </dt>
            <dd>
              {isEmptyPart(part.text) ? (
                <span className={styles.faint}>nothing</span>
              ) : (
                <code className={styles.partText}>{part.name === 'scope' ? scopeName(part.text, known) : part.text}</code>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <div className={styles.cardLine}>
        <code className={styles.hash}>{detail.entry.key.slice(0, 24)}…</code>
        <CopyButton text={detail.entry.key} label="Copy the key" />
      </div>
    </>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }): ReactElement {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
