import { describe, expect, it } from 'vitest'
import { guardedIn } from '../../../../../../electron/engine/routing/own/guard.ts'
import { GUARD_PATTERNS } from '../../../../../../shared/routing-config.ts'

/** All made up. */
const CASES: readonly [string, string | undefined][] = [
  ['write to jane.doe+x@mail.example.org today', 'email'],
  ['@decorator and a@b', undefined],
  ['git@github', undefined],
  ['call +49 30 1234567 or', 'phone'],
  ['+1 (555) 010-9999', 'phone'],
  ['(555) 010-9999', 'phone'],
  ['555-010-9999', 'phone'],
  ['on 2026-11-25 at 14:03:27 it was 1234567890', undefined],
  ['1.2.3.4 and 3.14159265358979', undefined],
  [`key sk-${'a1B2'.repeat(6)}`, 'secret'],
  ['AKIAMADEUP0123456789', 'secret'],
  [`ghp_${'x'.repeat(36)}`, 'secret'],
  ['-----BEGIN OPENSSH PRIVATE KEY-----', 'secret'],
  ['ask-me and task-force-of-many-words-in-a-row', undefined],
]

describe('a guard', () => {
  it.each(CASES)('%j: %s', (text, found) => {
    expect(guardedIn(['before', text], GUARD_PATTERNS)).toBe(found)
  })

  it('looks for nothing else than what it is told to', () => {
    expect(guardedIn(['jane@example.org'], ['phone', 'secret'])).toBeUndefined()
  })

  it('takes a long text in its stride', () => {
    // what makes unbounded expressions take minutes
    for (const piece of ['a', '1 ', '+1', 'a.', 'sk-', '-----BEGIN ', '(']) expect(guardedIn([piece.repeat(100_000)], ['email', 'phone'])).toBe(undefined)
  })
})
