/**
 * What the engine has to say to people, as data: a code and what the sentence is about. Each subject has one table here of English sentences, from which
 * the codes and their parameters take their types; other languages are tables of the same shape beside the screens. So the window speaks the user's
 * language, and everything that others read (answers to clients, logs, the ledger's text) the same English.
 */

/** One thing said. The unions of the subjects (`RouteReason`, ...) name its codes and parameters; what is stored may be of another version. */
export interface Message {
  readonly code: string
  readonly [about: string]: unknown
}

/** A text stands for itself: somebody else's words, or a row from before there were codes. */
export type Said = string | Message

/** A text of a declaration, such as a provider's, that nobody else has: it stands there in each language. */
export interface Translated {
  readonly en: string
  readonly de: string
}

/** Words a message in one language. */
export type Say = (said: Said) => string

// biome-ignore lint/suspicious/noExplicitAny: the widest sentence there is; each table keeps its own parameters
type Sentence = (about: any, say: Say) => string

/** A sentence for each code, from what it is about; `say` is for messages inside of it. */
export type Sentences = Readonly<Record<string, Sentence>>

/** The messages that a table has sentences for. */
export type MessageOf<Table extends Sentences> = { readonly [Code in keyof Table & string]: MessageWith<Code, Parameters<Table[Code]>> }[keyof Table & string]

type MessageWith<Code extends string, Given extends readonly unknown[]> = Given extends readonly [infer About, ...unknown[]]
  ? { readonly code: Code } & Readonly<About>
  : { readonly code: Code }

/** The same sentences in another language: no code is missing, and each is about the same. */
export type InOtherWords<Table extends Sentences> = { readonly [Code in keyof Table]: Table[Code] }

export function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
}

/** Whether this is what was said. */
export function says(said: Said, code: string): boolean {
  return typeof said !== 'string' && said.code === code
}

/** Says what it has a sentence for; a code of another version is named as it is. */
export function speaker(sentences: Sentences): Say {
  const say: Say = (said) => {
    if (typeof said === 'string') return said
    const sentence = Object.hasOwn(sentences, said.code) ? sentences[said.code] : undefined
    return sentence === undefined ? said.code : sentence(said, say)
  }
  return say
}
