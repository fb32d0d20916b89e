import type { ChatEvent, Finish, Tokens } from '../../shared/chat.ts'

/** What an answer says when all is told, whatever the sizes of its pieces. */
export interface Meaning {
  readonly text: string
  readonly reasoning: string
  readonly refusal: string
  readonly calls: readonly { readonly id: string; readonly name: string; readonly arguments: string; readonly signature: string | undefined }[]
  /** Signatures and encrypted blocks, those of calls and of parts of one format included. */
  readonly sealed: number
  /** Tokens whose probability is told. */
  readonly logprobs: number
  readonly finish: Finish | undefined
  readonly raw: string | undefined
  readonly tokens: Tokens | undefined
  readonly error: string | undefined
}

export function meaningOf(events: readonly ChatEvent[]): Meaning {
  const texts = { text: '', reasoning: '', refusal: '' }
  const calls: { id: string; name: string; arguments: string; signature: string | undefined }[] = []
  let sealed = 0
  let logprobs = 0
  let tokens: Tokens | undefined
  let finish: Extract<ChatEvent, { type: 'finish' }> | undefined
  let error: string | undefined
  for (const event of events) {
    if (event.type === 'text-delta') {
      texts.text += event.text
      logprobs += event.logprobs?.length ?? 0
    } else if (event.type === 'reasoning-delta') texts.reasoning += event.text
    else if (event.type === 'refusal-delta') texts.refusal += event.text
    else if (event.type === 'reasoning-signature') sealed++
    else if (event.type === 'tool-call-start') {
      calls[event.index] = { id: event.id, name: event.name, arguments: '', signature: event.signature }
      if (event.signature !== undefined) sealed++
    } else if (event.type === 'tool-call-delta') {
      const call = calls[event.index]
      if (call === undefined) throw new Error(`tool call ${event.index} was never begun`)
      call.arguments += event.arguments
    } else if (event.type === 'opaque') {
      if (/"(?:reasoning\.encrypted|thoughtSignature)"/.test(JSON.stringify(event.value))) sealed++
    } else if (event.type === 'usage') tokens = event.tokens
    else if (event.type === 'finish') finish = event
    else if (event.type === 'error') error = event.message
  }
  return { ...texts, calls, sealed, logprobs, finish: finish?.reason, raw: finish?.raw, tokens, error }
}

/** A call's arguments; none at all are an empty object, and what is no JSON stays as the model wrote it. */
export function argumentsOf(call: { readonly arguments: string }): unknown {
  if (call.arguments.trim() === '') return {}
  try {
    return JSON.parse(call.arguments)
  } catch {
    // models do write such; whoever compares sees the text
    return call.arguments
  }
}
