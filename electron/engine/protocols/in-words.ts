import type { ChatView, Part, Protocol } from '../../../shared/chat.ts'

/** What only another format knows, as the words that it stands for; the very same view where there is nothing of the kind. */
export function inWords(view: ChatView, protocol: Protocol): ChatView {
  if (!view.messages.some(({ parts }) => parts.some((part) => isForeign(part, protocol)))) return view
  return { ...view, messages: view.messages.map((message) => ({ ...message, parts: spoken(message.parts, protocol) })) }
}

function isForeign(part: Part, protocol: Protocol): boolean {
  if (part.type === 'tool-result') return part.parts.some((inner) => isForeign(inner, protocol))
  return part.type === 'opaque' && part.words !== undefined && part.protocol !== protocol
}

function spoken(parts: readonly Part[], protocol: Protocol): readonly Part[] {
  return parts.flatMap((part): readonly Part[] => {
    if (!isForeign(part, protocol)) return [part]
    if (part.type === 'tool-result') return [{ ...part, parts: spoken(part.parts, protocol) }]
    return (part.type === 'opaque' ? part.words : undefined) ?? [part]
  })
}
