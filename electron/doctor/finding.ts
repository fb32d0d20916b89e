/** What the doctor says of one thing. `note`: works, and somebody may want to know. `bad`: Switchyard cannot do its work. */
export interface Finding {
  readonly of: string
  readonly is: 'ok' | 'note' | 'bad'
  readonly says: string
  /** What helps. */
  readonly todo?: string
}

const MARKS = { ok: 'ok  ', note: 'note', bad: 'FAIL' } as const
const NAME_WIDTH = 14

/** One line for each, what helps below it, and a count at the end. */
export function printed(findings: readonly Finding[]): readonly string[] {
  const lines = findings.flatMap(({ of, is, says, todo }) => [
    `${MARKS[is]}  ${of.padEnd(NAME_WIDTH)}${says}`,
    ...(todo === undefined ? [] : [`${' '.repeat(6 + NAME_WIDTH)}-> ${todo}`]),
  ])
  const count = (is: Finding['is']): number => findings.filter((finding) => finding.is === is).length
  // names of providers and messages of servers are other people's, and a terminal does what control characters tell it
  return [
    ...lines.map((line) => line.replace(/\p{Cc}+/gu, ' ')),
    `${findings.length} checks: ${count('ok')} ok, ${count('note')} to note, ${count('bad')} failed`,
  ]
}

/** 1 as soon as anything failed. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 {
  return findings.some(({ is }) => is === 'bad') ? 1 : 0
}
