/** A matrix as a file for other programs. */

import Papa from 'papaparse'
import type { MatrixCell, MatrixSpec } from '../../../../shared/api/matrix.ts'
import { words } from '../../../messages/words.ts'
import type { Line } from './table.ts'

export const EXPORTS = ['csv', 'jsonl', 'markdown', 'html'] as const
export type ExportKind = (typeof EXPORTS)[number]

export const EXPORT_FILES: Readonly<Record<ExportKind, { readonly extension: string; readonly mediaType: string }>> = {
  csv: { extension: 'csv', mediaType: 'text/csv' },
  jsonl: { extension: 'jsonl', mediaType: 'application/jsonl' },
  markdown: { extension: 'md', mediaType: 'text/markdown' },
  html: { extension: 'html', mediaType: 'text/html' },
}

export function exported(kind: ExportKind, spec: MatrixSpec, lines: readonly Line[]): string {
  switch (kind) {
    case 'csv':
      // a spreadsheet would run a cell that begins like a formula, and answers are other people's words
      return Papa.unparse(records(spec, lines) as object[], { escapeFormulae: true, newline: '\n' })
    case 'jsonl':
      return records(spec, lines)
        .map((record) => `${JSON.stringify(record)}\n`)
        .join('')
    case 'markdown':
      return markdown(spec, lines)
    case 'html':
      return html(spec, lines)
  }
}

/** One record a cell, with the row's values as columns of their own. */
function records(spec: MatrixSpec, lines: readonly Line[]): readonly Readonly<Record<string, unknown>>[] {
  return lines.flatMap(({ prompt, row, question, values, cells }) =>
    cells.flatMap((cell, place) =>
      cell === undefined
        ? []
        : [
            {
              prompt: prompt + 1,
              row: row + 1,
              model: spec.models[place],
              ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`var.${name}`, value])),
              question,
              answer: cell.answer,
              outcome: cell.outcome,
              message: cell.message ?? '',
              passed: cell.checks.filter(({ passed }) => passed).length,
              checks: cell.checks.length,
              failed_checks: cell.checks.flatMap(({ passed, why }) => (passed ? [] : [words(why)])).join(' '),
              first_event_ms: cell.firstEventMs ?? '',
              total_ms: cell.totalMs,
              tokens_out: cell.tokensOut ?? '',
              cost_usd: cell.cost === undefined ? '' : cell.cost / 1e9,
            },
          ],
    ),
  )
}

function markdown(spec: MatrixSpec, lines: readonly Line[]): string {
  const cellText = (text: string): string => text.trim().replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/</g, '&lt;').replace(/\r?\n/g, '<br>')
  const row = (cells: readonly string[]): string => `| ${cells.map(cellText).join(' | ')} |`
  const head = ['Question', ...spec.models]
  return [
    `# ${spec.name}`,
    '',
    row(head),
    `|${head.map(() => ' --- |').join('')}`,
    ...lines.map(({ question, cells }) => row([question, ...cells.map(said)])),
    '',
  ].join('\n')
}

/** A page that needs nothing else and runs nothing. */
function html(spec: MatrixSpec, lines: readonly Line[]): string {
  const cell = (each: MatrixCell | undefined): string => `<td>${escaped(said(each))}</td>`
  const rows = lines.map(({ question, cells }) => `<tr><th scope="row">${escaped(question)}</th>${cells.map(cell).join('')}</tr>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(spec.name)}</title>
<style>body{font:14px/1.5 system-ui,sans-serif;margin:24px}table{border-collapse:collapse}th,td{border:1px solid #ccc;padding:8px;text-align:left;vertical-align:top;white-space:pre-wrap}</style>
</head>
<body>
<h1>${escaped(spec.name)}</h1>
<table>
<thead><tr><th>Question</th>${spec.models.map((model) => `<th>${escaped(model)}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</body>
</html>
`
}

/** The answer with what its checks say, or why there is none. */
function said(cell: MatrixCell | undefined): string {
  if (cell === undefined) return '–'
  const marks = cell.checks.map(({ passed, why }) => `${passed ? '✓' : '✗'} ${words(why)}`)
  return [cell.outcome === 'ok' ? cell.answer : `${cell.outcome}: ${cell.message ?? ''}`, ...marks].join('\n')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
