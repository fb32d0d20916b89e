import { CircleAlert, Pin, PinOff, Trash2 } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { CacheDetail } from '../../../shared/api/cache.ts'
import type { CacheHitRecord } from '../../../shared/cache.ts'
import { useMirrored } from '../../client/mirror.ts'
import { clientKeys } from '../../client/mirrors.ts'
import { hashOf } from '../../frame/route.ts'
import { useTexts } from '../../i18n/texts.ts'
import { cacheReason } from '../../messages/cache-reasons.ts'
import { Button, classes, IconButton } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DetailTabs } from '../../ui/detail-tabs.tsx'
import { Block, DetailTitle, Fact, Facts, GivesWay } from '../../ui/details.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { formatAgo, formatBytes, formatCount, formatMoment, formatMoney } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { Chip } from '../../ui/status.tsx'
import markdown from '../playground/markdown.module.css'
import { Block as Markdown } from '../playground/markdown.tsx'
import { callWrong, deleteEntry, neverCache, openEntry, pin, showTab } from './actions.ts'
import styles from './cache.module.css'
import { ExplainDialog } from './explain-dialog.tsx'
import { LifeDialog } from './life-dialog.tsx'
import { TABS, type Tab, useCache } from './store.ts'
import { CACHE_TEXTS } from './texts.ts'
import { isEmptyPart, lifeLeft, scopeName } from './words.ts'

