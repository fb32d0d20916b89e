/** What people at the workbench have the engine do beside the requests of their tools: ask, ask again, and see what routing would make of it. */
import { converse } from '../engine/converse.ts'
import { costOf } from '../engine/ledger/cost.ts'
import type { OwnRouting } from '../engine/own-routing.ts'
import type { Stages } from '../engine/pipeline.ts'
import { replayRouting } from '../engine/replay-routing.ts'
import { type Resent, resend } from '../engine/resend.ts'
import { simulate } from '../engine/simulate.ts'
import type { RoutingFile } from '../engine/storage/routing-file.ts'
import type { Storage } from '../engine/storage/storage.ts'
import type { AdminStages } from '../http/admin/stages.ts'
import type { Models } from './models.ts'
import type { Plan } from './planner.ts'

export interface ByHandFacts {
  readonly stages: Stages
  readonly own: OwnRouting
  readonly routingFile: RoutingFile
  readonly foresee: Plan
  readonly storage: Storage
  readonly models: Pick<Models, 'catalog'>
  readonly onError: (error: Error) => void
}

export interface ByHand {
  readonly stages: Pick<AdminStages, 'converse' | 'resend' | 'replay' | 'simulate'>
  /** Leaves what was sent again and is still running; resolves when its rows are closed. */
  readonly stop: () => Promise<void>
}

export function workByHand({ stages, own, routingFile, foresee, storage, models: { catalog }, onError }: ByHandFacts): ByHand {
  const resent = new Set<Resent>()
  const simulating = { plan: foresee, reckon: stages.reckon }
  return {
    stages: {
      converse: (body, signal, useCache) => converse(body, stages, signal, useCache),
      resend(asked) {
        const sent = resend(asked, stages)
        resent.add(sent)
        void sent.ended.catch(onError).finally(() => resent.delete(sent))
        return sent.id
      },
      replay: (draft, most, signal) =>
        replayRouting(
          most,
          {
            storage,
            simulate: (body, incoming, caller) =>
              simulate(body, incoming, { ...caller, opens: 'everything' }, { own: own.with(draft ?? routingFile.current.config), ...simulating }),
            costAt: async (endpoint, tokens, { at }) => {
              await catalog.ready()
              return costOf(tokens, catalog.priceOf(endpoint.id), { at })
            },
          },
          signal,
        ),
      simulate: (body, incoming, caller, draft) => simulate(body, incoming, caller, { own: draft === undefined ? own : own.with(draft), ...simulating }),
    },
    async stop() {
      for (const sent of resent) sent.leave()
      await Promise.allSettled([...resent].map(({ ended }) => ended))
    },
  }
}
