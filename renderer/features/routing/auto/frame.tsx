import type { ReactElement, ReactNode } from 'react'
import charts from './charts.module.css'
import { type Ends, scaleOf, ticksOf } from './plot.ts'

/** In units of the drawing, which are pixels at its natural width. */
export interface FrameSize {
  readonly width: number
  readonly height: number
  /** Room for the numbers of the axes. */
  readonly left: number
  readonly bottom: number
}

const TOP = 8
/** Half of the last number of the lower axis. */
const RIGHT = 22

export interface FrameScales {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
}

export interface FrameProps {
  readonly size: FrameSize
  /** What a screen reader is told in place of the drawing; the figures follow as a table. */
  readonly label: string
  readonly x: Axis
  readonly y: Axis
  readonly children: (scales: FrameScales) => ReactNode
}

export interface Axis {
  readonly ends: Ends
  readonly title: string
  readonly format: (value: number) => string
  readonly ticks: number
}

/** Two axes with hairlines, and what is drawn between them. */
export function Frame({ size: { width, height, left, bottom }, label, x, y, children }: FrameProps): ReactElement {
  const scales: FrameScales = { x: scaleOf(x.ends, [left, width - RIGHT]), y: scaleOf(y.ends, [height - bottom, TOP]) }
  return (
    <svg className={charts.drawing} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} style={{ '--drawing-width': `${width}px` }}>
      {ticksOf(y.ends, y.ticks).map((tick) => (
        <g key={tick}>
          <line className={charts.hairline} x1={left} x2={width - RIGHT} y1={scales.y(tick)} y2={scales.y(tick)} />
          <text className={charts.tick} x={left - 6} y={scales.y(tick)} dy="0.32em" textAnchor="end">
            {y.format(tick)}
          </text>
        </g>
      ))}
      {ticksOf(x.ends, x.ticks).map((tick) => (
        <text key={tick} className={charts.tick} x={scales.x(tick)} y={height - bottom + 16} textAnchor="middle">
          {x.format(tick)}
        </text>
      ))}
      <line className={charts.ground} x1={left} x2={width - RIGHT} y1={height - bottom} y2={height - bottom} />
      <text className={charts.axisTitle} x={width - RIGHT} y={height - 4} textAnchor="end">
        {x.title}
      </text>
      {children(scales)}
    </svg>
  )
}
