import { setImmediate } from 'node:timers/promises'
import type { autoApi } from '../../../shared/api/auto.ts'
import type { AutoBaseline, AutoDecision, AutoWish } from '../../../shared/auto.ts'
import type { ChatView } from '../../../shared/chat.ts'
import { ApiError, type Handlers } from '../../../shared/contract.ts'
import { Failure } from '../../../shared/failure.ts'
import type { EndpointId } from '../../../shared/ids.ts'
import { saidBy } from '../../../shared/messages/spoken-error.ts'
import { judgedRequest, pastRequests, shadowedRequests, viewOf } from '../../engine/auto-past.ts'
import { decidingText, mustStay } from '../../engine/routing/auto/asked.ts'
import { isJudgement } from '../../engine/routing/auto/evidence.ts'
import { SHIPPED_PROVENANCE } from '../../engine/routing/auto/provenance.ts'
import { QUALITY_TABLE } from '../../engine/routing/auto/quality-table.ts'
import { calibrationOf, replayOf, savingsOf } from '../../engine/routing/auto/report.ts'
import { shadowPoints } from '../../engine/shadow-quality.ts'
import type { AdminStages } from './stages.ts'

/** Places of the slider that a curve is drawn through. */
const POINTS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
const LATEST = 50
/** Shadow runs that are compared with what they are shadows of: the newest hundred of so long. */
const SHADOWS_MS = 30 * 86_400_000
/** For replays: whose request it was does not matter, only what could have served it. */
const ANYONE = { id: 'replay', opens: 'everything' } as const

export function autoHandlers(stages: AdminStages): Handlers<typeof autoApi> {
  const { auto, storage } = stages

  /** The same requests at several places of the slider. */
  async function replay(most: number, sliders: readonly number[], draft: { readonly [N in 'allowed' | 'excluded']?: AutoWish[N] | undefined }) {
    await Promise.all([stages.ledger.flush(), auto.ready(), stages.catalog.ready()])
    const past = await pastRequests(storage, most)
    const settings = stages.settings().auto
    const { allowed = settings.allowed, excluded = settings.excluded } = draft
    let leftOut = 0
    const decisions: AutoDecision[][] = sliders.map(() => [])
    for (const request of past) {
      const view = viewOf(request)
      if (view === undefined) {
        leftOut++
        continue
      }
      try {
        const askedFor = request.record.servedBy
        const decided = auto.decideAt(sliders, view, ANYONE, { allowed, excluded, sticky: false }, { askedFor })
        const done = whatWasDone(view, askedFor)
        for (const [at, decision] of decided.entries()) {
          const others = decision.baselines.filter(({ against }) => against !== 'model asked for')
          decisions[at]?.push({ ...decision, baselines: done === undefined ? others : [done, ...others] })
        }
      } catch (thrown) {
        if (!(thrown instanceof Failure)) throw thrown
        leftOut++
      }
      // hundreds of decisions in a row would keep requests waiting
      await setImmediate()
    }
    return { points: sliders.map((slider, at) => replayOf(slider, decisions[at] ?? [])), leftOut }
  }

  /** The model that did answer, whether or not it may be chosen; undefined where it is not there any more. */
  function whatWasDone(view: ChatView, servedBy: EndpointId | undefined): AutoBaseline | undefined {
    const { baselines } = auto.decide(view, ANYONE, { slider: 1, allowed: [], excluded: [], sticky: false }, { askedFor: servedBy })
    return baselines.find(({ against, model }) => against === 'model asked for' && model === servedBy)
  }

  /** The best single cheap model for what was asked. @throws ApiError where none costs clearly less than the best one, or none can serve it now */
  function cheaperFor(view: ChatView, servedBy: EndpointId): EndpointId {
    const { allowed, excluded, slider } = stages.settings().auto
    let decision: AutoDecision
    try {
      decision = auto.decide(view, ANYONE, { slider, allowed, excluded, sticky: false }, { askedFor: servedBy })
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      throw new ApiError('not-found', saidBy(thrown))
    }
    const cheap = decision.baselines.find(({ against }) => against === 'best single cheap model')
    if (cheap === undefined) throw new ApiError('not-found', { code: 'none-cheaper' })
    return cheap.model
  }

  return {
    'auto.overview': async () => {
      await Promise.all([auto.ready(), stages.catalog.ready()])
      const kept = await storage.latestWeights()
      return {
        models: auto.models(ANYONE).map(({ id, tier }) => ({ id, tier })),
        shipped: SHIPPED_PROVENANCE,
        qualities: QUALITY_TABLE,
        evidence: auto.evidence.length,
        retrained: kept && { at: kept.at, note: kept.note },
      }
    },
    'auto.evidence': async ({ limit }) => {
      await auto.ready()
      return auto.evidence.slice(0, limit)
    },
    'auto.addEvidence': async ({ signal, quality, of }) => {
      if (!('request' in of)) return auto.addEvidence({ signal, quality, prompt: of.prompt, model: of.model })
      await Promise.all([stages.ledger.flush(), auto.ready(), stages.catalog.ready()])
      const past = await judgedRequest(storage, of.request)
      const view = past && viewOf(past)
      if (past === undefined || view === undefined) throw new ApiError('not-found', { code: 'question-not-kept' })
      if (past.record.servedBy === undefined) throw new ApiError('bad-input', { code: 'answered-by-none' })
      const model = of.about === 'cheaper' ? cheaperFor(view, past.record.servedBy) : past.record.servedBy
      return auto.addEvidence({ signal, quality, prompt: decidingText(view.messages), model, request: past.record.id, ...(mustStay(view) && { stays: true }) })
    },
    'auto.removeEvidence': async ({ id }) => {
      await auto.removeEvidence(id)
      return null
    },
    'auto.report': async ({ past }) => {
      await Promise.all([stages.ledger.flush(), auto.ready()])
      const decided = (await pastRequests(storage, past)).flatMap(({ record, exchange }) => {
        const decision = exchange.plan?.auto
        return decision === undefined ? [] : [{ request: record.id, at: record.at, cost: record.cost, decision }]
      })
      return {
        savings: savingsOf(decided.map(({ decision }) => decision)),
        calibration: calibrationOf(
          auto.evidence.filter(isJudgement).map((evidence) => ({ evidence, expected: auto.expected(evidence.prompt, evidence.model) })),
        ),
        latest: decided.slice(0, LATEST),
      }
    },
    'auto.curve': async ({ past, allowed, excluded }) => {
      const curve = await replay(past, POINTS, { allowed, excluded })
      const { pairs } = await storage.routingResults(stages.now() - SHADOWS_MS)
      return { ...curve, shadows: shadowPoints(await shadowedRequests(storage, pairs), auto.evidence) }
    },
    'auto.replay': async ({ past, slider, allowed, excluded }) => {
      const [point] = (await replay(past, [slider], { allowed, excluded })).points
      if (point === undefined) throw new ApiError('internal', { code: 'replay-empty' })
      return point
    },
    'auto.retrain': (_input, signal) => auto.retrain(signal),
    'auto.undoRetrain': () => auto.undoRetrain(),
  }
}
