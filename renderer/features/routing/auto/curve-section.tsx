import type { ReactElement, ReactNode } from 'react'
import type { AutoCurve } from '../../../../shared/api/auto.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Section } from '../../../ui/page.tsx'
import routing from '../routing.module.css'
import styles from './auto.module.css'
import charts from './charts.module.css'
import { type Mark, type Marked, marksOf, type PlacedShadow, placedShadows, rangesOf } from './curve.ts'
import { formatEnds, formatPerThousand, formatShare, formatShareEnds } from './estimates.ts'
import { Figures } from './figures-table.tsx'
import { Frame, type FrameScales } from './frame.tsx'
import { areaOf, pathOf } from './plot.ts'
import { useAuto } from './store.ts'
import { AUTO_TEXTS } from './texts.ts'

const SIZE = { width: 640, height: 300, left: 48, bottom: 40 } as const

/** Cost against quality on the user's own traffic, with the other ways of serving it. */
export function Curve({ curve }: { readonly curve: AutoCurve }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).curve
  const outlook = useAuto((screen) => screen.outlook)
  const marks = marksOf(curve, outlook.is === 'answered' && outlook.value.requests > 0 ? outlook.value : undefined)
  const { points } = curve
  const shadows = placedShadows(curve)
  const ranges = rangesOf(points, [...marks, ...shadows])
  const [first] = points
  const last = points.at(-1)
  const summary = texts.label(formatShare(first?.quality.mean ?? 0), formatShare(last?.quality.mean ?? 0))
  return (
    <Section title={texts.title}>
      <figure className={charts.chart}>
        <figcaption className={styles.small}>{texts.y}</figcaption>
        <Frame
          size={SIZE}
          label={summary}
          x={{ ends: ranges.cost, title: texts.x, format: formatPerThousand, ticks: 5 }}
          y={{ ends: ranges.quality, title: texts.y, format: formatShare, ticks: 4 }}
        >
          {(scales) => (
            <>
              <Lines points={points} marks={marks} scales={scales} />
              {shadows.map((shadow) => (
                <Measured key={`${shadow.name} ${shadow.model}`} shadow={shadow} scales={scales} />
              ))}
            </>
          )}
        </Frame>
        <ul className={charts.legend}>
          {marks.map(({ mark, quality, cost }) => (
            <li key={mark}>
              <svg className={charts.key} viewBox="-8 -8 16 16" aria-hidden="true">
                <Shape mark={mark} x={0} y={0} />
              </svg>
              <span>{texts.marks[mark]}</span>
              <span className={charts.legendFigures}>
                {formatShare(quality.mean)} · {formatPerThousand(cost.mean)}
              </span>
            </li>
          ))}
          {shadows.map(({ name, model, quality, cost }) => (
            <li key={`${name} ${model}`}>
              <svg className={charts.key} viewBox="-8 -8 16 16" aria-hidden="true">
                <path className={charts.mark} data-mark="shadow" d={SHADOW} />
              </svg>
              <span>{texts.shadow(name, model)}</span>
              <span className={charts.legendFigures}>
                {formatShare(quality.mean)} · {formatPerThousand(cost.mean)}
              </span>
            </li>
          ))}
        </ul>
      </figure>
      {curve.shadows.length > 0 && <p className={routing.faint}>{texts.shadows}</p>}
      <p className={routing.faint}>{texts.lot}</p>
      <p className={routing.faint}>{texts.interval}</p>
      <CurveTable curve={curve} marks={marks} />
    </Section>
  )
}

