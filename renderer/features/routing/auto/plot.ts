/** Where things lie in a chart. Pure. */

/** Values at the two ends of an axis, or their places. */
export type Ends = readonly [from: number, to: number]

/** From values to places, held inside. */
export function scaleOf([least, most]: Ends, [from, to]: Ends): (value: number) => number {
  const span = most - least || 1
  return (value) => {
    const held = Math.min(Math.max(value, Math.min(least, most)), Math.max(least, most))
    return from + ((held - least) / span) * (to - from)
  }
}

/** Round values between two ends, about `count` of them, in steps of 1, 2 or 5. */
export function ticksOf([least, most]: Ends, count: number): readonly number[] {
  const span = most - least
  if (!(span > 0)) return [least]
  const rough = span / count
  const size = 10 ** Math.floor(Math.log10(rough))
  const part = rough / size
  const step = size * (part < 1.5 ? 1 : part < 3.5 ? 2 : part < 7.5 ? 5 : 10)
  const first = Math.ceil(least / step - 1e-9)
  const last = Math.floor(most / step + 1e-9)
  // as a product, so that no error adds up
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)))
}

export type Place = readonly [x: number, y: number]

/** `M1 2L3 4`, for a path. */
export function pathOf(places: readonly Place[]): string {
  return places.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('')
}

/** The area between two lines over the same places. */
export function areaOf(upper: readonly Place[], lower: readonly Place[]): string {
  return upper.length === 0 ? '' : `${pathOf([...upper, ...lower.toReversed()])}Z`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
