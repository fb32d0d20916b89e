/** Automatic routing of the fake engine: invented requests of three prices, decided by invented qualities, and summed up as the engine does it. */

import { SHIPPED_PROVENANCE } from '../../electron/engine/routing/auto/provenance.ts'
import { QUALITY_TABLE } from '../../electron/engine/routing/auto/quality-table.ts'
import { calibrationOf, replayOf, savingsOf } from '../../electron/engine/routing/auto/report.ts'
import { tierOf } from '../../electron/engine/routing/auto/tiers.ts'
import type { AutoReplay, autoApi, RetrainResult, ShadowPoint } from '../../shared/api/auto.ts'
import { type AutoChoice, type AutoDecision, type Evidence, floorOf, SIGNALS, TASKS } from '../../shared/auto.ts'
import type { Handlers } from '../../shared/contract.ts'
import type { AutoReason } from '../../shared/messages/auto.ts'
import { asNanoUsd } from '../../shared/money.ts'
import { MODELS } from './fake-models.ts'

const DAY_MS = 86_400_000
/** So many judgements are enough to retrain on. */
const NEED = 40
const POINTS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
const CHOICES = [
  { model: 'openai/gpt-5-mini', tier: 'small', quality: 0.9, falls: 0.3, cost: 310_000 },
  { model: 'anthropic/claude-haiku-4-5', tier: 'medium', quality: 0.93, falls: 0.16, cost: 1_400_000 },
  { model: 'anthropic/claude-sonnet-4-5', tier: 'large', quality: 0.97, falls: 0.08, cost: 6_200_000 },
] as const

const SHADOWS: readonly ShadowPoint[] = [
  {
    ...{ name: 'haiku?', model: 'anthropic/claude-haiku-4-5', requests: 38, judged: 3 },
    quality: { mean: 0.84, low: 0.7, high: 0.93 },
    cost: { mean: 1_350_000, low: 1_100_000, high: 1_600_000 },
  },
]
const reason = (said: AutoReason): AutoReason => said

/** A request of the past: the same at every start, some hard and long, most not. */
export function fakeDecision(at: number, slider: number, allowed: (model: string) => boolean = () => true): AutoDecision | undefined {
  const hardness = ((at * 37) % 100) / 100
  const length = 0.4 + ((at * 53) % 17) / 10
  const choices = CHOICES.filter(({ model }) => allowed(model)).map(
    ({ model, tier, quality, falls, cost }): AutoChoice => ({
      ...{ model, tier, quality: quality - falls * hardness, cost: asNanoUsd(Math.round(cost * length)), ownEvidence: at % 5 === 0 ? 0.2 : 0 },
      why: reason({ code: 'of-tier', tier, because: { code: 'by-its-price' } }),
    }),
  )
  const best = choices.at(-1)
  if (best === undefined) return undefined
  const floor = floorOf(slider) * best.quality
  const chosen = choices.find(({ quality }) => quality >= floor - 1e-9) ?? best
  const cheap = choices[0]
  const asked = choices.find(({ model }) => model === (at % 3 === 0 ? 'anthropic/claude-haiku-4-5' : best.model)) ?? best
  const why = reason(chosen === best ? { code: 'best-of-all' } : { code: 'cheapest-with', percent: Math.floor((100 * chosen.quality) / best.quality) })
  const task = TASKS[at % 8] ?? 'chat'
  return {
    ...{ task, taskConfidence: 0.8, difficulty: 2 * hardness - 1, confidence: at % 9 === 0 ? 'unsure' : 'sure', slider },
    order: [{ ...chosen, why }, ...choices.filter((one) => one !== chosen)],
    passedOver: [],
    baselines: [
      { against: 'model asked for', model: asked.model, quality: asked.quality, cost: asked.cost },
      ...(cheap === undefined || cheap === best
        ? []
        : ([
            { against: 'best single cheap model', model: cheap.model, quality: cheap.quality, cost: cheap.cost },
            {
              against: 'fixed mix',
              model: `half ${best.model}, half ${cheap.model}`,
              mix: [best.model, cheap.model],
              quality: (best.quality + cheap.quality) / 2,
              cost: asNanoUsd(Math.round(((best.cost ?? 0) + (cheap.cost ?? 0)) / 2)),
            },
          ] as const)),
    ],
    line: why,
  }
}

