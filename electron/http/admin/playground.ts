/** What the playground asks: runs, what they would cost, votes, the library, history and matrix runs. */
import { createHash, randomUUID } from 'node:crypto'
import type { historyApi } from '../../../shared/api/history.ts'
import type { libraryApi } from '../../../shared/api/library.ts'
import type { MatrixCell, MatrixSpec, matrixApi } from '../../../shared/api/matrix.ts'
import type { playgroundApi } from '../../../shared/api/playground.ts'
import type { Vote, votesApi } from '../../../shared/api/votes.ts'
import { ApiError, type Handlers } from '../../../shared/contract.ts'
import { forecastOf, roughForecast } from '../../engine/forecast.ts'
import { messagesAt } from '../../engine/matrix/cell.ts'
import { MatrixRunner } from '../../engine/matrix/runner.ts'
import { playgroundBody } from '../../engine/playground-body.ts'
import { ratingsOf } from '../../engine/votes/ratings.ts'
import type { AdminStages } from './stages.ts'

/** Votes that ratings are made of, newest first; older ones say little of models that change under their names. */
const RATED_VOTES = 20_000

/** What a vote says of an answer, 0 bad to 1 good: one that lost was worse than another, which need not be bad. */
const QUALITIES = { won: 1, tie: 0.75, lost: 0.25, 'both-bad': 0 } as const

type Contract = typeof playgroundApi & typeof votesApi & typeof libraryApi & typeof historyApi & typeof matrixApi

export function playgroundHandlers(stages: AdminStages): Handlers<Contract> {
  const { storage, live, catalog, now } = stages
  const keepsContents = (): boolean => stages.settings().capture === 'all'
  /** Tells automatic routing what a vote says of each model, once each. Returns the ids of that evidence; none where the question is not kept. */
  const learn = async ({ models, verdict, prompt = '' }: Vote): Promise<readonly string[]> => {
    if (prompt === '') return []
    await catalog.ready()
    const ids: string[] = []
    const told = new Set<string>()
    // the winner first: where one model stands twice, its better answer counts
    const order = [...models.keys()].sort(
      (one, other) => Number(verdict.is === 'won' && other === verdict.index) - Number(verdict.is === 'won' && one === verdict.index),
    )
    for (const index of order) {
      const resolved = catalog.resolve(models[index] ?? '')
      if (resolved.is !== 'found' || told.has(resolved.endpoint.id)) continue
      told.add(resolved.endpoint.id)
      const quality = verdict.is === 'won' ? QUALITIES[verdict.index === index ? 'won' : 'lost'] : QUALITIES[verdict.is]
      ids.push((await stages.auto.addEvidence({ signal: 'vote', quality, prompt, model: resolved.endpoint.id })).id)
    }
    return ids
  }

  /** Tells automatic routing how an answer fared against its checks. An answer that failed to come says nothing of the model's quality. */
  const learnChecks = async (cell: Omit<MatrixCell, 'serial'>, spec: MatrixSpec): Promise<void> => {
    if (cell.outcome !== 'ok' || cell.checks.length === 0 || !keepsContents() || !stages.settings().auto.learns.checks) return
    const resolved = catalog.resolve(spec.models[cell.model] ?? '')
    const prompt = messagesAt(cell, spec).at(-1)?.text ?? ''
    if (resolved.is !== 'found' || resolved.endpoint.simulated || prompt === '') return
    const quality = cell.checks.filter(({ passed }) => passed).length / cell.checks.length
    await stages.auto.addEvidence({ signal: 'check', prompt, model: resolved.endpoint.id, quality })
  }

  const matrix = new MatrixRunner({
    storage,
    converse: stages.converse,
    costOf: (asking) => roughForecast(asking, catalog).cost,
    forecastOf: (asking) => forecastOf(asking, catalog),
    now,
    newId: randomUUID,
    onChange: () => live.changed('matrix'),
    onAnswered: (cell, spec) => void learnChecks(cell, spec).catch(stages.onError),
    onError: stages.onError,
  })
  stages.onClose(() => matrix.close())

  return {
    'playground.run': ({ cache, ...run }, signal) => stages.converse(playgroundBody(run), signal, cache),
    'playground.forecast': async ({ runs }) => {
      await catalog.ready()
      return Promise.all(runs.map((run) => forecastOf(run, catalog)))
    },

    'votes.add': async ({ tag, models, verdict, prompt, blind }) => {
      const promptHash = createHash('sha256').update(prompt).digest('hex')
      const vote: Vote = { id: randomUUID(), at: now(), tag, models, verdict, promptHash, prompt: keepsContents() ? prompt : undefined, blind }
      await storage.putVote(vote, await learn(vote))
      live.changed('votes')
      return vote
    },
    'votes.list': (query) => storage.listVotes(query),
    'votes.remove': async ({ id }) => {
      const evidence = await storage.removeVote(id)
      if (evidence === undefined) throw new ApiError('not-found', { code: 'no-vote' })
      for (const each of evidence) await stages.auto.removeEvidence(each)
      live.changed('votes')
      return null
    },
    'votes.ratings': async ({ tag }) => {
      const [votes, tags] = await Promise.all([storage.listVotes({ tag, limit: RATED_VOTES }), storage.voteTags()])
      return { votes: votes.length, tags, ratings: ratingsOf(votes) }
    },

    'library.list': () => storage.listLibrary(),
    'library.put': async ({ entry }) => {
      const kept = await storage.putLibrary(entry, randomUUID(), now())
      live.changed('library')
      return kept
    },
    'library.remove': async ({ id }) => {
      if (!(await storage.removeLibrary(id))) throw new ApiError('not-found', { code: 'no-library-entry' })
      live.changed('library')
      return null
    },
    'library.import': async ({ entries }) => {
      const ids = entries.map(() => randomUUID())
      const added = await storage.importLibrary(entries, ids, now())
      live.changed('library')
      return { added, replaced: entries.length - added }
    },

    'history.list': (query) => storage.listComparisons(query),
    'history.get': async ({ id }) => {
      const found = await storage.getComparison(id)
      if (found === undefined) throw new ApiError('not-found', { code: 'no-comparison' })
      return found
    },
    'history.put': async ({ comparison }) => {
      if (!keepsContents()) return false
      await storage.putComparison(comparison, now())
      live.changed('history')
      return true
    },
    'history.remove': async ({ id }) => {
      if (!(await storage.removeComparison(id))) throw new ApiError('not-found', { code: 'no-comparison' })
      live.changed('history')
      return null
    },

    'matrix.list': () => matrix.list(),
    'matrix.get': ({ id, after }) => matrix.get(id, after),
    'matrix.forecast': async ({ spec }) => {
      await catalog.ready()
      return matrix.forecast(spec)
    },
    'matrix.start': async ({ spec }) => {
      await catalog.ready()
      return matrix.start(spec)
    },
    'matrix.pause': async ({ id }) => {
      await matrix.pause(id)
      return null
    },
    'matrix.resume': async ({ id, costCap }) => {
      await matrix.resume(id, costCap)
      return null
    },
    'matrix.cancel': async ({ id }) => {
      await matrix.cancel(id)
      return null
    },
    'matrix.remove': async ({ id }) => {
      await matrix.remove(id)
      return null
    },
  }
}
