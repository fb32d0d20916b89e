/** Bodies are written from reports: https://github.com/automazeio/vibeproxy/issues/411, https://github.com/gabrii/Cursor-Azure-GPT-5/issues/69 */
import { describe, expect, it } from 'vitest'
import { inChatShapes } from '../../../../../../electron/engine/protocols/openai-chat/foreign-shapes.ts'
import { openaiChat } from '../../../../../../electron/engine/protocols/openai-chat/openai-chat.ts'
import type { JsonObject } from '../../../../../../shared/chat.ts'

const schema = { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] }
const dressed = { type: 'function', function: { name: 'read_file', description: 'Reads.', parameters: schema } }
const call = { id: 'toolu_1', type: 'function', function: { name: 'read_file', arguments: '{"path":"a"}' } }

describe('a chat body with Anthropic’s shapes in it', () => {
  it('is put into chat’s: tools, the choice among them, calls, results with pictures, and what the user says beside them', () => {
    const body = {
      model: 'claude-sonnet-4-5',
      stream: true,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: 'Read it.', cache_control: { type: 'ephemeral' } }] },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Reading.' },
            { type: 'tool_use', id: 'toolu_1', name: 'read_file', input: { path: 'a' } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: 'gone' }], is_error: true },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
            { type: 'image_url', image_url: { url: 'https://a.example/x.png' } },
            { type: 'text', text: 'And now?' },
          ],
        },
      ],
      tools: [{ name: 'read_file', description: 'Reads.', input_schema: schema, cache_control: { type: 'ephemeral' } }, dressed],
      tool_choice: { type: 'tool', name: 'read_file' },
    }
    expect(inChatShapes(body)).toEqual({
      ...body,
      messages: [
        body.messages[0],
        body.messages[1],
        { role: 'assistant', content: 'Reading.', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'toolu_1', content: 'Error: gone' },
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            { type: 'text', text: 'And now?' },
          ],
        },
        { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://a.example/x.png' } }] },
      ],
      tools: [{ ...dressed, cache_control: { type: 'ephemeral' } }, dressed],
      tool_choice: { type: 'function', function: { name: 'read_file' } },
    })
    expect(inChatShapes({ ...body, tool_choice: { type: 'any' } }).tool_choice).toBe('required')
  })

  it('leaves a call’s message whose content is nothing else', () => {
    const messages = [{ role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'read_file', input: { path: 'a' } }] }]
    expect(inChatShapes({ model: 'm', messages }).messages).toEqual([{ role: 'assistant', content: null, tool_calls: [call] }])
  })
})

it('a Responses body at chat’s door is put into chat’s shapes', () => {
  const { name, description, parameters } = dressed.function
  const body = {
    model: 'gpt-5',
    stream: true,
    user: 'someone',
    instructions: 'Be brief.',
    input: [
      { role: 'developer', content: 'In French.' },
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Read it.' },
          { type: 'input_image', image_url: 'https://a.example/x.png' },
        ],
      },
      { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'sealed' },
      { type: 'function_call', call_id: 'toolu_1', name, arguments: '{"path":"a"}' },
      { type: 'function_call_output', call_id: 'toolu_1', output: 'gone' },
    ],
    tools: [
      { type: 'function', name, description, parameters },
      { type: 'custom', name: 'apply_patch', format: { type: 'grammar', syntax: 'lark', definition: 'start: /x/' } },
    ],
    tool_choice: { type: 'function', name },
    reasoning: { effort: 'high', summary: 'auto' },
    text: { verbosity: 'low', format: { type: 'json_schema', name: 'x', schema } },
    max_output_tokens: 9,
    store: false,
    include: ['reasoning.encrypted_content'],
  }
  expect(inChatShapes(body)).toEqual({
    model: 'gpt-5',
    stream: true,
    user: 'someone',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'system', content: 'In French.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Read it.' },
          { type: 'image_url', image_url: { url: 'https://a.example/x.png' } },
        ],
      },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'toolu_1', content: 'gone' },
    ],
    tools: [dressed, { type: 'custom', custom: { name: 'apply_patch', format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'start: /x/' } } } }],
    tool_choice: { type: 'function', function: { name } },
    reasoning: { effort: 'high', summary: 'auto' },
    verbosity: 'low',
    response_format: { type: 'json_schema', json_schema: { name: 'x', schema } },
    max_completion_tokens: 9,
  })
  expect(inChatShapes({ model: 'm', input: 'Hi' }).messages).toEqual([{ role: 'user', content: 'Hi' }])
})

it.each<JsonObject>([
  { model: 'm', messages: [{ role: 'user', content: 'Hi' }], tools: [dressed], tool_choice: { type: 'function', function: { name: 'read_file' } } },
  { model: 'm', messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }], tools: [{ type: 'web_search_20250305', name: 'web_search' }] },
  { model: 'm', messages: [{ role: 'user', content: null }], tools: [{ function: { name: 'f' } }], tool_choice: 'auto' },
  { model: 'm' },
])('a chat body stays the very same: %j', (body) => {
  expect(openaiChat.inOwnShapes?.(body)).toBe(body)
})
