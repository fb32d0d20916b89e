import type { ReconcileKind } from '../../../../shared/api/reconcile.ts'
import { client } from '../../../client/client.ts'
import { saveFile } from '../../playground/save-file.ts'
import { differencesAsCsv } from './export.ts'
import type { Columns } from './formats.ts'
import { type ExportSums, type ReadExport, readExport } from './read-export.ts'
import { type ChosenColumns, type ReconcileFailure, useReconcile } from './store.ts'

/** A hundred thousand lines are some 20 MB; a browser holds this much as one text with ease. */
const MOST_BYTES = 200 * 1024 * 1024

let running = new AbortController()

export async function compareFile(file: Pick<File, 'name' | 'size' | 'text'>): Promise<void> {
  if (file.size > MOST_BYTES) return fail(file.name, { why: 'too-large' })
  const signal = anew(file.name)
  let text: string
  try {
    text = await file.text()
  } catch (thrown) {
    return fail(file.name, { why: 'engine', message: thrown instanceof Error ? thrown.message : String(thrown) })
  }
  const read = await readExport(text, undefined, { signal, onProgress: (share) => progress(file.name, share, signal) })
  if (signal.aborted) return
  if (read.is === 'unknown') {
    const { header, sample } = read
    useReconcile.setState({ is: 'columns', file: file.name, text, header, sample, chosen: guess(header) }, true)
    return
  }
  await goOn(file.name, read, signal)
}

export function chooseColumns(part: Partial<ChosenColumns>): void {
  const state = useReconcile.getState()
  if (state.is === 'columns') useReconcile.setState({ ...state, chosen: { ...state.chosen, ...part } }, true)
}

/** Whether what is chosen says enough: a day, a provider, and something to compare. */
export function areEnough({ provider, day, input, output, cost }: ChosenColumns): boolean {
  return provider !== '' && day !== '' && [input, output, cost].some((column) => column !== '')
}

export async function compareChosen(): Promise<void> {
  const state = useReconcile.getState()
  if (state.is !== 'columns' || !areEnough(state.chosen)) return
  const { file, text, chosen } = state
  const signal = anew(file)
  const read = await readExport(text, columnsOf(chosen), { signal, onProgress: (share) => progress(file, share, signal) })
  if (!signal.aborted) await goOn(file, read.is === 'read' ? { ...read, provider: chosen.provider } : read, signal)
}

/** Leaves what is under way, and forgets what was read. */
export function leaveComparison(): void {
  running.abort()
  useReconcile.setState({ is: 'idle' }, true)
}

export function showKind(shown: ReconcileKind | undefined): void {
  const state = useReconcile.getState()
  if (state.is === 'ready') useReconcile.setState({ ...state, shown }, true)
}

export function saveDifferences(): void {
  const state = useReconcile.getState()
  if (state.is !== 'ready') return
  const { provider, from, to } = state.result
  saveFile(`switchyard-reconciliation-${provider}-${from}-${to}.csv`, 'text/csv', differencesAsCsv(state.result))
}

function anew(file: string): AbortSignal {
  running.abort()
  running = new AbortController()
  useReconcile.setState({ is: 'reading', file, share: 0 }, true)
  return running.signal
}

function progress(file: string, share: number, signal: AbortSignal): void {
  if (!signal.aborted) useReconcile.setState({ is: 'reading', file, share }, true)
}

async function goOn(file: string, read: Exclude<ReadExport, { is: 'unknown' }> | ReadExport, signal: AbortSignal): Promise<void> {
  switch (read.is) {
    case 'cancelled':
      return
    case 'wrong':
      return fail(file, read.problem)
    case 'unknown':
      // only asked for where no columns were chosen
      return fail(file, { why: 'nothing-measured' })
    case 'read':
      return compare(file, read, signal)
  }
}

async function compare(file: string, { provider, format, lines, groups }: ExportSums, signal: AbortSignal): Promise<void> {
  useReconcile.setState({ is: 'comparing', file }, true)
  const result = await client['costs.reconcile']({ provider: provider ?? '', groups: [...groups] })
  if (signal.aborted) return
  if (!result.ok) return fail(file, { why: 'engine', message: result.failure.message })
  useReconcile.setState({ is: 'ready', file, format, lines, result: result.value, shown: undefined }, true)
}

function fail(file: string, failure: ReconcileFailure): void {
  useReconcile.setState({ is: 'failed', file, failure }, true)
}

function columnsOf({ day, model, input, output, cost }: ChosenColumns): Columns {
  const one = (name: string): string | undefined => (name === '' ? undefined : name)
  return {
    ...{ day, model: one(model), cost: one(cost), currency: undefined, inputToo: [] },
    input: input === '' ? [] : [input],
    output: output === '' ? [] : [output],
  }
}

/** Columns by what they are usually called, for the user to correct. */
export function guess(header: readonly string[]): ChosenColumns {
  const first = (pattern: RegExp): string => header.find((name) => pattern.test(name)) ?? ''
  return {
    provider: '',
    day: first(/date|day|time|tag|datum|created/i),
    model: first(/model/i),
    input: first(/(input|prompt|eingabe|eingang).*|in_?tokens/i),
    output: first(/(output|completion|ausgabe|ausgang).*|out_?tokens/i),
    cost: first(/cost|amount|usd|spend|kosten|betrag/i),
  }
}
