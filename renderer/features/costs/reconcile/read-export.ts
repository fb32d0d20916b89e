/** Reads a provider's export and sums it up by day and model. The file stays in this window: only the sums go on. */
import Papa from 'papaparse'
import type { ExportGroup } from '../../../../shared/api/reconcile.ts'
import { MOST_RECONCILED_DAYS, MOST_RECONCILED_GROUPS } from '../../../../shared/reconcile-limits.ts'
import { dayIn, numberIn, tokensIn } from './cells.ts'
import { type Columns, type FormatId, formatOf, namesIn } from './formats.ts'

/** So much is parsed before the window has its turn again. */
const CHUNK_CHARACTERS = 256 * 1024
const SHOWN_ROWS = 3

export type ExportProblem =
  | { readonly why: 'empty' | 'too-many-groups' | 'nothing-measured' | 'no-usage' }
  | { readonly why: 'too-many-days'; readonly days: number }
  | { readonly why: 'column-missing'; readonly column: string }
  /** `line` counts from 1, the header included. */
  | { readonly why: 'cells'; readonly line: number; readonly expected: number; readonly found: number }
  | { readonly why: 'quotes'; readonly line: number }
  | { readonly why: 'date' | 'number' | 'tokens' | 'currency'; readonly line: number; readonly column: string; readonly value: string }

export interface ExportSums {
  readonly is: 'read'
  readonly format: FormatId | 'chosen'
  /** undefined: the columns were chosen, and so must the provider be. */
  readonly provider: string | undefined
  readonly lines: number
  readonly groups: readonly ExportGroup[]
}

export type ReadExport =
  | ExportSums
  /** No format that is known: which column holds what must be told. */
  | { readonly is: 'unknown'; readonly header: readonly string[]; readonly sample: readonly (readonly string[])[] }
  | { readonly is: 'wrong'; readonly problem: ExportProblem }
  | { readonly is: 'cancelled' }

export interface Reading {
  readonly signal: AbortSignal
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void
}

