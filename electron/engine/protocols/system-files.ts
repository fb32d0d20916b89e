/**
 * Pictures, documents and sounds in instructions, which all formats but OpenAI's Responses hold as text alone: they would be left out or refused. They
 * go to what the user says next, as those do who write such a prompt by hand for a model of another maker.
 */
import type { ChatView, Message, Part, Protocol } from '../../../shared/chat.ts'

/** The very same view where nothing has to change, as nearly always. */
export function filesOutOfSystem(view: ChatView, protocol: Protocol): ChatView {
  if (protocol === 'openai-responses' || !view.messages.some(({ role, parts }) => role === 'system' && parts.some(isFile))) return view
  const messages: Message[] = []
  let files: readonly Part[] = []
  for (const message of view.messages) {
    const { role, parts } = message
    if (role === 'system') {
      const rest = parts.filter((part) => !isFile(part))
      files = [...files, ...parts.filter(isFile)]
      if (rest.length > 0) messages.push({ role, parts: rest })
    } else if (role === 'tool' || files.length === 0) messages.push(message)
    else {
      if (role === 'user') messages.push({ role, parts: parts.some(({ type }) => type === 'tool-result') ? [...parts, ...files] : [...files, ...parts] })
      else messages.push({ role: 'user', parts: files }, message)
      files = []
    }
  }
  if (files.length > 0) messages.push({ role: 'user', parts: files })
  return { ...view, messages }
}

function isFile({ type }: Part): boolean {
  return type === 'image' || type === 'document' || type === 'audio'
}
