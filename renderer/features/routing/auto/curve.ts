/** What the curve of the user's own traffic shows: its points, and the other ways in which the same requests could have been served. Pure. */
import type { AutoCurve, AutoReplay, Estimated, ShadowPoint } from '../../../../shared/api/auto.ts'
import type { AutoBaseline } from '../../../../shared/auto.ts'
import type { Ends } from './plot.ts'

export const MARKS = ['now', 'slider', 'strong', 'cheap', 'mix'] as const
/** What was really done, the slider's place, always the strongest or the best cheap model, and a draw between the two. */
export type Mark = (typeof MARKS)[number]

export interface Marked {
  readonly mark: Mark
  readonly quality: Estimated
  readonly cost: Estimated
}

/** @param slider the replay at the slider's place, once there is one */
export function marksOf({ points }: Pick<AutoCurve, 'points'>, slider: AutoReplay | undefined): readonly Marked[] {
  const top = points.at(-1)
  if (top === undefined || top.requests === 0) return []
  const found: Readonly<Record<Mark, Omit<Marked, 'mark'> | undefined>> = {
    now: rivalOf(slider ?? top, 'model asked for'),
    slider,
    // at the top of the slider nothing but the best will do
    strong: top,
    cheap: rivalOf(top, 'best single cheap model'),
    mix: rivalOf(top, 'fixed mix'),
  }
  return MARKS.flatMap((mark) => {
    const at = found[mark]
    return at === undefined ? [] : [{ mark, quality: at.quality, cost: at.cost }]
  })
}

/** What shadow runs measured, as far as it has a place on both axes. */
export type PlacedShadow = ShadowPoint & { readonly cost: Estimated }

export function placedShadows({ shadows }: Pick<AutoCurve, 'shadows'>): readonly PlacedShadow[] {
  return shadows.flatMap((shadow) => (shadow.cost === undefined ? [] : [{ ...shadow, cost: shadow.cost }]))
}

/** undefined where there is no such rival to any of the requests. */
export function rivalOf({ rivals }: AutoReplay, against: AutoBaseline['against']): AutoReplay['rivals'][number] | undefined {
  const rival = rivals.find((each) => each.against === against)
  return rival === undefined || rival.requests === 0 ? undefined : rival
}

/** What the axes have to hold: costs from nothing on, qualities with some air below. */
export function rangesOf(points: readonly AutoReplay[], marks: readonly Pick<Marked, 'quality' | 'cost'>[]): { readonly cost: Ends; readonly quality: Ends } {
  const all = [...points, ...marks]
  const dearest = Math.max(...all.map(({ cost }) => cost.high), 1)
  const worst = Math.min(...all.map(({ quality }) => quality.low), 0.95)
  return { cost: [0, dearest * 1.04], quality: [Math.max(0, Math.floor(worst * 20 - 0.5) / 20), 1] }
}

/** One place of the slider against what was really done with the same requests. */
export interface Outlook {
  readonly now: { readonly quality: Estimated; readonly cost: Estimated }
  /** 0.7: it costs 70 % less; negative: more. undefined where costs are not known, or were nothing. */
  readonly cheaper: number | undefined
  /** In shares of good answers; negative: fewer. */
  readonly better: number
}

export function outlookOf(replay: AutoReplay): Outlook | undefined {
  const now = rivalOf(replay, 'model asked for')
  if (now === undefined) return undefined
  return {
    now,
    cheaper: now.cost.mean > 0 ? 1 - replay.cost.mean / now.cost.mean : undefined,
    better: replay.quality.mean - now.quality.mean,
  }
}
