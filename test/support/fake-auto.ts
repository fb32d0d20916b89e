/** Automatic routing of the fake engine: it remembers what it is told and has decided nothing yet. */
import { QUALITY_TABLE } from '../../electron/engine/routing/auto/quality-table.ts'
import { calibrationOf, replayOf, savingsOf } from '../../electron/engine/routing/auto/report.ts'
import { tierOf } from '../../electron/engine/routing/auto/tiers.ts'
import type { autoApi } from '../../shared/api/auto.ts'
import type { Evidence } from '../../shared/auto.ts'
import type { Handlers } from '../../shared/contract.ts'
import { MODELS } from './fake-models.ts'

export function fakeAuto(): Handlers<typeof autoApi> {
  let evidence: readonly Evidence[] = []
  return {
    'auto.overview': () => ({
      models: MODELS.map(({ id }) => ({ id, tier: tierOf(id, undefined) })),
      qualities: QUALITY_TABLE,
      evidence: evidence.length,
      retrained: undefined,
    }),
    'auto.evidence': ({ limit }) => evidence.slice(0, limit),
    'auto.addEvidence': ({ signal, quality, of }) => {
      const told = 'request' in of ? { prompt: 'What does a circuit breaker do?', model: 'demo/swift' } : of
      const added: Evidence = { id: `evidence-${evidence.length + 1}`, at: Date.now(), signal, quality, ...told }
      evidence = [added, ...evidence]
      return added
    },
    'auto.removeEvidence': ({ id }) => {
      evidence = evidence.filter((one) => one.id !== id)
      return null
    },
    'auto.report': () => ({
      savings: savingsOf([]),
      calibration: calibrationOf(evidence.map((one) => ({ evidence: one, expected: 0.8 }))),
      latest: [],
    }),
    'auto.curve': () => ({ points: [0, 0.5, 1].map((slider) => replayOf(slider, [])), leftOut: 0 }),
    'auto.replay': ({ slider }) => replayOf(slider, []),
    'auto.retrain': () => ({ is: 'too-few', have: evidence.length, need: 40 }),
    'auto.undoRetrain': () => false,
  }
}
