import type { ReactElement, ReactNode } from 'react'
import type { Estimated } from '../../../../shared/api/auto.ts'
import { useTexts } from '../../../i18n/texts.ts'
import styles from './auto.module.css'
import charts from './charts.module.css'
import { formatShare } from './estimates.ts'
import { Frame, type FrameScales } from './frame.tsx'
import { pathOf } from './plot.ts'
import { AUTO_TEXTS } from './texts.ts'

const SIZE = { width: 400, height: 280, left: 48, bottom: 40 } as const
const WHOLE = [0, 1] as const

export interface JudgedSeries {
  readonly name: string
  readonly parts: readonly { readonly expected: number; readonly judged: Estimated | number }[]
}

/** What was expected against what was judged; the second series has another shape besides its colour. */
export function Judged({ label, series }: { readonly label: string; readonly series: readonly JudgedSeries[] }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).calibration
  return (
    <figure className={charts.chart}>
      <figcaption className={styles.small}>{texts.y}</figcaption>
      <Frame
        size={SIZE}
        label={label}
        x={{ ends: WHOLE, title: texts.x, format: formatShare, ticks: 5 }}
        y={{ ends: WHOLE, title: texts.y, format: formatShare, ticks: 5 }}
      >
        {(scales) => (
          <>
            <path
              className={charts.lot}
              d={pathOf([
                [scales.x(0), scales.y(0)],
                [scales.x(1), scales.y(1)],
              ])}
            />
            {series.map((each, at) => (
              <Points key={each.name} series={each} at={at} scales={scales} />
            ))}
          </>
        )}
      </Frame>
      {series.length > 1 && (
        <ul className={charts.legend}>
          {series.map(({ name }, at) => (
            <li key={name}>
              <svg className={charts.key} viewBox="-8 -8 16 16" aria-hidden="true">
                <path className={charts.dot} data-series={at + 1} d={SHAPES[at % SHAPES.length]} />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      )}
    </figure>
  )
}

const SHAPES = ['M-4.5 -4.5H4.5V4.5H-4.5Z', 'M0 -5A5 5 0 1 1 -0.01 -5Z']

function Points({ series: { parts }, at, scales: { x, y } }: { readonly series: JudgedSeries; readonly at: number; readonly scales: FrameScales }): ReactNode {
  return parts.map(({ expected, judged }, part) => {
    const mean = typeof judged === 'number' ? judged : judged.mean
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
      <g key={part}>
        {typeof judged !== 'number' && (
          <path
            className={charts.whisker}
            d={pathOf([
              [x(expected), y(judged.low)],
              [x(expected), y(judged.high)],
            ])}
          />
        )}
        <path className={charts.dot} data-series={at + 1} d={SHAPES[at % SHAPES.length]} transform={`translate(${x(expected)} ${y(mean)})`} />
      </g>
    )
  })
}
