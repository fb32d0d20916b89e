import type { ReactElement, ReactNode } from 'react'
import type { CostReport, CostTokens, Saving } from '../../../shared/api/costs.ts'
import { asNanoUsd } from '../../../shared/money.ts'
import { useTexts } from '../../i18n/texts.ts'
import { formatCount, formatMoney, UNKNOWN } from '../../ui/figures.ts'
import styles from './costs.module.css'
import { COSTS_TEXTS } from './texts.ts'

const TOKEN_KINDS = ['input', 'cacheRead', 'cacheWrite', 'output'] as const satisfies readonly (keyof CostTokens)[]
const SAVINGS = ['responseCache', 'promptCache', 'routing', 'fee'] as const satisfies readonly (keyof CostReport['saved'])[]

/** Spent, saved, tokens: each with its days as a line. */
export function Cards({ report }: { readonly report: CostReport }): ReactElement {
  const texts = useTexts(COSTS_TEXTS)
  const { total, days, saved } = report
  const savings = SAVINGS.map((name) => saved[name])
  return (
    <div className={styles.cards}>
      <Card title={texts.spent} figure={`${formatMoney(total.spent)}${total.unpriced > 0 ? '+' : ''}`} byDay={days.map(({ spent }) => spent)}>
        <p className={styles.note}>{texts.requests(total.requests)}</p>
        {total.unpriced > 0 && <p className={styles.warning}>{texts.unpriced(total.unpriced)}</p>}
      </Card>
      <Card
        title={texts.saved}
        figure={formatMoney(asNanoUsd(savings.reduce<number>((sum, { amount }) => sum + amount, 0)))}
        byDay={days.map((_, index) => savings.reduce<number>((sum, { byDay }) => sum + (byDay[index] ?? 0), 0))}
      >
        <dl className={styles.parts}>
          {SAVINGS.map((name) => (
            <SavingLine key={name} name={texts.savings[name]} how={texts.hows[name]} saving={saved[name]} />
          ))}
        </dl>
      </Card>
      <Card title={texts.tokens} figure={formatCount(tokenSum(total.tokens))} byDay={days.map(({ tokens }) => tokenSum(tokens))}>
        <dl className={styles.parts}>
          {TOKEN_KINDS.map((kind) => (
            <div key={kind} className={styles.part}>
              <dt>{texts.tokenKinds[kind]}</dt>
              <dd>{formatCount(total.tokens[kind])}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </div>
  )
}

interface CardProps {
  readonly title: string
  readonly figure: string
  readonly byDay: readonly number[]
  readonly children: ReactNode
}

function Card({ title, figure, byDay, children }: CardProps): ReactElement {
  return (
    <section className={styles.card} aria-label={title}>
      <div className={styles.cardHead}>
        <div>
          <h2 className={styles.cardTitle}>{title}</h2>
          <p className={styles.figure}>{figure}</p>
        </div>
        {byDay.length > 1 && <Sparkline title={title} values={byDay} />}
      </div>
      {children}
    </section>
  )
}

/** A saving with the sentence that says against what it is counted. */
function SavingLine({ name, how, saving }: { readonly name: string; readonly how: string; readonly saving: Saving }): ReactElement {
  const texts = useTexts(COSTS_TEXTS)
  return (
    <div className={styles.part}>
      <dt>
        <details>
          <summary>
            {name} <span className={styles.how}>{texts.how}</span>
          </summary>
          <p className={styles.note}>
            {how}
            {saving.leftOut > 0 && ` ${texts.leftOut(saving.leftOut)}.`}
          </p>
        </details>
      </dt>
      <dd>{savingFigure(saving)}</dd>
    </div>
  )
}

/** Of which nothing is known is not 0. */
function savingFigure(saving: Saving): string {
  return saving.amount === 0 && saving.leftOut > 0 ? UNKNOWN : formatMoney(saving.amount)
}

function Sparkline({ title, values }: { readonly title: string; readonly values: readonly number[] }): ReactElement {
  const texts = useTexts(COSTS_TEXTS)
  const most = Math.max(...values, 0)
  const least = Math.min(...values, 0)
  const reach = most - least || 1
  const points = values.map((value, index) => `${(index / (values.length - 1)) * 100},${29 - ((value - least) / reach) * 28}`).join(' ')
  return (
    <svg className={styles.sparkline} viewBox="0 0 100 30" preserveAspectRatio="none" role="img" aria-label={texts.trend(title)}>
      <polyline points={points} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

function tokenSum({ input, cacheRead, cacheWrite, output }: CostTokens): number {
  return input + cacheRead + cacheWrite + output
}
