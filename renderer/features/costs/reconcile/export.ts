import Papa from 'papaparse'
import type { Reconciliation } from '../../../../shared/api/reconcile.ts'

const COLUMNS = [
  ...['day', 'model', 'kind', 'provider_input_tokens', 'provider_output_tokens', 'provider_cost_usd'],
  ...['switchyard_input_tokens', 'switchyard_output_tokens', 'switchyard_cost_usd', 'switchyard_requests', 'switchyard_unpriced'],
  ...['difference_input_tokens', 'difference_output_tokens', 'difference_cost_usd'],
]

/** Every row that does not match, by RFC 4180. What nobody knows is an empty cell, not 0. */
export function differencesAsCsv({ rows }: Pick<Reconciliation, 'rows'>): string {
  const dollars = (cost: number | undefined): string => (cost === undefined ? '' : (cost / 1e9).toFixed(9))
  const data = rows
    .filter(({ kind }) => kind !== 'matched')
    .map(({ day, model, kind, theirs, ours, difference }) => [
      ...[day, model, kind, theirs?.input ?? '', theirs?.output ?? '', dollars(theirs?.cost)],
      ...[ours?.input ?? '', ours?.output ?? '', dollars(ours?.cost), ours?.requests ?? '', ours?.unpriced ?? ''],
      ...[difference.input ?? '', difference.output ?? '', dollars(difference.cost)],
    ])
  // names come from a file, and spreadsheets run what begins like a formula; a minus before a digit is a number of ours
  return `${Papa.unparse({ fields: COLUMNS, data }, { escapeFormulae: /^(?!-\d+(?:\.\d+)?$)[=+\-@\t\r]/ })}\r\n`
}
