import { describe, expect, it } from 'vitest'
import { align } from '../../electron/engine/cache/semantic/alignment.ts'
import type { Guard } from '../../electron/engine/cache/semantic/guards/guard.ts'
import { readQuestion } from '../../electron/engine/cache/semantic/reading.ts'
import { reasonInEnglish } from '../../shared/messages/cache-reasons.ts'

/** Two prompts and why the guard objects; undefined where it must be silent. */
export type GuardCase = readonly [a: string, b: string, why: string | undefined]

/** Runs a guard over its table, both ways round: an objection may name its sides in either order, but must not depend on it. */
export function guardTable(guard: Guard, cases: readonly GuardCase[]): void {
  describe(`the guard of ${guard.name}`, () => {
    it.each(cases)('%s | %s', (a, b, why) => {
      const [one, other] = [readQuestion(a), readQuestion(b)]
      const objection = guard.check(one, other, align(one, other))
      expect(objection && reasonInEnglish(objection.why)).toBe(why)
      expect(guard.check(other, one, align(other, one)) === undefined).toBe(why === undefined)
      expect(guard.check(one, one, align(one, one))).toBe(undefined)
    })
  })
}
