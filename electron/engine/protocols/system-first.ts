/**
 * A conversation for models whose prompt template knows one system message, at the beginning, and raises "System message must be at the beginning" for
 * any other. Claude Code puts instructions into the middle and Codex several at the beginning, so every request of theirs fails there; others move
 * later ones to the front, which voids their prompt cache. https://github.com/BerriAI/litellm/pull/38503,
 * https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/2298, https://github.com/farion1231/cc-switch/issues/7252
 */
import type { Message, Part } from '../../../shared/chat.ts'

/** The very same list where nothing has to change. Instructions that come later stand in the user's turn, which keeps their rank by a tag. */
export function systemFirst(messages: readonly Message[]): readonly Message[] {
  const first = messages.findIndex(({ role }) => role !== 'system')
  const opening = first < 0 ? messages.length : first
  if (opening <= 1 && !messages.slice(opening).some(({ role }) => role === 'system')) return messages
  const written: { role: Message['role']; parts: readonly Part[]; isTagged: boolean }[] = []
  const leading = messages.slice(0, opening).flatMap(({ parts }) => parts)
  if (leading.length > 0) written.push({ role: 'system', parts: leading, isTagged: false })
  for (const { role, parts } of messages.slice(opening)) {
    const isTagged = role === 'system'
    const last = written.at(-1)
    // two turns of the user in a row are as strange to some templates
    if (last?.role === 'user' && (isTagged || (role === 'user' && last.isTagged))) {
      last.parts = [...last.parts, ...(isTagged ? parts.map(tagged) : parts)]
      last.isTagged &&= isTagged
    } else written.push({ role: isTagged ? 'user' : role, parts: isTagged ? parts.map(tagged) : parts, isTagged })
  }
  return written.map(({ role, parts }) => ({ role, parts }))
}

function tagged(part: Part): Part {
  return part.type === 'text' ? { ...part, text: `<system>\n${part.text}\n</system>` } : part
}
