/** Turns a score into a probability that keeps its word (Platt 1999, with the smoothed targets of Lin, Lin and Weng 2007). Deterministic. */

export interface Sigmoid {
  readonly slope: number
  readonly offset: number
}

const STEPS = 40
const RIDGE = 1e-3

/** Newton's method on the log-loss of slope and offset. @param happened 0..1 */
export function fitSigmoid(scores: ArrayLike<number>, happened: ArrayLike<number>): Sigmoid {
  const n = scores.length
  let yes = 0
  for (let at = 0; at < n; at++) yes += happened[at] as number
  const up = (yes + 1) / (yes + 2)
  const down = 1 / (n - yes + 2)
  let slope = 0
  let offset = Math.log((yes + 1) / (n - yes + 1))
  for (let step = 0; step < STEPS; step++) {
    let gs = RIDGE * slope
    let go = 0
    let hss = RIDGE
    let hso = 0
    let hoo = RIDGE
    for (let at = 0; at < n; at++) {
      const x = scores[at] as number
      const p = logistic(slope * x + offset)
      const target = down + (up - down) * (happened[at] as number)
      const weight = Math.max(1e-9, p * (1 - p))
      gs += (p - target) * x
      go += p - target
      hss += weight * x * x
      hso += weight * x
      hoo += weight
    }
    const determinant = hss * hoo - hso * hso
    if (Math.abs(determinant) < 1e-12) break
    const dSlope = (hoo * gs - hso * go) / determinant
    const dOffset = (hss * go - hso * gs) / determinant
    slope -= dSlope
    offset -= dOffset
    if (Math.abs(dSlope) + Math.abs(dOffset) < 1e-9) break
  }
  return { slope, offset }
}

export function probability(sigmoid: Sigmoid, score: number): number {
  return logistic(sigmoid.slope * score + sigmoid.offset)
}

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

export function logit(p: number): number {
  const held = Math.min(1 - 1e-6, Math.max(1e-6, p))
  return Math.log(held / (1 - held))
}
