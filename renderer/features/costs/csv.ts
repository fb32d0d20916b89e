import type { CostReport } from '../../../shared/api/costs.ts'
import { formatDay } from '../../ui/figures.ts'

const COLUMNS = ['day', 'id', 'name', 'requests', 'unpriced', 'spent_usd', 'input_tokens', 'cache_read_tokens', 'cache_write_tokens', 'output_tokens']

/** A row for each day and group, by RFC 4180. An unknown cost is an empty cell, not 0. */
export function reportAsCsv(report: CostReport): string {
  const rows = report.days.flatMap((day) =>
    day.groups.map((group) => [
      formatDay(day.at),
      group.id,
      group.name ?? '',
      group.requests,
      group.unpriced,
      group.unpriced === group.requests ? '' : (group.spent / 1e9).toFixed(9),
      group.tokens.input,
      group.tokens.cacheRead,
      group.tokens.cacheWrite,
      group.tokens.output,
    ]),
  )
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** Names come from clients, and spreadsheets run what begins like a formula. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
