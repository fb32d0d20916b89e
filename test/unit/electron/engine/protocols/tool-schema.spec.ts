/** Schemas as MCP servers were reported to publish them: https://github.com/dearlordylord/huly-mcp/issues/66 */
import { describe, expect, it } from 'vitest'
import { upstreamFormats } from '../../../../../electron/engine/protocols/codecs.ts'
import { objectRooted } from '../../../../../electron/engine/protocols/tool-schema.ts'
import type { ChatView, JsonObject } from '../../../../../shared/chat.ts'

const text = { type: 'string' }

describe('the root of a tool’s schema', () => {
  it.each<[string, JsonObject, JsonObject, boolean]>([
    ['none at all', {}, { type: 'object', properties: {} }, false],
    [
      'a reference',
      { $ref: '#/$defs/a~1b', $defs: { 'a/b': { type: 'object', properties: { x: text }, required: ['x'] } } },
      { type: 'object', properties: { x: text }, required: ['x'], $defs: { 'a/b': { type: 'object', properties: { x: text }, required: ['x'] } } },
      false,
    ],
    [
      'parts that hold all together',
      {
        allOf: [
          { properties: { x: text }, required: ['x'] },
          { properties: { y: text }, required: ['y'] },
        ],
        description: 'D',
      },
      { type: 'object', properties: { x: text, y: text }, required: ['x', 'y'], description: 'D' },
      false,
    ],
    [
      'at least one property of several',
      { type: 'object', properties: { id: text, x: text, y: text }, required: ['id'], anyOf: [{ required: ['x'] }, { required: ['y'] }] },
      { type: 'object', properties: { id: text, x: text, y: text }, required: ['id'], description: '{"anyOf":[{"required":["x"]},{"required":["y"]}]}' },
      true,
    ],
    [
      'one of several objects',
      {
        oneOf: [
          { type: 'object', properties: { is: { const: 'a' }, x: text }, required: ['is', 'x'] },
          { type: 'object', properties: { is: { const: 'b' } }, required: ['is'] },
        ],
      },
      {
        type: 'object',
        properties: { is: { anyOf: [{ const: 'a' }, { const: 'b' }] }, x: text },
        required: ['is'],
        description: expect.stringContaining('oneOf'),
      },
      true,
    ],
  ])('becomes an object: %s', (_what, schema, rooted, isAltered) => {
    const dropped = new Set<string>()
    expect(objectRooted(schema, dropped)).toEqual(rooted)
    expect([...dropped]).toEqual(isAltered ? ['tools.parameters'] : [])
  })

  it('stays the very same where it is an object, and ends for references that lead in a circle', () => {
    const plain = { type: 'object', properties: { x: { anyOf: [text, { $ref: '#' }] } } }
    expect(objectRooted(plain, new Set())).toBe(plain)
    expect(objectRooted({ $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/a' } } }, new Set())).toMatchObject({ type: 'object', properties: {} })
  })

  it.each([
    ['anthropic-messages', 'anthropic', 'claude-sonnet-4-5'],
    ['bedrock-converse', 'bedrock', 'anthropic.claude-sonnet-4-5-20250929-v1:0'],
    ['openai-chat', 'openai', 'gpt-4.1'],
    ['openai-responses', 'openai', 'gpt-5-pro'],
  ] as const)('is one towards %s', (protocol, provider, upstreamModel) => {
    const view: ChatView = {
      ...{ model: 'm', stream: false, wantsUsage: false, needs: new Set(), unmodelled: {}, routing: { fallbackModels: [], requireParameters: false } },
      messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
      tools: [{ name: 'f', parameters: { anyOf: [{ type: 'object', properties: { x: text } }] } }],
    }
    const { body, dropped } = upstreamFormats[protocol].writeRequest(view, { provider, upstreamModel, stream: false, outputLimit: 100 })
    expect(JSON.stringify(body)).toMatch(/\{"type":"object","properties":\{"x":\{"type":"string"\}\},"description":/)
    expect(dropped).toContain('tools.parameters')
  })
})
