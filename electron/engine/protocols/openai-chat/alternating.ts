/**
 * A conversation for providers that take nothing but user and assistant by turns, after instructions and up to the user's last words, and no tools
 * either: https://github.com/perplexityai/api-discussion/issues/265
 */
import type { Message, Part } from '../../../../shared/chat.ts'

const OPENING: Part = { type: 'text', text: '(The conversation begins with your message.)' }
const GO_ON: Part = { type: 'text', text: 'Continue.' }

/** The same list where nothing has to change. Calls and results are told in words; instructions that come later, in the user's turn. */
export function alternating(messages: readonly Message[]): readonly Message[] {
  const firstTurn = messages.findIndex(({ role }) => role !== 'system')
  if (firstTurn < 0) return messages
  const turns: { role: 'user' | 'assistant'; parts: Part[] }[] = []
  const add = (role: 'user' | 'assistant', parts: readonly Part[]): void => {
    const last = turns.at(-1)
    if (last?.role === role) last.parts.push(...parts)
    else turns.push({ role, parts: [...parts] })
  }
  if (messages[firstTurn]?.role === 'assistant') add('user', [OPENING])
  for (const { role, parts } of messages.slice(firstTurn)) {
    if (role === 'system') add('user', parts.map(asInstruction))
    else add(role === 'assistant' ? 'assistant' : 'user', parts.flatMap(inWords))
  }
  if (turns.at(-1)?.role === 'assistant') add('user', [GO_ON])
  const isSame = turns.length === messages.length - firstTurn && messages.slice(firstTurn).every(isPlain)
  return isSame ? messages : [...messages.slice(0, firstTurn), ...turns]
}

function isPlain({ role, parts }: Message): boolean {
  return role !== 'system' && role !== 'tool' && parts.every(({ type }) => type !== 'tool-call' && type !== 'tool-result')
}

function asInstruction(part: Part): Part {
  return part.type === 'text' ? { ...part, text: `<system>\n${part.text}\n</system>` } : part
}

function inWords(part: Part): readonly Part[] {
  if (part.type === 'tool-call') return [{ type: 'text', text: `<tool-call name="${part.name}">\n${part.arguments}\n</tool-call>` }]
  if (part.type !== 'tool-result') return [part]
  const label = part.name === undefined ? '<tool-result>' : `<tool-result name="${part.name}">`
  return [{ type: 'text', text: label }, ...part.parts, { type: 'text', text: '</tool-result>' }]
}
