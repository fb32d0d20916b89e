/** What is wrong with a value that somebody entered, in the schema's words. */
import { FILE_LIMIT_BYTES, FILES_LIMIT_BYTES } from '../attachments.ts'
import type { MessageOf, Sentences } from './message.ts'

/** More cells of a matrix than this are a batch job, not a comparison one looks at. */
export const MOST_CELLS = 5_000

const megabytes = (bytes: number): string => `${bytes / 1024 / 1024} MB`

/** What schemas say in words of our own, each as the end of `<field>: ...`. */
export const INPUT_HINTS = {
  name: 'give it a name',
  'paste-key': 'paste a key',
  passphrase: 'at least 8 characters',
  prompt: 'write the prompt',
  'a-prompt': 'write a prompt',
  'choose-model': 'choose a model',
  'name-model': 'name a model',
  'one-model': 'give it at least one model',
  'endpoint-id': 'a provider, a slash and a model',
  'lower-case': 'lower-case letters, digits and hyphens',
  slug: 'lower-case letters, digits, dots, hyphens and underscores',
  'function-name': 'letters, digits, hyphens and underscores, at most 64',
  'web-address': 'an http or https address',
  task: 'name the kind of task',
  'no-such-answer': 'names an answer that is not there',
  'cache-key': 'is no key of an entry',
  'must-contain': 'say what it must contain',
  pattern: 'write a pattern',
  schema: 'write a JSON schema',
  criterion: 'say what to judge by',
  'says-nothing': 'say what it does',
  'two-arms': 'a split has at least two arms',
  'empty-file': 'the file is empty',
  'file-size': `a file may have ${megabytes(FILE_LIMIT_BYTES)}`,
  'files-size': `the files of a conversation may have ${megabytes(FILES_LIMIT_BYTES)} together`,
  'file-kinds': 'PNG, JPEG, WebP and GIF images, PDF and text files can be sent',
  'not-base64': 'not base64',
  'json-object': 'must be a JSON object',
  'most-cells': `prompts × models × rows may be at most ${MOST_CELLS}`,
} as const
export type InputHint = keyof typeof INPUT_HINTS

/** What a rule of a schema wants. Numbers of characters where `of` is 'string', of items where it is 'array'. */
export type InputRule =
  | { readonly is: 'hint'; readonly hint: InputHint }
  | { readonly is: 'least' | 'most'; readonly of: string; readonly bound: number; readonly inclusive: boolean }
  | { readonly is: 'type'; readonly expected: string }
  | { readonly is: 'one-of'; readonly values: readonly string[] }
  | { readonly is: 'unknown-fields'; readonly fields: readonly string[] }
  | { readonly is: 'loop'; readonly names: readonly string[] }
  | { readonly is: 'other' }

export const INPUT_MESSAGES = {
  /** `text` is the schema library's own; `at` is empty for the whole input. */
  input: ({ at, text }: { at: string; text: string; rule: InputRule }) => `${at === '' ? 'Input' : at}: ${text}`,
  /** The same where the place is shown beside it. */
  'input-there': ({ text }: { text: string; rule: InputRule }) => text,
} satisfies Sentences

export type InputMessage = MessageOf<typeof INPUT_MESSAGES>

/** The part of a schema library's issue that is read here (zod's `$ZodIssue`). */
export interface SchemaIssue {
  readonly code?: string | undefined
  readonly message: string
  readonly path: readonly PropertyKey[]
  readonly origin?: unknown
  readonly minimum?: unknown
  readonly maximum?: unknown
  readonly inclusive?: unknown
  readonly expected?: unknown
  readonly values?: unknown
  readonly keys?: unknown
  readonly params?: unknown
}

const HINT_OF: ReadonlyMap<string, InputHint> = new Map((Object.keys(INPUT_HINTS) as InputHint[]).map((hint) => [INPUT_HINTS[hint], hint]))

export function ruleOf(issue: SchemaIssue): InputRule {
  const hint = HINT_OF.get(issue.message)
  if (hint !== undefined) return { is: 'hint', hint }
  const { origin, inclusive } = issue
  switch (issue.code) {
    case 'too_small':
      return { is: 'least', of: String(origin), bound: Number(issue.minimum), inclusive: inclusive !== false }
    case 'too_big':
      return { is: 'most', of: String(origin), bound: Number(issue.maximum), inclusive: inclusive !== false }
    case 'invalid_type':
      return { is: 'type', expected: String(issue.expected) }
    case 'invalid_value':
      return { is: 'one-of', values: Array.isArray(issue.values) ? issue.values.map(String) : [] }
    case 'unrecognized_keys':
      return { is: 'unknown-fields', fields: Array.isArray(issue.keys) ? issue.keys.map(String) : [] }
    case 'custom':
      return loopIn(issue.params) ?? { is: 'other' }
    default:
      return { is: 'other' }
  }
}

function loopIn(params: unknown): InputRule | undefined {
  const names = typeof params === 'object' && params !== null && 'loop' in params ? params.loop : undefined
  return Array.isArray(names) ? { is: 'loop', names: names.map(String) } : undefined
}

/** An issue as a message, with the place of what is wrong. */
export function inputMessage(issue: SchemaIssue): Extract<InputMessage, { readonly code: 'input' }> {
  return { code: 'input', at: issue.path.join('.'), text: issue.message, rule: ruleOf(issue) }
}

/** The same without the place. */
export function inputMessageThere(issue: SchemaIssue): InputMessage {
  return { code: 'input-there', text: issue.message, rule: ruleOf(issue) }
}
