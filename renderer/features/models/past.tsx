import { type ReactElement, useEffect, useState } from 'react'
import type { PriceHistory } from '../../../shared/api/models.ts'
import type { Result } from '../../../shared/contract.ts'
import type { EndpointId } from '../../../shared/ids.ts'
import { sourceSaid } from '../../../shared/messages/price-source.ts'
import { client } from '../../client/client.ts'
import { models } from '../../client/mirrors.ts'
import { useTexts } from '../../i18n/texts.ts'
import { words } from '../../messages/words.ts'
import { Block, Fact, Facts } from '../../ui/details.tsx'
import { formatDay, formatRate, formatSpan } from '../../ui/figures.ts'
import styles from './models.module.css'
import { priceText } from './price-buckets.ts'
import { MODELS_TEXTS, type ModelsTexts } from './texts.ts'

/** How fast it has been for the user's own requests. */
export function Measured({ endpoint }: { readonly endpoint: EndpointId }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const answer = useAnswer(endpoint, askMeasured)
  const known = answer?.ok === true ? answer.value : undefined
  return (
    <Block title={texts.measured} note={known !== undefined && known.requests > 0 ? texts.measuredOver(known.requests) : undefined}>
      {answer?.ok === false && <p role="alert">{texts.detailsFailed}</p>}
      {known?.requests === 0 && <p className={styles.faint}>{texts.notMeasured}</p>}
      {known !== undefined && known.requests > 0 && (
        <Facts>
          {(
            [
              [texts.firstToken, formatSpan(known.firstEventMs)],
              [texts.slowest, formatSpan(known.slowFirstEventMs)],
              [texts.rate, formatRate(known.tokensPerSecond)],
            ] as const
          ).map(([title, value]) => (
            <Fact key={title} name={title}>
              {value}
            </Fact>
          ))}
        </Facts>
      )}
    </Block>
  )
}

/** What lists have said and will say, and what requests have been charged at here, newest first. */
export function History({ endpoint }: { readonly endpoint: EndpointId }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const answer = useAnswer(endpoint, askHistory)
  const known = answer?.ok === true ? answer.value : undefined
  const listed = known?.listed?.microUsdPerMillion
  const differs = known !== undefined && listed !== undefined && JSON.stringify(listed) !== JSON.stringify(known.current?.microUsdPerMillion)
  return (
    <Block title={texts.history}>
      {answer?.ok === false && <p role="alert">{texts.detailsFailed}</p>}
      {differs && <p>{texts.instead(priceText(listed.input, texts), priceText(listed.output, texts))}</p>}
      {known !== undefined && known.listedBefore.length > 0 && (
        <table className={styles.table} aria-label={texts.inLists}>
          <tbody>
            {known.listedBefore.map((listed) => (
              <tr key={`${whenOf(listed, texts)} ${listed.prices.asOf}`}>
                <th scope="row">{whenOf(listed, texts)}</th>
                <td className={styles.number}>{priceText(listed.prices.microUsdPerMillion.input, texts)}</td>
                <td className={styles.number}>{priceText(listed.prices.microUsdPerMillion.output, texts)}</td>
                <td className={styles.faint}>{texts.priceFrom(words(sourceSaid(listed.prices.source)), listed.prices.asOf)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {known !== undefined && <p className={styles.faint}>{texts.charged}</p>}
      {known?.versions.length === 0 && <p className={styles.faint}>{texts.noHistory}</p>}
      {known !== undefined && known.versions.length > 0 && (
        <table className={styles.table} aria-label={texts.charged}>
          <tbody>
            {known.versions.map(({ id, since, prices }) => (
              <tr key={id}>
                <th scope="row">{texts.since(formatDay(since))}</th>
                <td className={styles.number}>{priceText(prices.microUsdPerMillion.input, texts)}</td>
                <td className={styles.number}>{priceText(prices.microUsdPerMillion.output, texts)}</td>
                <td className={styles.faint}>{texts.priceFrom(words(sourceSaid(prices.source)), prices.asOf)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Block>
  )
}

function whenOf(listed: PriceHistory['listedBefore'][number], texts: ModelsTexts): string {
  if ('until' in listed) return texts.until(listed.until)
  return listed.since === undefined ? texts.always : texts.since(listed.since)
}

const askMeasured = (endpoint: EndpointId) => client['models.measured']({ endpoint })
const askHistory = (endpoint: EndpointId) => client['models.priceHistory']({ endpoint })

/** Asked when the drawer opens on a model and again when the catalogue changes; undefined until it answers. */
function useAnswer<T>(endpoint: EndpointId, ask: (endpoint: EndpointId) => Promise<Result<T>>): Result<T> | undefined {
  const [answer, setAnswer] = useState<{ readonly of: EndpointId; readonly result: Result<T> }>()
  useEffect(() => {
    let left = false
    const load = (): void =>
      void ask(endpoint).then((result) => {
        if (!left) setAnswer({ of: endpoint, result })
      })
    load()
    const unsubscribe = models.store.subscribe(load)
    return () => {
      left = true
      unsubscribe()
    }
  }, [endpoint, ask])
  return answer?.of === endpoint ? answer.result : undefined
}
