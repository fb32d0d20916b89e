/** Calls without results and results without calls, which most providers refuse. */
import { describe, expect, it } from 'vitest'
import { upstreamFormats } from '../../../../../electron/engine/protocols/codecs.ts'
import { withEveryResult } from '../../../../../electron/engine/protocols/tool-results.ts'
import type { ChatView, Message, Part, Protocol } from '../../../../../shared/chat.ts'

const call = (id: string): Part => ({ type: 'tool-call', id, name: `tool_${id}`, arguments: '{}' })
const result = (callId: string): Part => ({ type: 'tool-result', callId, parts: [{ type: 'text', text: `result ${callId}` }], isError: false })
const text = (words: string): Part => ({ type: 'text', text: words })
const user: Message = { role: 'user', parts: [text('Go.')] }
const assistant = (...parts: Part[]): Message => ({ role: 'assistant', parts })
const tool = (...parts: Part[]): Message => ({ role: 'tool', parts })

function viewOf(messages: readonly Message[]): ChatView {
  const view = { model: 'm', messages, stream: false, wantsUsage: true, tools: [], needs: new Set<never>(), unmodelled: {} }
  return { ...view, routing: { fallbackModels: [], requireParameters: false } }
}

/** The conversation as a format would get it: roles, with calls and results by their ids. */
function shown(messages: readonly Message[]): readonly string[] {
  let seen: ChatView | undefined
  const write = withEveryResult((view) => {
    seen = view
    return { body: {}, dropped: [] }
  })
  write(viewOf(messages), { provider: 'p', upstreamModel: 'm', stream: false, outputLimit: undefined })
  return (seen?.messages ?? []).map(({ role, parts }) => {
    const words = parts.map((part) => {
      if (part.type === 'tool-call') return `call ${part.id}`
      if (part.type === 'tool-result') return part.isError ? `no ${part.callId}` : part.callId
      return part.type === 'text' ? part.text : part.type
    })
    return `${role}: ${words.join(', ')}`
  })
}

describe('a conversation', () => {
  it('is left alone where every call has its result, in any order and any number of messages', () => {
    const messages = [user, assistant(call('a'), call('b')), tool(result('b')), tool(result('a')), assistant(text('Done.')), user]
    expect(shown(messages)).toEqual(['user: Go.', 'assistant: call a, call b', 'tool: b', 'tool: a', 'assistant: Done.', 'user: Go.'])
    // the ids of one turn may come again in another
    const again = [user, assistant(call('a')), tool(result('a')), assistant(call('a')), tool(result('a'))]
    expect(shown(again)).toEqual(['user: Go.', 'assistant: call a', 'tool: a', 'assistant: call a', 'tool: a'])
    // and one turn may stand in two messages
    expect(shown([user, assistant(call('a')), assistant(call('b')), tool(result('a'), result('b'))])).toHaveLength(4)
  })

  it('is given the results it lacks', () => {
    expect(shown([user, assistant(call('a'), call('b')), tool(result('b')), user])).toEqual([
      ...['user: Go.', 'assistant: call a, call b', 'tool: b', 'tool: no a', 'user: Go.'],
    ])
    expect(shown([user, assistant(call('a')), user])).toEqual(['user: Go.', 'assistant: call a', 'tool: no a', 'user: Go.'])
    expect(shown([user, assistant(call('a')), user, tool(result('a'))])).toEqual(['user: Go.', 'assistant: call a', 'tool: a', 'user: Go.'])
  })

  it('tells results in words whose call is gone, or that come twice', () => {
    const words = (id: string): string => `user: <tool-result>, result ${id}, </tool-result>`
    expect(shown([tool(result('x')), user])).toEqual([words('x'), 'user: Go.'])
    expect(shown([user, assistant(call('a')), tool(result('a'), result('a'))])).toEqual(['user: Go.', 'assistant: call a', 'tool: a', words('a')])
  })

  it('may end with calls that nobody has answered yet', () => {
    expect(shown([user, assistant(call('a'))])).toEqual(['user: Go.', 'assistant: call a'])
  })
})

it.each<[Protocol, string]>([
  ['openai-chat', 'gpt-4.1'],
  ['openai-responses', 'gpt-4.1'],
  ['anthropic-messages', 'claude-sonnet-4-5'],
  ['bedrock-converse', 'anthropic.claude-sonnet-4-5-20250929-v1:0'],
  ['cohere-v2', 'command-a'],
  ['gemini', 'gemini-3-flash'],
])('%s is told of every result', (protocol, upstreamModel) => {
  const target = { provider: protocol, upstreamModel, stream: false, outputLimit: 100 }
  const { body } = upstreamFormats[protocol].writeRequest(viewOf([user, assistant(call('a'), call('b')), tool(result('b')), user]), target)
  expect(JSON.stringify(body)).toContain('The conversation holds no result of this call.')
})
