import { type Tokens, totalInput, totalOutput } from '../../../shared/chat.ts'
import type { Ms } from '../../../shared/ids.ts'
import type { NanoUsd } from '../../../shared/money.ts'
import { localDecimals } from '../../ui/figures.ts'
import type { RunState } from './run-store.ts'

/** A usual figure for English; only ever shown with a tilde, until the provider's own count is there. */
const CHARACTERS_PER_TOKEN = 4

export interface Metrics {
  readonly firstEventMs: Ms | undefined
  /** Output tokens per second of writing. */
  readonly tokensPerSecond: number | undefined
  /** The speed is guessed from the length of the text, since nobody has counted yet. */
  readonly estimated: boolean
  readonly tokensIn: number | undefined
  readonly tokensOut: number | undefined
  readonly cached: number | undefined
  readonly reasoning: number | undefined
  /** undefined: unknown. */
  readonly cost: NanoUsd | undefined
  /** The run is over, so what is missing now is not going to come. */
  readonly final: boolean
}

/** `elapsedMs`: since the run began, used only while it lasts. */
export function metricsOf(state: RunState, elapsedMs: Ms): Metrics {
  if (state.phase.is === 'ended') {
    const { tokens, cost, firstEventMs, totalMs } = state.phase.summary
    return { ...counted(tokens), cost, firstEventMs, tokensPerSecond: speed(totalOutput(tokens), firstEventMs, totalMs), estimated: false, final: true }
  }
  const written = state.closed.reduce((sum, block) => sum + block.length, state.tail.length + state.reasoning.length)
  const totalMs = 'totalMs' in state.phase ? state.phase.totalMs : elapsedMs
  return {
    ...counted({}),
    cost: undefined,
    firstEventMs: state.firstEventMs,
    tokensPerSecond: speed(written / CHARACTERS_PER_TOKEN, state.firstEventMs, totalMs),
    estimated: true,
    final: state.phase.is === 'stopped' || state.phase.is === 'lost',
  }
}

function counted(tokens: Tokens) {
  return { tokensIn: totalInput(tokens), tokensOut: totalOutput(tokens), cached: tokens.cacheRead, reasoning: tokens.reasoning }
}

/** undefined under a tenth of a second of writing: a rate over a moment says nothing. */
function speed(tokens: number | undefined, firstEventMs: Ms | undefined, totalMs: Ms): number | undefined {
  if (tokens === undefined || tokens === 0 || firstEventMs === undefined) return undefined
  const writingMs = totalMs - firstEventMs
  return writingMs < 100 ? undefined : (tokens / writingMs) * 1000
}

/** Dollars per million tokens from micro-dollars: `$0.25`, `$2.50`, `$0.0375`, `$15`, `free`. */
export function formatPrice(microUsdPerMillion: number): string {
  if (microUsdPerMillion === 0) return 'free'
  const dollars = microUsdPerMillion / 1e6
  const text = dollars < 0.1 ? dollars.toFixed(4).replace(/0{1,2}$/, '') : dollars.toFixed(2)
  return localDecimals(`$${text.replace(/\.00$/, '')}`)
}
