import type { MatrixCell } from './api/matrix.ts'

/** No answer, or one that fails a check. */
export function isFailing({ outcome, checks }: Pick<MatrixCell, 'outcome' | 'checks'>): boolean {
  return outcome !== 'ok' || checks.some(({ passed }) => !passed)
}
