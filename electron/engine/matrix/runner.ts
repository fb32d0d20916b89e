/**
 * Matrix runs as jobs of the engine: they go on while no window looks, each cell is kept as soon as it is answered, and after a restart a run waits,
 * paused, for somebody to say that it shall go on.
 */

import type { MatrixCell, MatrixDetail, MatrixForecast, MatrixProgress, MatrixRow, MatrixSpec, MatrixState } from '../../../shared/api/matrix.ts'
import type { Forecast } from '../../../shared/api/playground.ts'
import { ApiError } from '../../../shared/contract.ts'
import type { Ms } from '../../../shared/ids.ts'
import { isFailing } from '../../../shared/matrix.ts'
import { saidBy } from '../../../shared/messages/spoken-error.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import { variablesOf } from '../../../shared/template.ts'
import type { Asking } from '../forecast.ts'
import type { Storage } from '../storage/storage.ts'
import { type Converse, messagesAt, positionOf, runCell } from './cell.ts'
import { CheckError, type Checker, checkerOf } from './checks.ts'

/** Cells whose input is counted for a forecast, in well under a second for prompts of a page. */
const MOST_COUNTED_CELLS = 500

export interface MatrixStages {
  readonly storage: Pick<
    Storage,
    | 'putMatrix'
    | 'listMatrices'
    | 'getMatrix'
    | 'setMatrixState'
    | 'setMatrixSpec'
    | 'pauseMatrices'
    | 'removeMatrix'
    | 'putMatrixCell'
    | 'matrixCells'
    | 'matrixPlaces'
  >
  readonly converse: Converse
  /** At once: it says whether the next cell still fits under the cap. */
  readonly costOf: (asking: Asking) => NanoUsd | undefined
  readonly forecastOf: (asking: Asking) => Promise<Pick<Forecast, 'cost' | 'estimated'>>
  readonly now: () => Ms
  readonly newId: () => string
  readonly onChange: () => void
  /** A cell was answered and kept. Nothing waits for what is made of it. */
  readonly onAnswered?: (cell: Omit<MatrixCell, 'serial'>, spec: MatrixSpec) => void
  readonly onError: (error: unknown) => void
}

interface Job {
  readonly cancel: AbortController
  readonly startedAt: Ms
  answered: number
  spent: number
  /** Set once nothing more is to be started. */
  ending: Exclude<MatrixState, 'running'> | undefined
  readonly ended: Promise<void>
}

export class MatrixRunner {
  readonly #stages: MatrixStages
  readonly #jobs = new Map<string, Job>()
  readonly #recovered: Promise<void>

  constructor(stages: MatrixStages) {
    this.#stages = stages
    // a database that is gone is told by whatever is asked of it next
    this.#recovered = stages.storage.pauseMatrices().catch((error: unknown) => stages.onError(error))
  }

  async list(): Promise<readonly MatrixRow[]> {
    await this.#recovered
    return this.#stages.storage.listMatrices()
  }

