import { z } from 'zod'
import { INPUT_HINTS } from './messages/input.ts'

/** What an answer can be held to: in a matrix, and by automatic routing before a cheap model's answer is good enough. */
export const answerCheck = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('contains'), text: z.string().min(1, INPUT_HINTS['must-contain']).max(100_000), ignoreCase: z.boolean().default(true) }),
  z.object({ kind: z.literal('equals'), text: z.string().max(100_000) }),
  /** In RE2's syntax, whose time is linear in the answer's length; backreferences and lookaround are not in it. */
  z.object({ kind: z.literal('regex'), pattern: z.string().min(1, INPUT_HINTS.pattern).max(2_000), ignoreCase: z.boolean().default(false) }),
  z.object({ kind: z.literal('json-schema'), schema: z.string().min(2, INPUT_HINTS.schema).max(100_000) }),
  z.object({
    kind: z.literal('judge'),
    model: z.string().min(1, INPUT_HINTS['choose-model']).max(300),
    criterion: z.string().min(1, INPUT_HINTS.criterion).max(20_000),
  }),
])

export type AnswerCheck = Readonly<z.infer<typeof answerCheck>>
