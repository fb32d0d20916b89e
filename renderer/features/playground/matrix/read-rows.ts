import Papa from 'papaparse'

export type Row = Readonly<Record<string, string>>

export type ReadRows =
  | { readonly is: 'ok'; readonly rows: readonly Row[]; readonly columns: readonly string[]; readonly format: 'csv' | 'jsonl' | 'none' }
  /** `line` counts from 1. */
  | { readonly is: 'wrong'; readonly line: number; readonly why: 'not-json' | 'not-an-object' | 'cells' | 'column-names' }

/** Rows of values from CSV (or TSV, with its header line) or from JSON Lines, told apart by how they begin. */
export function readRows(text: string): ReadRows {
  const begin = text.trimStart()
  if (begin === '') return { is: 'ok', rows: [], columns: [], format: 'none' }
  return begin.startsWith('{') ? readJsonLines(text) : readCsv(text)
}

function readJsonLines(text: string): ReadRows {
  const rows: Row[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      return { is: 'wrong', line: index + 1, why: 'not-json' }
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { is: 'wrong', line: index + 1, why: 'not-an-object' }
    rows.push(Object.fromEntries(Object.entries(value).map(([name, each]) => [name, typeof each === 'string' ? each : JSON.stringify(each)])))
  }
  return { is: 'ok', rows, columns: columnsOf(rows), format: 'jsonl' }
}

function readCsv(text: string): ReadRows {
  const { data, errors } = Papa.parse<string[]>(text.trim(), { skipEmptyLines: 'greedy' })
  // one column has no separator to find, which is no mistake
  const mistake = errors.find(({ type }) => type !== 'Delimiter')
  if (mistake !== undefined) return { is: 'wrong', line: (mistake.row ?? 0) + 1, why: 'cells' }
  const [header = [], ...lines] = data
  const columns = header.map((name) => name.trim())
  if (columns.some((name) => name === '') || new Set(columns).size < columns.length) return { is: 'wrong', line: 1, why: 'column-names' }
  const wrong = lines.findIndex((line) => line.length !== columns.length)
  if (wrong !== -1) return { is: 'wrong', line: wrong + 2, why: 'cells' }
  return { is: 'ok', rows: lines.map((line) => Object.fromEntries(columns.map((name, place) => [name, line[place] ?? '']))), columns, format: 'csv' }
}

function columnsOf(rows: readonly Row[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))]
}
