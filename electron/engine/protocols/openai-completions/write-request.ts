/** Conversations as one prompt, for models that know nothing else: https://platform.openai.com/docs/api-reference/completions/create */
import type { ChatView, JsonObject, Message } from '../../../../shared/chat.ts'
import { known } from '../json.ts'
import { thoughtName } from '../left-out.ts'
import { wantsReasoning } from '../needs.ts'
import type { RelayEdits, WriteTarget, WrittenRequest } from '../protocol.ts'

/** Parameters of this format that the view does not hold. */
const TAKEN: ReadonlySet<string> = new Set(['logit_bias', 'logprobs', 'best_of', 'echo', 'suffix', 'n'])

export function writeRequest(view: ChatView, target: WriteTarget): WrittenRequest {
  const dropped: string[] = []
  const body: JsonObject = {
    model: target.upstreamModel,
    prompt: writePrompt(view.messages, dropped),
    ...known({
      max_tokens: view.maxOutputTokens,
      temperature: view.temperature,
      top_p: view.topP,
      frequency_penalty: view.frequencyPenalty,
      presence_penalty: view.presencePenalty,
      seed: view.seed,
      stop: view.stop,
      user: view.user,
    }),
    ...(target.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
    ...Object.fromEntries(Object.entries(view.unmodelled).filter(([name]) => TAKEN.has(name))),
  }
  if (view.tools.length > 0) dropped.push('tools')
  if (view.output !== undefined) dropped.push('response_format')
  if (wantsReasoning(view.reasoning)) dropped.push('reasoning')
  if (view.topK !== undefined) dropped.push('top_k')
  dropped.push(...Object.keys(view.unmodelled).filter((name) => !TAKEN.has(name)))
  return { body, dropped: [...new Set(dropped)] }
}

export function relayEdits(_view: ChatView, target: WriteTarget): RelayEdits {
  const options = target.stream ? { include_usage: true } : undefined
  return { fields: { model: target.upstreamModel, stream_options: options, models: undefined, provider: undefined }, dropped: [] }
}

const SPEAKERS = { system: 'System', user: 'User', assistant: 'Assistant', tool: 'Tool' } as const

/** A single turn is the prompt as it stands; a conversation is told as a script that the model goes on with. */
function writePrompt(messages: readonly Message[], dropped: string[]): string {
  const turns = messages.map((message) => ({ role: message.role, text: wordsOf(message, dropped) })).filter(({ text }) => text !== '')
  const [only, ...others] = turns
  if (only !== undefined && others.length === 0 && only.role === 'user') return only.text
  return `${turns.map(({ role, text }) => `${SPEAKERS[role]}: ${text}`).join('\n\n')}\n\nAssistant:`
}

function wordsOf({ parts }: Message, dropped: string[]): string {
  const words: string[] = []
  for (const part of parts) {
    if (part.type === 'text') words.push(part.text)
    else if (part.type === 'tool-call') words.push(`${part.name}(${part.arguments})`)
    else if (part.type === 'tool-result') words.push(wordsOf({ role: 'tool', parts: part.parts }, dropped))
    // earlier reasoning is no part of what was said
    else dropped.push(part.type === 'reasoning' ? thoughtName(part) : `messages.${part.type}`)
  }
  return words.join('\n')
}