function Lines({
  points,
  marks,
  scales: { x, y },
}: Pick<AutoCurve, 'points'> & { readonly marks: readonly Marked[]; readonly scales: FrameScales }): ReactNode {
  const at = (mark: Mark): Marked | undefined => marks.find((each) => each.mark === mark)
  const [cheap, strong] = [at('cheap'), at('strong')]
  return (
    <>
      <path
        className={charts.band}
        d={areaOf(
          points.map(({ cost, quality }) => [x(cost.mean), y(quality.high)]),
          points.map(({ cost, quality }) => [x(cost.mean), y(quality.low)]),
        )}
      />
      {cheap !== undefined && strong !== undefined && (
        <path
          className={charts.lot}
          d={pathOf([
            [x(cheap.cost.mean), y(cheap.quality.mean)],
            [x(strong.cost.mean), y(strong.quality.mean)],
          ])}
        />
      )}
      <path className={charts.line} d={pathOf(points.map(({ cost, quality }) => [x(cost.mean), y(quality.mean)]))} />
      {marks.map(({ mark, quality, cost }) => (
        <g key={mark}>
          {(mark === 'now' || mark === 'slider') && (
            <path
              className={charts.whisker}
              data-mark={mark}
              d={`${pathOf([
                [x(cost.low), y(quality.mean)],
                [x(cost.high), y(quality.mean)],
              ])}${pathOf([
                [x(cost.mean), y(quality.low)],
                [x(cost.mean), y(quality.high)],
              ])}`}
            />
          )}
          <Shape mark={mark} x={x(cost.mean)} y={y(quality.mean)} />
        </g>
      ))}
    </>
  )
}

/** What a shadow run has measured, with both of its intervals. */
function Measured({ shadow: { quality, cost }, scales: { x, y } }: { readonly shadow: PlacedShadow; readonly scales: FrameScales }): ReactElement {
  const across = pathOf([
    [x(cost.low), y(quality.mean)],
    [x(cost.high), y(quality.mean)],
  ])
  const down = pathOf([
    [x(cost.mean), y(quality.low)],
    [x(cost.mean), y(quality.high)],
  ])
  return (
    <g>
      <path className={charts.whisker} data-mark="shadow" d={`${across}${down}`} />
      <path className={charts.mark} data-mark="shadow" d={SHADOW} transform={`translate(${x(cost.mean)} ${y(quality.mean)})`} />
    </g>
  )
}

/** A plus. */
const SHADOW = 'M-2 -6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z'

/** Each mark has a shape of its own, so that none is told by colour alone. */
const SHAPES: Readonly<Record<Mark, string>> = {
  now: 'M-5 -5H5V5H-5Z',
  slider: 'M0 -6.5A6.5 6.5 0 1 1 -0.01 -6.5Z',
  strong: 'M0 -6L6 5H-6Z',
  cheap: 'M0 6L6 -5H-6Z',
  mix: 'M0 -6L6 0L0 6L-6 0Z',
}

function Shape({ mark, x, y }: { readonly mark: Mark; readonly x: number; readonly y: number }): ReactElement {
  return <path className={charts.mark} data-mark={mark} d={SHAPES[mark]} transform={`translate(${x} ${y})`} />
}

function CurveTable({ curve: { points, shadows }, marks }: { readonly curve: AutoCurve; readonly marks: readonly Marked[] }): ReactElement {
  const all = useTexts(AUTO_TEXTS)
  const { columns, marks: names, place, title } = all.curve
  const rows = [
    ...marks.map(({ mark, quality, cost }) => ({ name: names[mark], quality, cost, elsewhere: '' })),
    ...shadows.map(({ name, model, requests, judged, quality, cost }) => ({
      name: all.curve.shadowOf(name, model, requests, judged),
      ...{ quality, cost, elsewhere: '' },
    })),
    ...points.map(({ slider, quality, cost, elsewhere }) => ({ name: place(Math.round(100 * slider)), quality, cost, elsewhere: String(elsewhere) })),
  ]
  return (
    <details className={styles.details}>
      <summary>{all.table}</summary>
      <Figures
        label={title}
        columns={[columns.what, columns.quality, columns.qualityEnds, columns.cost, columns.costEnds, columns.elsewhere]}
        rows={rows.map(({ name, quality, cost, elsewhere }) => ({
          key: name,
          cells: [
            name,
            formatShare(quality.mean),
            formatShareEnds(quality),
            cost === undefined ? '' : formatPerThousand(cost.mean),
            cost === undefined ? '' : formatEnds(cost, formatPerThousand),
            elsewhere,
          ],
        }))}
      />
    </details>
  )
}
