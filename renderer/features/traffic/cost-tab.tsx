import { ReceiptText } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Bill, TrafficDetail } from '../../../shared/api/traffic.ts'
import { sourceSaid } from '../../../shared/messages/price-source.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import { language, useTexts } from '../../i18n/texts.ts'
import { words } from '../../messages/words.ts'
import { Block, Fact, Facts } from '../../ui/details.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatMoney, UNKNOWN } from '../../ui/figures.ts'
import { Notice } from '../../ui/status.tsx'
import { DRAWER_TEXTS } from './drawer-texts.ts'
import { cacheStory } from './story.ts'
import { Cost } from './summary-tab.tsx'
import styles from './traffic.module.css'

/** Each bucket of tokens at its price, and what other ways would have cost. */
export function CostTab({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS).cost
  const { record, bill } = detail
  const isHit = record.cost === 0 && record.cache !== undefined && record.cache.kind !== 'miss' && record.cache.kind !== 'refresh'
  return (
    <>
      <Cost record={record} />
      {isHit && record.cache !== undefined && <Notice tone="info">{texts.free(cacheStory(record.cache))}</Notice>}
      {bill === undefined ? (
        <EmptyState icon={<ReceiptText />} title={texts.noBill}>
          <p>{texts.noBillWhy}</p>
        </EmptyState>
      ) : (
        <>
          <Lines bill={bill} />
          {!isHit && bill.sum !== undefined && record.cost !== undefined && bill.sum !== record.cost && (
            <Notice tone="warn">{texts.differs(formatMoney(bill.sum))}</Notice>
          )}
          <Source bill={bill} version={record.priceVersion} />
          <Compared bill={bill} cost={record.cost} />
        </>
      )}
    </>
  )
}

function Lines({ bill }: { readonly bill: Bill }): ReactElement {
  const { cost: texts, buckets } = useTexts(DRAWER_TEXTS)
  const locale = language.getState().now
  return (
    <Block title={texts.bill} note={bill.endpoint}>
      <table className={styles.bill}>
        <thead>
          <tr>
            <th scope="col">{texts.bucket}</th>
            <th scope="col">{texts.count}</th>
            <th scope="col">{texts.per}</th>
            <th scope="col">{texts.amount}</th>
          </tr>
        </thead>
        <tbody>
          {bill.lines.map((line) => (
            <tr key={line.bucket}>
              <th scope="row">{buckets[line.bucket]}</th>
              <td>{line.tokens.toLocaleString(locale)}</td>
              <td>{line.microUsdPerMillion === undefined ? UNKNOWN : (line.microUsdPerMillion / 1e6).toLocaleString(locale, { maximumFractionDigits: 6 })}</td>
              <td>{line.nanoUsd === undefined ? UNKNOWN : formatMoney(asNanoUsd(Math.round(line.nanoUsd)))}</td>
            </tr>
          ))}
          {bill.extras !== undefined && bill.extras > 0 && (
            <tr>
              <th scope="row">{texts.byThePiece}</th>
              <td />
              <td />
              <td>{formatMoney(bill.extras)}</td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{texts.sum}</th>
            <td />
            <td />
            <td>{formatMoney(bill.sum)}</td>
          </tr>
        </tfoot>
      </table>
    </Block>
  )
}

function Source({ bill, version }: { readonly bill: Bill; readonly version: string | undefined }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS).cost
  return (
    <Block title={texts.price} note={texts.tiers[bill.tier]}>
      <p>{texts.fromWhere[bill.from]}</p>
      <Facts>
        {version !== undefined && (
          <Fact name={texts.version}>
            <code>{version}</code>
          </Fact>
        )}
        <Fact name={texts.source}>{`${words(sourceSaid(bill.prices.source))}, ${bill.prices.asOf}`}</Fact>
      </Facts>
    </Block>
  )
}

function Compared({ bill, cost }: { readonly bill: Bill; readonly cost: NanoUsd | undefined }): ReactElement | null {
  const texts = useTexts(DRAWER_TEXTS).cost
  const ways = [
    ...(bill.withoutPromptCache === undefined ? [] : [{ name: texts.withoutCache, cost: bill.withoutPromptCache }]),
    ...(bill.asked?.cost === undefined ? [] : [{ name: texts.atAsked(bill.asked.endpoint), cost: bill.asked.cost }]),
  ]
  if (ways.length === 0 || cost === undefined) return null
  return (
    <Block title={texts.compared}>
      <Facts>
        {ways.map((way) => (
          <Fact key={way.name} name={way.name}>
            {formatMoney(way.cost)}
            {way.cost !== cost && (
              <span className={styles.faint}>
                {' '}
                {way.cost > cost ? texts.less(formatMoney(asNanoUsd(way.cost - cost))) : texts.more(formatMoney(asNanoUsd(cost - way.cost)))}
              </span>
            )}
          </Fact>
        ))}
      </Facts>
    </Block>
  )
}
