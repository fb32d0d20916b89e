/** Sentence models that run on this machine, as the window and the admin API see them. */

/** A model, what taking it means, and whether it is here. Everything a user has to know before agreeing stands in it. */
export interface LocalModelSummary {
  /** As `settings.cache.embedder` names it. */
  readonly id: string
  readonly repository: string
  /** The commit of the repository; agreement is given to exactly this one. */
  readonly revision: string
  readonly host: string
  /** SPDX */
  readonly licence: string
  /** Of all files. */
  readonly bytes: number
  /** Where it rests, or would. */
  readonly folder: string
  readonly state: LocalModelState
}

export type LocalModelState =
  /** `received`: bytes that an earlier attempt left, which a later one goes on from. */
  | { readonly is: 'absent'; readonly received: number }
  | { readonly is: 'loading'; readonly received: number }
  /** Nothing is used of it; `message` says the same as `problem`, in English. */
  | { readonly is: 'failed'; readonly problem: LocalModelProblem; readonly message: string; readonly received: number }
  | { readonly is: 'ready' }

export type LocalModelProblem =
  /** Not the bytes that were pinned; it was deleted. */
  | { readonly code: 'wrong-file'; readonly file: string }
  | { readonly code: 'refused'; readonly file: string; readonly status: number }
  /** The connection failed or fell silent; what came is kept. */
  | { readonly code: 'broken-off'; readonly file: string; readonly why: string }
  /** All files are right, and the runtime or the model cannot be started. */
  | { readonly code: 'unusable'; readonly why: string }

export type LocalModelProblemCode = LocalModelProblem['code']

/** For readers of the log and the admin API. */
export function problemInEnglish(problem: LocalModelProblem): string {
  switch (problem.code) {
    case 'wrong-file':
      return `${problem.file} is not the file that Switchyard knows by its SHA-256; it was deleted`
    case 'refused':
      return `the server answered ${problem.status} for ${problem.file}`
    case 'broken-off':
      return `the download of ${problem.file} broke off: ${problem.why}`
    case 'unusable':
      return `the model could not be started: ${problem.why}`
  }
}
