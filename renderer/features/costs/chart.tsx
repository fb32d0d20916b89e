import type { ReactElement } from 'react'
import type { CostDimension, CostGroup, CostReport } from '../../../shared/api/costs.ts'
import { asNanoUsd } from '../../../shared/money.ts'
import { textsNow, useTexts } from '../../i18n/texts.ts'
import { formatCount, formatMoney, formatShortDay, UNKNOWN } from '../../ui/figures.ts'
import styles from './costs.module.css'
import { type Series, seriesOf } from './series.ts'
import { COSTS_TEXTS } from './texts.ts'

/** Of a day's width. */
const BAR = 0.72

/** A bar a day, stacked by group. */
export function Chart({ report }: { readonly report: CostReport }): ReactElement {
  const texts = useTexts(COSTS_TEXTS)
  const series = seriesOf(report)
  const most = Math.max(...report.days.map(({ spent }) => spent), 1)
  const middle = report.days[Math.floor(report.days.length / 2)]
  const [first] = report.days
  const last = report.days.at(-1)
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.most}>{`${texts.most}: ${formatMoney(asNanoUsd(most === 1 ? 0 : most))}`}</figcaption>
      <svg
        className={styles.bars}
        viewBox={`0 0 ${report.days.length} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={texts.chart(texts.dimensions[report.by])}
      >
        {report.days.map((day, index) => (
          <g key={day.at}>
            <rect className={styles.ground} x={index} y={0} width={1} height={100}>
              <title>{`${formatShortDay(day.at)}: ${formatMoney(day.spent)}, ${texts.requests(day.requests)}`}</title>
            </rect>
            {stack(series, index, most).map(({ colour, y, height }) => (
              <rect key={colour} className={styles.bar} data-series={colour} x={index + (1 - BAR) / 2} y={y} width={BAR} height={height} pointerEvents="none" />
            ))}
          </g>
        ))}
      </svg>
      <div className={styles.axis} aria-hidden="true">
        {first !== undefined && <span>{formatShortDay(first.at)}</span>}
        {report.days.length > 2 && middle !== undefined && <span>{formatShortDay(middle.at)}</span>}
        {report.days.length > 1 && last !== undefined && <span>{formatShortDay(last.at)}</span>}
      </div>
      <ul className={styles.legend}>
        {series.map(({ group, colour }) => (
          <li key={group?.id ?? colour}>
            <span className={styles.swatch} data-series={colour} aria-hidden="true" />
            {group === undefined ? texts.others : groupName(report.by, group)}
          </li>
        ))}
      </ul>
    </figure>
  )
}

function stack(series: readonly Series[], day: number, most: number): readonly { colour: number; y: number; height: number }[] {
  let top = 100
  return series.flatMap(({ byDay, colour }) => {
    const height = ((byDay[day] ?? 0) / most) * 100
    top -= height
    return height > 0 ? [{ colour, y: top, height }] : []
  })
}

/** The groups as a table; what has no price says so. */
export function GroupTable({ report }: { readonly report: CostReport }): ReactElement {
  const texts = useTexts(COSTS_TEXTS)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className={styles.tableBox} tabIndex={0} aria-label={`${texts.table}: ${texts.dimensions[report.by]}`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{texts.dimensions[report.by]}</th>
            <th scope="col">{texts.spent}</th>
            <th scope="col">{texts.share}</th>
            <th scope="col">{texts.requestsHead}</th>
            <th scope="col">{texts.inputHead}</th>
            <th scope="col">{texts.cachedHead}</th>
            <th scope="col">{texts.outputHead}</th>
          </tr>
        </thead>
        <tbody>
          {report.groups.map((group) => (
            <tr key={group.id}>
              <th scope="row">{groupName(report.by, group)}</th>
              <td>{spentOf(group)}</td>
              <td>{report.total.spent === 0 ? UNKNOWN : `${Math.round((group.spent / report.total.spent) * 100)} %`}</td>
              <td>{formatCount(group.requests)}</td>
              <td>{formatCount(group.tokens.input + group.tokens.cacheWrite)}</td>
              <td>{formatCount(group.tokens.cacheRead)}</td>
              <td>{formatCount(group.tokens.output)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The bars in figures. */
export function DayTable({ report }: { readonly report: CostReport }): ReactElement {
  const texts = useTexts(COSTS_TEXTS)
  const series = seriesOf(report)
  return (
    <details className={styles.dayByDay}>
      <summary>{texts.byDay}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <section className={styles.tableBox} tabIndex={0} aria-label={texts.byDay}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{texts.day}</th>
              <th scope="col">{texts.spent}</th>
              <th scope="col">{texts.requestsHead}</th>
              {series.map(({ group, colour }) => (
                <th key={group?.id ?? colour} scope="col">
                  {group === undefined ? texts.others : groupName(report.by, group)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.days.map((day, index) => (
              <tr key={day.at}>
                <th scope="row">{formatShortDay(day.at)}</th>
                <td>{spentOf(day)}</td>
                <td>{formatCount(day.requests)}</td>
                {series.map(({ group, colour, byDay }) => (
                  <td key={group?.id ?? colour}>{formatMoney(asNanoUsd(byDay[index] ?? 0))}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}

/** Unknown where no request has a price; a plus where some have none. */
function spentOf({ spent, requests, unpriced }: Pick<CostGroup, 'spent' | 'requests' | 'unpriced'>): string {
  if (requests > 0 && unpriced === requests) return UNKNOWN
  return `${formatMoney(spent)}${unpriced > 0 ? '+' : ''}`
}

function groupName(by: CostDimension, { id, name }: CostGroup): string {
  const texts = textsNow(COSTS_TEXTS)
  if (id === '') return texts.nobody[by]
  return name ?? `${id} (${texts.gone})`
}
