import { type ReactElement, useEffect, useState } from 'react'
import type { CacheDetail, KeyComparison } from '../../../shared/api/cache.ts'
import type { TrafficDetail } from '../../../shared/api/traffic.ts'
import type { CacheKey, CacheUse } from '../../../shared/cache.ts'
import { totalInput } from '../../../shared/chat.ts'
import type { Result } from '../../../shared/contract.ts'
import type { RequestId } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { client } from '../../client/client.ts'
import { hashOf } from '../../frame/route.ts'
import { language, useTexts } from '../../i18n/texts.ts'
import { Block, Fact, Facts } from '../../ui/details.tsx'
import { Skeleton } from '../../ui/empty-state.tsx'
import { formatMoment, formatMoney } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import bodies from './bodies.module.css'
import { DRAWER_TEXTS } from './drawer-texts.ts'
import { cacheStory } from './story.ts'
import styles from './traffic.module.css'

/** What the two caches did: ours for whole answers, the provider's for prompts. */
export function CacheTab({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS)
  const { record } = detail
  const { cache } = record
  return (
    <>
      <Block title={texts.responseCache}>
        {cache === undefined ? (
          <p className={styles.faint}>
            {texts.cache.none}. {texts.cache.noneWhy}
          </p>
        ) : (
          <p>
            {cacheStory(cache)} {cache.kind === 'merged' && <a href={hashOf('traffic', cache.with)}>{texts.openRequest}</a>}
          </p>
        )}
      </Block>
      {cache !== undefined && cache.kind !== 'merged' && (
        <Entry key={`${cache.key} ${record.outcome === 'open'}`} cacheKey={cache.key} answering={record.outcome === 'open'} />
      )}
      <Against request={record.id} cache={cache} />
      <PromptCache record={record} />
    </>
  )
}

/** `answering`: what it is to hold is not there yet. */
function Entry({ cacheKey, answering }: { readonly cacheKey: CacheKey; readonly answering: boolean }): ReactElement {
  const { cache: texts, openEntry } = useTexts(DRAWER_TEXTS)
  const now = useNow(60_000)
  const asked = useAsked<CacheDetail>(() => client['cache.get']({ key: cacheKey }), cacheKey)
  if (asked === undefined) return <Skeleton rows={4} label={texts.loading} />
  return (
    <>
      <Block title={texts.entry} actions={asked.ok && <a href={hashOf('cache', cacheKey)}>{openEntry}</a>}>
        {asked.ok ? (
          <Facts>
            <Fact name={texts.question}>{asked.value.question}</Fact>
            <Fact name={texts.made}>{formatMoment(asked.value.entry.madeAt, now)}</Fact>
            <Fact name={texts.hits}>{asked.value.entry.hits}</Fact>
            <Fact name={texts.saved}>{formatMoney(asked.value.entry.saved)}</Fact>
          </Facts>
        ) : (
          <p className={styles.faint}>{answering ? texts.entryToCome : texts.entryGone}</p>
        )}
        <p className={bodies.mono}>{`${texts.key}: ${cacheKey}`}</p>
      </Block>
      {asked.ok && (
        <Block title={texts.parts} note={texts.partsNote}>
          <dl className={bodies.headers}>
            {asked.value.parts.map((part) => (
              <div key={part.name}>
                <dt>{texts.partNames[part.name]}</dt>
                <dd>{part.text}</dd>
              </div>
            ))}
          </dl>
        </Block>
      )}
    </>
  )
}

/** In what the request differs from the one whose answer it was given. */
function Against({ request, cache }: { readonly request: RequestId; readonly cache: CacheUse | undefined }): ReactElement | null {
  const texts = useTexts(DRAWER_TEXTS).cache
  const source = cache?.kind === 'exact' || cache?.kind === 'semantic' ? cache.source : undefined
  const asked = useAsked<KeyComparison>(
    source === undefined ? undefined : () => client['cache.explain']({ one: { request }, other: { request: source } }),
    `${request} ${source}`,
  )
  // without the bodies of both there is nothing to compare, which their own tabs say
  if (asked === undefined || !asked.ok) return null
  return (
    <Block title={texts.differences}>
      {asked.value.differences.length === 0 ? (
        <p className={styles.faint}>{texts.same}</p>
      ) : (
        <dl className={bodies.headers}>
          {asked.value.differences.map(({ part, one, other }) => (
            <div key={part}>
              <dt>{texts.partNames[part]}</dt>
              <dd>
                <p>{`${texts.here}: ${one}`}</p>
                <p>{`${texts.there}: ${other}`}</p>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Block>
  )
}

function PromptCache({ record }: { readonly record: UsageRecord }): ReactElement {
  const { cache: texts, promptCache } = useTexts(DRAWER_TEXTS)
  const locale = language.getState().now
  const { cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0 } = record.tokens
  const all = totalInput(record.tokens) ?? 0
  const written = cacheWrite5m + cacheWrite1h
  return (
    <Block title={promptCache}>
      <p className={cacheRead === 0 ? styles.faint : undefined}>
        {cacheRead === 0
          ? texts.noPrompt
          : texts.read(cacheRead.toLocaleString(locale), (cacheRead / all).toLocaleString(locale, { style: 'percent', maximumFractionDigits: 0 }))}
      </p>
      {written > 0 && <p>{texts.wrote(written.toLocaleString(locale))}</p>}
    </Block>
  )
}

/** An answer of the engine, asked for anew when `key` changes; undefined until it is there, or where nothing is asked. */
function useAsked<T>(ask: (() => Promise<Result<T>>) | undefined, key: string): Result<T> | undefined {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly result: Result<T> }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when the question is another one
  useEffect(() => {
    let isLate = false
    void ask?.().then((result) => {
      if (!isLate) setAnswer({ key, result })
    })
    return () => {
      isLate = true
    }
  }, [key])
  return answer?.key === key ? answer.result : undefined
}
