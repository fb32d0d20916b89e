import { totalOutput } from '../../../shared/chat.ts'
import type { Ms } from '../../../shared/ids.ts'
import type { NanoUsd } from '../../../shared/money.ts'
import type { RunState } from './run-store.ts'

/** A good answer's figures. */
export interface Finished {
  readonly pane: string
  readonly firstEventMs: Ms | undefined
  readonly totalMs: Ms
  readonly cost: NanoUsd | undefined
  readonly tokensOut: number | undefined
}

export interface Winner {
  readonly pane: string
  readonly value: number
}

/** undefined: nobody is ahead, or a figure is not known and might be better. */
export interface Winners {
  readonly fastest: Winner | undefined
  readonly cheapest: Winner | undefined
  readonly longest: Winner | undefined
}

export function finishedOf(pane: string, { phase }: Pick<RunState, 'phase'>): Finished | undefined {
  if (phase.is !== 'ended' || phase.summary.outcome !== 'ok') return undefined
  const { firstEventMs, totalMs, cost, tokens } = phase.summary
  return { pane, firstEventMs, totalMs, cost, tokensOut: totalOutput(tokens) }
}

/** A tie crowns nobody, and neither does a field of one. Times tie when they read the same, to the millisecond. */
export function winnersOf(answers: readonly Finished[]): Winners {
  return {
    fastest: best(answers, ({ firstEventMs }) => firstEventMs && Math.round(firstEventMs), -1),
    cheapest: best(answers, ({ cost }) => cost, -1),
    longest: best(answers, ({ tokensOut }) => tokensOut, 1),
  }
}

function best(answers: readonly Finished[], figure: (answer: Finished) => number | undefined, sign: 1 | -1): Winner | undefined {
  const known = answers.flatMap((answer) => {
    const value = figure(answer)
    return value === undefined ? [] : [{ pane: answer.pane, value }]
  })
  if (known.length < 2 || known.length < answers.length) return undefined
  const [first, second] = known.toSorted((a, b) => sign * (b.value - a.value))
  return first !== undefined && first.value !== second?.value ? first : undefined
}

/** One bar of the waterfall; shares are of the longest answer's whole time. */
export interface Bar {
  readonly pane: string
  readonly waitMs: Ms
  readonly writeMs: Ms
  readonly waitShare: number
  readonly writeShare: number
}

/** How long each waited and wrote, the quickest to finish first. */
export function waterfallOf(answers: readonly Finished[]): readonly Bar[] {
  const longest = Math.max(1, ...answers.map(({ totalMs }) => totalMs))
  return answers
    .toSorted((a, b) => a.totalMs - b.totalMs)
    .map(({ pane, firstEventMs, totalMs }) => {
      const waitMs = Math.min(firstEventMs ?? totalMs, totalMs)
      return { pane, waitMs, writeMs: totalMs - waitMs, waitShare: waitMs / longest, writeShare: (totalMs - waitMs) / longest }
    })
}
