/** What checks of answers found, and why a check cannot be used. */
import type { MessageOf, Said, Sentences } from './message.ts'

export const CHECK_MESSAGES = {
  contains: ({ text, passed }: { text: string; passed: boolean }) => verdict(passed, `contains “${text}”`),
  equals: ({ passed }: { passed: boolean }) => verdict(passed, 'is the expected text'),
  matches: ({ pattern, passed }: { pattern: string; passed: boolean }) => verdict(passed, `matches /${pattern}/`),
  'answer-is-no-json': () => 'It is not valid JSON.',
  'fits-schema': () => 'It fits the schema.',
  /** `at` is empty for the whole. */
  'breaks-schema': ({ at, problem }: { at: string; problem: Said }, say) => `${at === '' ? 'The whole' : at}: ${say(problem)}`,
  'judge-gave-no-reason': () => 'The judge gave no reason.',
  'judge-gave-no-verdict': () => 'The judge gave no verdict.',
  'judge-failed': ({ said }: { said: Said }, say) => `The judge failed: ${say(said)}`,
  'not-judged': () => 'Stopped before it was judged.',

  'pattern-refused': ({ told }: { told: string }) => `RE2 does not take this pattern (backreferences and lookaround are not in it): ${told}`,
  'schema-not-json': () => 'The schema is not valid JSON.',
  'schema-unusable': ({ told }: { told: string }) => `This schema cannot be checked: ${told}`,
} satisfies Sentences

function verdict(passed: boolean, what: string): string {
  return passed ? `It ${what}.` : `Not so: it ${what}.`
}

export type CheckMessage = MessageOf<typeof CHECK_MESSAGES>
