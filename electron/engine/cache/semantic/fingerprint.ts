import { createHash } from 'node:crypto'
import type { ChatView, JsonValue, Message } from '../../../../shared/chat.ts'

/**
 * Two requests may share an answer only if these are equal. Everything that can change an answer is in it except the words of the last user turn, which the
 * gate compares: model, system prompt, earlier turns, tools, output format, every parameter, and every field that we do not know.
 */
export interface FingerprintOptions {
  /** `family` lets snapshots of one model answer for each other ("gpt-4o-2024-08-06", "gpt-4o"), never another size or version. */
  readonly model: 'exact' | 'family'
}

/** @param model the resolved model, `provider/model`, not the alias that was asked for */
export function fingerprintOf(view: ChatView, model: string, options: FingerprintOptions = { model: 'exact' }): string {
  const facts = {
    model: options.model === 'family' ? modelFamily(model) : model,
    turns: withoutMarks(view.messages.slice(0, -1)),
    // media and documents of the last turn make it ineligible; names of its parts cannot
    tools: withoutMarks(view.tools),
    toolChoice: view.toolChoice,
    parallelToolCalls: view.parallelToolCalls,
    output: view.output,
    reasoning: view.reasoning,
    maxOutputTokens: view.maxOutputTokens,
    temperature: view.temperature,
    topP: view.topP,
    topK: view.topK,
    frequencyPenalty: view.frequencyPenalty,
    presencePenalty: view.presencePenalty,
    seed: view.seed,
    stop: view.stop,
    unmodelled: view.unmodelled,
  }
  return createHash('sha256').update(canonicalJson(facts)).digest('hex')
}

/** The model without its host, snapshot date or variant tag. */
export function modelFamily(model: string): string {
  const name = model.toLowerCase().split('/').at(-1) ?? model
  return name.replace(/:(?:free|latest|beta|exacto|nitro|floor|online)$/, '').replace(/[-@]?(?:latest|20\d\d-?\d\d-?\d\d)(?:-v\d+(?::\d+)?)?$/, '')
}

/** Marks of a provider's prompt cache never change an answer. */
const withoutMarks = (value: readonly Message[] | ChatView['tools']): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'cache' ? undefined : inner)))

/** JSON with sorted keys and without undefined fields. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner as Record<string, JsonValue>).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  )
}
