import type { DoctorFinding } from '../../shared/doctor.ts'
import { doctorWords } from '../../shared/messages/doctor.ts'
import { english } from '../../shared/messages/english.ts'

const MARKS = { ok: 'ok  ', warn: 'note', unknown: 'note', bad: 'FAIL' } as const
const NAME_WIDTH = 15

/** One line for each finding, what helps below it, and a count at the end. */
export function printed(findings: readonly DoctorFinding[]): readonly string[] {
  const lines = findings.flatMap((finding) => {
    const { says, helps } = doctorWords(finding)
    return [
      `${MARKS[finding.is]}  ${finding.of.padEnd(NAME_WIDTH)}${english(says)}`,
      ...(helps === undefined ? [] : [`${' '.repeat(6 + NAME_WIDTH)}-> ${english(helps)}`]),
    ]
  })
  const count = (...marks: readonly DoctorFinding['is'][]): number => findings.filter(({ is }) => marks.includes(is)).length
  // names of providers and messages of servers are other people's, and a terminal does what control characters tell it
  return [
    ...lines.map((line) => line.replace(/\p{Cc}+/gu, ' ')),
    `${findings.length} checks: ${count('ok')} ok, ${count('warn', 'unknown')} to note, ${count('bad')} failed`,
  ]
}

/** 1 as soon as anything failed. */
export function exitCodeOf(findings: readonly DoctorFinding[]): 0 | 1 {
  return findings.some(({ is }) => is === 'bad') ? 1 : 0
}
