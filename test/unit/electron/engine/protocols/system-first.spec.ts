import { describe, expect, it } from 'vitest'
import { codecs, upstreamFormats } from '../../../../../electron/engine/protocols/codecs.ts'
import { systemFirst } from '../../../../../electron/engine/protocols/system-first.ts'
import type { JsonObject, Message } from '../../../../../shared/chat.ts'

const say = (role: Message['role'], text: string): Message => ({ role, parts: [{ type: 'text', text }] })
const told = (messages: readonly Message[]): string[] =>
  messages.map(({ role, parts }) => `${role}: ${parts.map((part) => (part.type === 'text' ? part.text : part.type)).join(' | ')}`)

describe('instructions for a template with one system message', () => {
  it('are one at the beginning, and the user’s later, in one turn with what the user says', () => {
    const messages = [say('system', 'A'), say('system', 'B'), say('user', 'u'), say('system', 'C'), say('assistant', 'a'), say('system', 'D'), say('user', 'v')]
    expect(told(systemFirst(messages))).toEqual(['system: A | B', 'user: u | <system>\nC\n</system>', 'assistant: a', 'user: <system>\nD\n</system> | v'])
  })

  it('stay the very same where they are that already', () => {
    for (const messages of [[say('system', 'A'), say('user', 'u'), say('user', 'v')], [say('user', 'u')], [say('system', 'A')], []]) {
      expect(systemFirst(messages)).toBe(messages)
    }
  })

  // bodies as Claude Code and Codex send them
  const code: JsonObject = {
    ...{ model: 'm', max_tokens: 9, system: 'A' },
    messages: [
      { role: 'user', content: 'u' },
      { role: 'system', content: 'B' },
      { role: 'assistant', content: 'a' },
      { role: 'user', content: 'v' },
    ],
  }
  const codex: JsonObject = {
    ...{ model: 'm', instructions: 'A' },
    input: [
      { role: 'developer', content: 'B' },
      { role: 'user', content: 'u' },
    ],
  }
  it.each([
    ['openai-chat', 'lmstudio'],
    ['openai-chat', 'deepseek'],
    ['ollama-chat', 'ollama'],
  ] as const)('reach %s of %s so', (protocol, provider) => {
    const target = { provider, upstreamModel: 'qwen3.5', stream: false, outputLimit: undefined }
    const rolesOf = (view: ReturnType<(typeof codecs)['openai-chat']['readRequest']>): unknown[] =>
      (upstreamFormats[protocol].writeRequest(view, target).body.messages as JsonObject[]).map(({ role }) => role)
    expect(rolesOf(codecs['anthropic-messages'].readRequest(code, {}))).toEqual(['system', 'user', 'assistant', 'user'])
    expect(rolesOf(codecs['openai-responses'].readRequest(codex, {}))).toEqual(['system', 'user'])
  })

  it('reach OpenAI in their places', () => {
    const view = codecs['anthropic-messages'].readRequest(code, {})
    const { body } = upstreamFormats['openai-chat'].writeRequest(view, { provider: 'openai', upstreamModel: 'gpt-4.1', stream: false, outputLimit: undefined })
    expect((body.messages as JsonObject[]).map(({ role }) => role)).toEqual(['system', 'user', 'system', 'assistant', 'user'])
  })
})