  /** @throws ApiError 'not-found' */
  async get(id: string, after: number): Promise<MatrixDetail> {
    await this.#recovered
    const { row, spec } = await this.#find(id)
    return { progress: this.#progress(row), spec, cells: await this.#stages.storage.matrixCells(id, after) }
  }

  /** Counts the input of a run of usual size, and estimates that of a larger one. */
  async forecast(spec: MatrixSpec): Promise<MatrixForecast> {
    const { costOf, forecastOf } = this.#stages
    const askings = Array.from({ length: cellsOf(spec) }, (_, place) => askingAt(place, spec))
    const found =
      askings.length > MOST_COUNTED_CELLS
        ? askings.map((asking) => ({ cost: costOf(asking), estimated: true }))
        : await Promise.all(askings.map((asking) => forecastOf(asking)))
    let cost: number | undefined = 0
    for (const { cost: expected } of found) cost = cost === undefined || expected === undefined ? undefined : cost + expected
    return { cells: askings.length, cost: cost === undefined ? undefined : asNanoUsd(cost), estimated: found.some(({ estimated }) => estimated) }
  }

  /** @throws ApiError 'bad-input' naming the check or row that cannot be used */
  async start(spec: MatrixSpec): Promise<MatrixRow> {
    await this.#recovered
    const checkers = checkersOf(spec)
    demandValues(spec)
    const id = this.#stages.newId()
    await this.#stages.storage.putMatrix({ id, at: this.#stages.now(), name: spec.name, state: 'running', total: cellsOf(spec) }, spec)
    await this.#begin(id, spec, checkers, 0)
    return (await this.#find(id)).row
  }

  /** Starts nothing more; what is being answered is waited for, since it is paid for. */
  async pause(id: string): Promise<void> {
    await this.#stop(id, 'paused')
  }

  /** Goes on with what is left. @throws ApiError 'not-found', 'conflict' when it runs or nothing is left */
  async resume(id: string, costCap: number | undefined): Promise<void> {
    await this.#recovered
    const job = this.#jobs.get(id)
    if (job !== undefined && job.ending === undefined) throw new ApiError('conflict', { code: 'run-is-running' })
    await job?.ended
    const { row, spec } = await this.#find(id)
    if (row.done === row.total) throw new ApiError('conflict', { code: 'run-is-done' })
    const { costCap: before, ...rest } = spec
    const cap = costCap ?? before
    const going: MatrixSpec = cap === undefined ? rest : { ...rest, costCap: cap }
    if (costCap !== undefined) await this.#stages.storage.setMatrixSpec(id, going)
    await this.#stages.storage.setMatrixState(id, 'running')
    await this.#begin(id, going, checkersOf(going), row.spent)
  }

  async cancel(id: string): Promise<void> {
    this.#jobs.get(id)?.cancel.abort()
    await this.#stop(id, 'cancelled')
  }

  async remove(id: string): Promise<void> {
    const job = this.#jobs.get(id)
    if (job !== undefined) {
      job.ending = 'cancelled'
      job.cancel.abort()
      await job.ended
    }
    await this.#stages.storage.removeMatrix(id)
    this.#stages.onChange()
  }

  /** Ends what runs, for the end of the process: its rows stay as they are and are found paused at the next start. */
  async close(): Promise<void> {
    const jobs = [...this.#jobs.values()]
    for (const job of jobs) {
      job.ending ??= 'paused'
      job.cancel.abort()
    }
    await Promise.all(jobs.map((job) => job.ended))
  }

  async #stop(id: string, state: 'paused' | 'cancelled'): Promise<void> {
    await this.#recovered
    await this.#find(id)
    const job = this.#jobs.get(id)
    if (job !== undefined) job.ending = state
    await this.#stages.storage.setMatrixState(id, state)
    this.#stages.onChange()
  }

  async #begin(id: string, spec: MatrixSpec, checkers: readonly Checker[], spent: number): Promise<void> {
    const { storage, now, onChange, onError } = this.#stages
    const known = await storage.matrixPlaces(id)
    const answered = new Set(known.map(({ place }) => place))
    const left = Array.from({ length: cellsOf(spec) }, (_, place) => place).filter((place) => !answered.has(place))
    let serial = known.reduce((most, each) => Math.max(most, each.serial), 0)
    const done = Promise.withResolvers<void>()
    const job: Job = { cancel: new AbortController(), startedAt: now(), answered: 0, spent, ending: undefined, ended: done.promise }
    this.#jobs.set(id, job)
    onChange()

    /** Expected cost of what is under way. */
    let reserved = 0
    const worker = async (): Promise<void> => {
      while (job.ending === undefined) {
        const place = left[0]
        if (place === undefined) return
        const expected = this.#stages.costOf(askingAt(place, spec)) ?? (job.answered === 0 ? 0 : (job.spent - spent) / job.answered)
        if (spec.costCap !== undefined && job.spent + reserved + expected > spec.costCap) {
          job.ending = 'at-cap'
          return
        }
        left.shift()
        reserved += expected
        const cell = await runCell(positionOf(place, spec), spec, checkers, this.#stages.converse, job.cancel.signal)
        reserved -= expected
        if (cell === undefined) return
        job.answered++
        job.spent += cell.cost ?? 0
        await storage.putMatrixCell(id, { ...cell, serial: ++serial }, isFailing(cell))
        this.#stages.onAnswered?.(cell, spec)
        onChange()
      }
    }
    const whole = async (): Promise<void> => {
      try {
        await Promise.all(Array.from({ length: spec.concurrency }, worker))
        await storage.setMatrixState(id, job.ending ?? 'done')
      } catch (error) {
        // the database is gone: what is paid for from here on would be lost
        job.ending = 'paused'
        job.cancel.abort()
        onError(error)
      } finally {
        this.#jobs.delete(id)
        onChange()
        done.resolve()
      }
    }
    void whole()
  }

  #progress(row: MatrixRow): MatrixProgress {
    const job = this.#jobs.get(row.id)
    const perCell = job === undefined || job.answered === 0 ? undefined : (this.#stages.now() - job.startedAt) / job.answered
    return {
      ...row,
      forecast: row.done === 0 ? undefined : asNanoUsd(Math.round((row.spent / row.done) * row.total)),
      remainingMs: row.state !== 'running' || perCell === undefined ? undefined : perCell * (row.total - row.done),
    }
  }

  async #find(id: string): Promise<{ readonly row: MatrixRow; readonly spec: MatrixSpec }> {
    const found = await this.#stages.storage.getMatrix(id)
    if (found === undefined) throw new ApiError('not-found', { code: 'no-matrix' })
    return found
  }
}

function askingAt(place: number, spec: MatrixSpec): Asking {
  const position = positionOf(place, spec)
  const { maxOutputTokens, tools } = spec.parameters
  return { model: spec.models[position.model] ?? '', texts: messagesAt(position, spec).map(({ text }) => text), tools, maxOutputTokens }
}

export function cellsOf({ prompts, models, rows }: Pick<MatrixSpec, 'prompts' | 'models' | 'rows'>): number {
  return prompts.length * models.length * Math.max(1, rows.length)
}

function checkersOf({ checks }: MatrixSpec): readonly Checker[] {
  return checks.map((check, index) => {
    try {
      return checkerOf(check)
    } catch (thrown) {
      if (thrown instanceof CheckError) throw new ApiError('bad-input', saidBy(thrown), `spec.checks.${index}.${thrown.field}`)
      throw thrown
    }
  })
}

/** A prompt sent with a hole in it would be paid for and mean nothing. */
function demandValues({ prompts, rows }: MatrixSpec): void {
  const names = new Set(prompts.flatMap(({ system, text }) => [...variablesOf(system), ...variablesOf(text)]))
  const [first] = names
  if (first !== undefined && rows.length === 0) throw new ApiError('bad-input', { code: 'no-row-for', variable: first }, 'spec.rows')
  for (const [index, row] of rows.entries()) {
    for (const name of names)
      if (!Object.hasOwn(row, name)) throw new ApiError('bad-input', { code: 'row-lacks', row: index + 1, variable: name }, `spec.rows.${index}`)
  }
}
