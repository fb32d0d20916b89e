import type { ReactElement } from 'react'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { sourceSaid } from '../../../shared/messages/price-source.ts'
import { type Prices as PriceList, SERVICE_TIERS, type TokenPrices } from '../../../shared/routing.ts'
import { useTexts } from '../../i18n/texts.ts'
import { words } from '../../messages/words.ts'
import { Block } from '../../ui/details.tsx'
import { addressOf } from '../../ui/links.ts'
import { OutsideLink } from '../../ui/outside-link.tsx'
import { contextLine } from '../playground/model-list.ts'
import styles from './models.module.css'
import { CALL_BUCKETS, priceText, TOKEN_BUCKETS } from './price-buckets.ts'
import { MODELS_TEXTS, type ModelsTexts } from './texts.ts'
import { clockOf } from './words.ts'

/** Every price by bucket, one column for each class, tier or hour that has its own. */
export function Prices({ row }: { readonly row: ModelRow }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const { price } = row
  return (
    <Block title={texts.prices} note={texts.perMillion}>
      {price === undefined ? <p>{texts.noPrice}</p> : <PriceTable price={price} texts={texts} />}
      {price !== undefined && (
        <p className={styles.faint}>
          {texts.priceFrom(words(sourceSaid(price.source)), price.asOf)} · {texts.whose[row.priceIs ?? 'listed']}
          {addressOf(price.source) !== undefined && <OutsideLink href={price.source} label={texts.source} inText />}
        </p>
      )}
      {row.priceNotes?.map(words).map((note) => (
        <p key={note} className={styles.faint}>
          {note}
        </p>
      ))}
      {row.cancelRule !== undefined && (
        <p className={styles.faint}>
          {texts.billsAfterCancel(row.cancelRule.bills)} {texts.bySource(new URL(row.cancelRule.source).host, row.cancelRule.assumed)}
          <OutsideLink href={row.cancelRule.source} label={texts.source} />
        </p>
      )}
    </Block>
  )
}

interface PriceColumn {
  readonly title: string
  readonly prices: TokenPrices
}

function PriceTable({ price, texts }: { readonly price: PriceList; readonly texts: ModelsTexts }): ReactElement {
  const columns = columnsOf(price, texts)
  const buckets = TOKEN_BUCKETS.filter((bucket) => bucket === 'input' || bucket === 'output' || columns.some(({ prices }) => prices[bucket] !== undefined))
  return (
    <div className={styles.wide}>
      <table className={styles.table}>
        {columns.length > 1 && (
          <thead>
            <tr>
              <td />
              {columns.map(({ title }) => (
                <th key={title} scope="col" className={styles.number}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {buckets.map((bucket) => (
            <tr key={bucket}>
              <th scope="row">{texts.buckets[bucket]}</th>
              {columns.map(({ title, prices }) => (
                <td key={title} className={styles.number}>
                  {priceText(prices[bucket], texts)}
                </td>
              ))}
            </tr>
          ))}
          {CALL_BUCKETS.map((bucket) => {
            const nanoUsd = price.perCall?.[bucket]
            if (nanoUsd === undefined) return null
            return (
              <tr key={bucket}>
                <th scope="row">{texts.buckets[bucket]}</th>
                <td className={styles.number}>{priceText(nanoUsd / 1000, texts)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function columnsOf(price: PriceList, texts: ModelsTexts): readonly PriceColumn[] {
  return [
    { title: texts.standard, prices: price.microUsdPerMillion },
    ...(price.tiers ?? []).map(({ overInputTokens, microUsdPerMillion }) => ({
      title: texts.overTokens(contextLine(overInputTokens) ?? String(overInputTokens)),
      prices: microUsdPerMillion,
    })),
    ...(price.hours ?? []).map(({ from, to, microUsdPerMillion }) => ({ title: texts.hours(clockOf(from), clockOf(to)), prices: microUsdPerMillion })),
    ...SERVICE_TIERS.flatMap((tier) => {
      const prices = price.serviceTiers?.[tier]
      return prices === undefined ? [] : [{ title: texts.serviceTiers[tier], prices }]
    }),
  ]
}
