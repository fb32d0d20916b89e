import type { ChatDialect } from '../../../../shared/chat.ts'
import type { Failure } from '../../../../shared/failure.ts'
import type { AnswerWriter } from '../protocol.ts'
import { AnthropicGrammar } from './anthropic-messages.ts'
import { CohereGrammar } from './cohere-v2.ts'
import { GeminiGrammar } from './gemini.ts'
import { OllamaGrammar } from './ollama.ts'
import { OpenAiChatGrammar } from './openai-chat.ts'
import { CompletionsGrammar } from './openai-completions.ts'
import { ResponsesGrammar } from './openai-responses.ts'
import type { StreamGrammar } from './stream-grammar.ts'

/** The grammar of each dialect that clients speak; a new one for each stream. */
export const grammars: Readonly<Record<ChatDialect, () => StreamGrammar>> = {
  'openai-chat': () => new OpenAiChatGrammar(),
  'openai-responses': () => new ResponsesGrammar(),
  'openai-completions': () => new CompletionsGrammar(),
  'anthropic-messages': () => new AnthropicGrammar(),
  gemini: () => new GeminiGrammar(),
  'cohere-v2': () => new CohereGrammar(),
  'ollama-chat': () => new OllamaGrammar('ollama-chat'),
  'ollama-generate': () => new OllamaGrammar('ollama-generate'),
}

/** The same writer under its dialect's grammar. The first breach is told; what goes out stays as it is. */
export function checkedWriter(writer: AnswerWriter, grammar: StreamGrammar, onBreach: (breach: string) => void): AnswerWriter {
  let isBroken = false
  const watch = (look: () => void): void => {
    if (isBroken) return
    try {
      look()
    } catch (thrown) {
      // one breach makes the rest meaningless, so only the first is worth a word
      isBroken = true
      onBreach(thrown instanceof Error ? thrown.message : String(thrown))
    }
  }
  const seen = (text: string): string => {
    watch(() => grammar.push(text))
    return text
  }
  const ended = (text: string): string => {
    seen(text)
    watch(() => grammar.end())
    return text
  }
  return { write: (event) => seen(writer.write(event)), end: () => ended(writer.end()), fail: (failure: Failure) => ended(writer.fail(failure)) }
}