/** `chosen` overrides what the header says. */
export function readExport(written: string, chosen: Columns | undefined, { signal, onProgress }: Reading): Promise<ReadExport> {
  const text = written.startsWith('\ufeff') ? written.slice(1) : written
  const { header, comma } = headerOf(text)
  if (header.length === 0) return Promise.resolve(wrong({ why: 'empty' }))
  const format = chosen === undefined ? formatOf(header) : undefined
  const columns = chosen ?? format?.columns
  if (columns === undefined) return Promise.resolve(isEmptyOfOpenAi(header) ? wrong({ why: 'no-usage' }) : { is: 'unknown', header, sample: sampleOf(text) })
  const summing = new Summing(header, columns, comma)
  if (summing.problem !== undefined) return Promise.resolve(wrong(summing.problem))

  return new Promise((resolve) => {
    let first = true
    let lines = 0
    let line = 1
    const end = (result: ReadExport): void => resolve(result)
    Papa.parse<string[]>(text, {
      delimitersToGuess: DELIMITERS,
      chunkSize: CHUNK_CHARACTERS,
      chunk({ data, errors, meta }: Papa.ParseResult<string[]>, parser: Papa.Parser) {
        for (const [index, row] of data.entries()) {
          const begins = line
          line += 1 + row.reduce((breaks, cell) => breaks + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
          if (first) {
            first = false
            continue
          }
          if (row.length === 1 && row[0]?.trim() === '') continue
          const unquoted = errors.find((error) => error.type === 'Quotes' && error.row === index)
          const problem: ExportProblem | undefined = unquoted === undefined ? summing.add(row, begins) : { why: 'quotes', line: begins }
          if (problem !== undefined) {
            end(wrong(problem))
            parser.abort()
            return
          }
          lines += 1
        }
        onProgress(Math.min(1, meta.cursor / text.length))
        parser.pause()
        // the window draws and hears in between, Cancel among other things
        setTimeout(() => {
          if (!signal.aborted) return parser.resume()
          end({ is: 'cancelled' })
          parser.abort()
        })
      },
      complete() {
        // after an abort the promise has its answer already, and this one is not heard
        if (summing.groups.length === 0) return end(wrong({ why: lines === 0 ? 'empty' : 'nothing-measured' }))
        const days = daysBetween(summing.groups)
        if (days > MOST_RECONCILED_DAYS) return end(wrong({ why: 'too-many-days', days }))
        end({ is: 'read', format: format?.id ?? 'chosen', provider: format?.provider, lines, groups: summing.groups })
      },
    })
  })
}

const DELIMITERS = [',', ';', '\t']

function headerOf(text: string): { readonly header: readonly string[]; readonly comma: boolean } {
  const { data, meta } = Papa.parse<string[]>(text, { preview: 1, delimitersToGuess: DELIMITERS })
  const header = (data[0] ?? []).map((name) => name.trim())
  return { header: header.every((name) => name === '') ? [] : header, comma: meta.delimiter !== ',' }
}

function sampleOf(text: string): readonly (readonly string[])[] {
  return Papa.parse<string[]>(text, { preview: 1 + SHOWN_ROWS, delimitersToGuess: DELIMITERS, skipEmptyLines: 'greedy' }).data.slice(1)
}

/** OpenAI exports only the bounds of its buckets when there was nothing, or nothing was chosen to group by. */
function isEmptyOfOpenAi(header: readonly string[]): boolean {
  return header.includes('start_time') && header.every((name) => /^(start|end)_time(_iso)?$/.test(name))
}

/** From the first to the last, both counted. */
function daysBetween(groups: readonly ExportGroup[]): number {
  const days = groups.map(({ day }) => Date.parse(day) / 86_400_000)
  return days.reduce((one, other) => Math.max(one, other)) - days.reduce((one, other) => Math.min(one, other)) + 1
}

function wrong(problem: ExportProblem): ReadExport {
  return { is: 'wrong', problem }
}

type Sum = { day: string; model: string; input?: number; output?: number; cost?: number }

class Summing {
  readonly problem: ExportProblem | undefined
  private readonly sums = new Map<string, Sum>()
  private readonly place = new Map<string, number>()
  private readonly width: number

  private readonly columns: Columns
  private readonly comma: boolean

  constructor(header: readonly string[], columns: Columns, comma: boolean) {
    this.columns = columns
    this.comma = comma
    this.width = header.length
    for (const [index, name] of header.entries()) this.place.set(name.toLowerCase(), index)
    const missing = namesIn(columns).find((name) => !this.place.has(name.toLowerCase()))
    if (missing !== undefined) this.problem = { why: 'column-missing', column: missing }
  }

  get groups(): readonly ExportGroup[] {
    return [...this.sums.values()]
  }

  add(row: readonly string[], line: number): ExportProblem | undefined {
    if (row.length !== this.width) return { why: 'cells', line, expected: this.width, found: row.length }
    const { columns } = this
    const cell = (name: string): string => row[this.place.get(name.toLowerCase()) ?? -1]?.trim() ?? ''
    // buckets in which nothing happened have empty cells
    const measures = [...columns.input, ...columns.output, ...(columns.cost === undefined ? [] : [columns.cost])]
    if (measures.every((name) => cell(name) === '')) return undefined

    const day = dayIn(cell(columns.day))
    if (day === undefined) return { why: 'date', line, column: columns.day, value: cell(columns.day) }
    const currency = columns.currency === undefined ? '' : cell(columns.currency)
    if (currency !== '' && currency.toLowerCase() !== 'usd') return { why: 'currency', line, column: columns.currency ?? '', value: currency }
    const written = columns.model === undefined ? '' : cell(columns.model)
    const model = (columns.modelOf?.(written) ?? written).slice(0, 300)

    const key = `${day}\n${model}`
    const sum: Sum = this.sums.get(key) ?? { day, model }
    for (const of of ['input', 'output'] as const) {
      for (const name of of === 'input' ? [...columns.input, ...columns.inputToo] : columns.output) {
        if (cell(name) === '') continue
        const tokens = tokensIn(cell(name), this.comma)
        if (tokens === undefined) return { why: 'tokens', line, column: name, value: cell(name) }
        sum[of] = (sum[of] ?? 0) + tokens
      }
    }
    if (columns.cost !== undefined && cell(columns.cost) !== '') {
      const cost = numberIn(cell(columns.cost), this.comma)
      // more than nine million dollars on a day are a mistake in the column
      if (cost === undefined || !Number.isSafeInteger(Math.round(((sum.cost ?? 0) / 1e9 + cost) * 1e9))) {
        return { why: 'number', line, column: columns.cost, value: cell(columns.cost) }
      }
      // whole nano-USD, so that a hundred thousand lines add up exactly
      sum.cost = (sum.cost ?? 0) + Math.round(cost * 1e9)
    }
    this.sums.set(key, sum)
    return this.sums.size > MOST_RECONCILED_GROUPS ? { why: 'too-many-groups' } : undefined
  }
}