function judgements(count: number, now: number): readonly Evidence[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ id: `evidence-${at + 1}`, at: now - ((at * at) % 140) * DAY_MS, signal: SIGNALS[at % SIGNALS.length] ?? 'vote' },
    prompt: at % 3 === 0 ? `Draft clause ${at} of a shareholder agreement, with the usual exceptions.` : `Suggest a name for cat number ${at}.`,
    ...{ model: CHOICES[at % CHOICES.length]?.model ?? 'demo/swift', quality: SIGNALS[at % SIGNALS.length] === 'wrong' || at % 3 === 0 ? 0 : 1 },
    ...(at % 4 === 0 && { request: `req-${at}` }),
  }))
}

export interface FakeAutoOptions {
  /** Requests of the past. */
  readonly past: number
  readonly judgements: number
  /** Milliseconds for a fit. */
  readonly fitMs: number
}

export function fakeAuto({ past: kept, judgements: many, fitMs }: FakeAutoOptions): Handlers<typeof autoApi> {
  const startedAt = Date.now()
  let evidence = judgements(many, startedAt)
  let retrained: { at: number; note: string } | undefined
  const replay = (slider: number, most: number, allowed: readonly string[] = [], excluded: readonly string[] = []): AutoReplay => {
    const may = (model: string) => (allowed.length === 0 || fits(model, allowed)) && !fits(model, excluded)
    return replayOf(
      slider,
      Array.from({ length: Math.min(most, kept) }, (_, at) => fakeDecision(at, slider, may)).filter((one) => one !== undefined),
    )
  }
  return {
    'auto.overview': () => ({
      models: MODELS.map(({ id }) => ({ id, tier: tierOf(id, undefined) })),
      shipped: SHIPPED_PROVENANCE,
      qualities: QUALITY_TABLE,
      evidence: evidence.length,
      retrained,
    }),
    'auto.evidence': ({ limit }) => evidence.slice(0, limit),
    'auto.addEvidence': ({ signal, quality, of }) => {
      const told =
        'request' in of
          ? { prompt: 'What does a circuit breaker do?', model: of.about === 'cheaper' ? CHOICES[0].model : 'demo/swift', request: of.request }
          : of
      const added: Evidence = { id: `evidence-${Date.now()}-${evidence.length}`, at: Date.now(), signal, quality, ...told }
      evidence = [added, ...evidence]
      return added
    },
    'auto.removeEvidence': ({ id }) => {
      evidence = evidence.filter((one) => one.id !== id)
      return null
    },
    'auto.report': () => {
      const decisions = Array.from({ length: Math.floor(kept / 2) }, (_, at) => fakeDecision(at, 0.65)).filter((one) => one !== undefined)
      return {
        savings: savingsOf(decisions),
        calibration: calibrationOf(
          evidence.map((one, at) => ({ evidence: one, expected: retrained === undefined ? 0.55 + ((at * 29) % 40) / 100 : one.quality * 0.6 + 0.25 })),
        ),
        latest: decisions.map((decision, at) => ({ request: `req-${at}`, at: startedAt - at * 60_000, cost: decision.order[0]?.cost, decision })),
      }
    },
    'auto.curve': ({ past, allowed, excluded }) => ({
      points: POINTS.map((slider) => replay(slider, past, allowed, excluded)),
      leftOut: kept === 0 ? 0 : 3,
      shadows: kept === 0 ? [] : SHADOWS,
    }),
    'auto.replay': ({ past, slider, allowed, excluded }) => replay(slider, past, allowed, excluded),
    'auto.retrain': async function* (_input, signal) {
      const result = retraining(evidence)
      for (let done = 1; result.is !== 'too-few' && done < 6; done++) {
        await new Promise((resolve) => setTimeout(resolve, fitMs))
        if (signal.aborted) return
        yield { type: 'progress', done, of: 6 }
      }
      if (result.is === 'better') retrained = { at: Date.now(), note: `${evidence.length} judgements` }
      yield { type: 'result', result }
    },
    'auto.undoRetrain': () => {
      if (retrained === undefined) return false
      retrained = undefined
      return true
    },
  }
}

function fits(model: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => (pattern.endsWith('*') ? model.startsWith(pattern.slice(0, -1)) : model === pattern))
}

function retraining(evidence: readonly Evidence[]): RetrainResult {
  if (evidence.length < NEED) return { is: 'too-few', have: evidence.length, need: NEED }
  const curve = (brier: number, lean: number) => ({
    brier,
    parts: Array.from({ length: 10 }, (_, part) => ({
      expected: 0.5 + part * 0.04,
      judged: 0.5 + part * 0.04 - lean * (1 - part / 10),
      count: Math.floor(evidence.length / 10),
    })),
  })
  return { is: 'better', before: curve(0.214, 0.3), after: curve(0.141, 0.05) }
}
