/** OpenAI's explicit marks of what to cache, on parts of messages: https://developers.openai.com/api/docs/guides/prompt-caching */
import type { JsonObject } from '../../../shared/chat.ts'

/** The latest breakpoints stay: each of them covers what the earlier ones did. */
export function withLastBreakpoints(messages: readonly JsonObject[], most: number, dropped: Set<string>): JsonObject[] {
  let left = most
  const kept = [...messages].reverse().map((message) => {
    if (!Array.isArray(message.content)) return message
    const content = [...(message.content as readonly JsonObject[])].reverse().map((part) => {
      if (part.prompt_cache_breakpoint === undefined || left-- > 0) return part
      dropped.add('cache_control')
      const { prompt_cache_breakpoint: _, ...rest } = part
      return rest
    })
    return { ...message, content: content.reverse() }
  })
  return kept.reverse()
}