export function EntryDrawer({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { drawer: texts } = useTexts(CACHE_TEXTS)
  const open = useCache((state) => state.open)
  const detail = open.is === 'ready' ? open.detail : undefined
  return (
    <Drawer
      label={texts.label}
      name="cache"
      onClose={onClose}
      title={detail === undefined ? texts.label : <Title detail={detail} />}
      actions={detail !== undefined && <Actions detail={detail} />}
    >
      {open.is === 'loading' && <Skeleton rows={8} label={texts.loading} />}
      {open.is === 'failed' && (
        <EmptyState icon={<CircleAlert />} title={texts.failed} tone="bad">
          <p>{open.failure.message}</p>
        </EmptyState>
      )}
      {detail !== undefined && <Body detail={detail} />}
    </Drawer>
  )
}

function Title({ detail }: { readonly detail: CacheDetail }): ReactElement {
  const texts = useTexts(CACHE_TEXTS)
  const { entry, question } = detail
  const now = useNow(30_000)
  return (
    <DetailTitle
      name={question === '' ? texts.moreThanText : question.replace(/\s+/g, ' ')}
      note={
        <>
          <GivesWay>{entry.model}</GivesWay>
          {entry.kind === 'semantic' && <Chip tone="info">{texts.list.semantic}</Chip>}
          <span>{entry.pinned ? texts.life.pinned : texts.life.expiresIn(lifeLeft(entry, now))}</span>
        </>
      }
    />
  )
}

function Actions({ detail }: { readonly detail: CacheDetail }): ReactElement {
  const { drawer: texts } = useTexts(CACHE_TEXTS)
  const { entry } = detail
  return (
    <>
      <IconButton label={entry.pinned ? texts.unpin : texts.pin} small onClick={() => void pin(entry)}>
        {entry.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
      </IconButton>
      <IconButton label={texts.delete} small onClick={() => void deleteEntry(entry.key)}>
        <Trash2 aria-hidden />
      </IconButton>
    </>
  )
}

function Body({ detail }: { readonly detail: CacheDetail }): ReactElement {
  const { drawer: texts } = useTexts(CACHE_TEXTS)
  const tab = useCache((state) => state.tab)
  const counts: Readonly<Record<Tab, number>> = { answer: 0, hits: detail.entry.hits, near: detail.nearMisses.length + detail.neighbours.length, key: 0 }
  return (
    <DetailTabs label={texts.label} tabs={TABS.map((id) => ({ id, title: texts.tabs[id], count: counts[id] }))} open={tab} onOpen={showTab}>
      {(open: Tab) => BODIES[open](detail)}
    </DetailTabs>
  )
}

const BODIES: Readonly<Record<Tab, (detail: CacheDetail) => ReactElement>> = {
  answer: (detail) => <AnswerTab detail={detail} />,
  hits: (detail) => <HitsTab detail={detail} />,
  near: (detail) => <NearTab detail={detail} />,
  key: (detail) => <KeyTab detail={detail} />,
}

function AnswerTab({ detail }: { readonly detail: CacheDetail }): ReactElement {
  const texts = useTexts(CACHE_TEXTS)
  const { answer, entry, question } = detail
  const [changesLife, setChangesLife] = useState(false)
  const known = useMirrored(clientKeys) ?? []
  const now = useNow(30_000)
  return (
    <>
      <Block title={texts.drawer.question}>
        <p className={styles.said} dir="auto">
          {question === '' ? texts.drawer.questionHolds : question}
        </p>
      </Block>
      <Block title={texts.drawer.answer} actions={<CopyButton text={answer.text} label={texts.drawer.copyAnswer} />}>
        {answer.reasoning !== '' && (
          <p className={styles.reasoning} dir="auto">
            {answer.reasoning}
          </p>
        )}
        {answer.text !== '' && (
          <div className={classes(markdown.answer, styles.answer)} dir="auto">
            <Markdown text={answer.text} />
          </div>
        )}
        {answer.toolCalls.map((call) => (
          <p key={call.id} className={styles.call}>
            <code>
              {call.name}({call.arguments})
            </code>
          </p>
        ))}
      </Block>
      <div className={styles.actions}>
        <Button small onClick={() => setChangesLife(true)}>
          {texts.drawer.changeLife}
        </Button>
        <Button small onClick={() => void callWrong(entry.key, undefined)}>
          {texts.drawer.wrong}
        </Button>
        <Button small onClick={() => void neverCache(entry.key)}>
          {texts.drawer.never}
        </Button>
      </div>
      <Facts columns>
        <Fact name={texts.drawer.facts.made}>{formatMoment(entry.madeAt, now)}</Fact>
        <Fact name={texts.drawer.facts.by}>
          <a href={hashOf('traffic', entry.source)}>{entry.source.slice(0, 16)}…</a>
        </Fact>
        <Fact name={texts.drawer.facts.for}>{scopeName(entry.scope, known)}</Fact>
        <Fact name={texts.drawer.facts.expires}>{entry.pinned ? texts.life.neverPinned : texts.life.in(lifeLeft(entry, now))}</Fact>
        <Fact name={texts.drawer.facts.size}>{formatBytes(entry.bytes)}</Fact>
        <Fact name={texts.drawer.facts.hits}>{formatCount(entry.hits)}</Fact>
        <Fact name={texts.drawer.facts.last}>{formatAgo(entry.lastHitAt, now)}</Fact>
        <Fact name={texts.drawer.facts.saved}>{entry.hits === 0 ? texts.drawer.nothingYet : formatMoney(entry.saved)}</Fact>
      </Facts>
      <LifeDialog open={changesLife} onClose={() => setChangesLife(false)} entry={entry} />
    </>
  )
}

function HitsTab({ detail }: { readonly detail: CacheDetail }): ReactElement {
  const { drawer: texts } = useTexts(CACHE_TEXTS)
  const { hits, entry } = detail
  if (hits.length === 0) return <p className={styles.faint}>{texts.noHits}</p>
  return (
    <>
      <ul className={styles.cards}>
        {hits.map((hit) => (
          <Hit key={hit.id} hit={hit} detail={detail} />
        ))}
      </ul>
      {entry.hits > hits.length && <p className={styles.faint}>{texts.olderHits(formatCount(entry.hits - hits.length))}</p>}
    </>
  )
}

function Hit({ hit, detail }: { readonly hit: CacheHitRecord; readonly detail: CacheDetail }): ReactElement {
  const { drawer: texts } = useTexts(CACHE_TEXTS)
  const now = useNow(30_000)
  return (
    <li className={styles.card}>
      <div className={styles.cardLine}>
        <a href={hashOf('traffic', hit.request)}>{formatMoment(hit.at, now)}</a>
        {hit.kind === 'semantic' ? <Chip tone="info">{texts.similarity(hit.similarity.toFixed(3))}</Chip> : <span className={styles.faint}>{texts.exact}</span>}
        {hit.checked !== undefined && <Chip tone={hit.checked === 'agrees' ? 'ok' : 'warn'}>{texts.askedAgain[hit.checked]}</Chip>}
        <span className={styles.end}>{formatMoney(hit.saved)}</span>
      </div>
      {hit.question !== undefined && (
        <p className={styles.said} dir="auto">
          {hit.question}
        </p>
      )}
      {hit.kind === 'semantic' && (
        <Button small onClick={() => void callWrong(detail.entry.key, hit)}>
          {texts.wrong}
        </Button>
      )}
    </li>
  )
}

function NearTab({ detail }: { readonly detail: CacheDetail }): ReactElement {
  const { drawer: texts } = useTexts(CACHE_TEXTS)
  const { nearMisses, neighbours } = detail
  const now = useNow(30_000)
  return (
    <>
      <Block title={texts.nearMisses}>
        {nearMisses.length === 0 ? (
          <p className={styles.faint}>{texts.noNearMisses}</p>
        ) : (
          <ul className={styles.cards}>
            {nearMisses.map((miss) => (
              <li key={`${miss.request} ${miss.question}`} className={styles.card}>
                <p className={styles.said} dir="auto">
                  {miss.question}
                </p>
                <p className={styles.dim}>{cacheReason(miss.reason, miss.gate)}</p>
                <div className={styles.cardLine}>
                  <span className={styles.faint}>{texts.similarity(miss.similarity.toFixed(3))}</span>
                  <a className={styles.end} href={hashOf('traffic', miss.request)}>
                    {formatMoment(miss.at, now)}
                  </a>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Block>
      <Block title={texts.neighbours}>
        {neighbours.length === 0 ? (
          <p className={styles.faint}>{texts.noNeighbours}</p>
        ) : (
          <ul className={styles.cards}>
            {neighbours.map((neighbour) => (
              <li key={neighbour.key} className={styles.card}>
                <button type="button" className={styles.neighbour} dir="auto" onClick={() => void openEntry(neighbour.key)}>
                  {neighbour.question}
                </button>
                <p className={styles.dim}>{cacheReason(neighbour.reasons[0], neighbour.refusals[0]) ?? texts.nothingApart}</p>
                <span className={styles.faint}>{texts.similarity(neighbour.similarity.toFixed(3))}</span>
              </li>
            ))}
          </ul>
        )}
      </Block>
    </>
  )
}

function KeyTab({ detail }: { readonly detail: CacheDetail }): ReactElement {
  const texts = useTexts(CACHE_TEXTS)
  const [compares, setCompares] = useState(false)
  const known = useMirrored(clientKeys) ?? []
  return (
    <>
      <p className={styles.dim}>{texts.drawer.keyLead}</p>
      <dl className={styles.parts}>
        {detail.parts.map((part) => (
          <div key={part.name} className={styles.part}>
            <dt>
              {texts.parts[part.name]}
              <code className={styles.hash} title={part.hash}>
                {part.hash.slice(0, 8)}
              </code>
            </dt>
            <dd>
              {isEmptyPart(part.text) ? (
                <span className={styles.faint}>{texts.drawer.nothing}</span>
              ) : (
                <code className={styles.partText}>{part.name === 'scope' ? scopeName(part.text, known) : part.text}</code>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <div className={styles.cardLine}>
        <code className={styles.hash}>{detail.entry.key.slice(0, 24)}…</code>
        <CopyButton text={detail.entry.key} label={texts.drawer.copyKey} />
      </div>
      <div className={styles.actions}>
        <Button small onClick={() => setCompares(true)}>
          {texts.drawer.compareKey}
        </Button>
      </div>
      <ExplainDialog open={compares} onClose={() => setCompares(false)} entry={detail.entry.key} />
    </>
  )
}
