/** Sources of an answer, from every format that names them to every dialect that can. Samples are cut down from recorded answers. */
import { describe, expect, it } from 'vitest'
import { anthropicMessages } from '../../../../../electron/engine/protocols/anthropic-messages/anthropic-messages.ts'
import { withCitations } from '../../../../../electron/engine/protocols/citations.ts'
import { codecs, upstreamFormats } from '../../../../../electron/engine/protocols/codecs.ts'
import { SseSplitter } from '../../../../../electron/engine/protocols/sse.ts'
import type { ChatEvent, Citation, ClientProtocol, JsonObject, Protocol } from '../../../../../shared/chat.ts'
import { CONTEXT, checkStream } from '../../../../support/formats.ts'

const URL_A = 'https://a.example/ruby'
const URL_B = 'https://b.example/matz'
const TEXT = 'Größe: Ruby 4.0.'

const choice = (message: object): JsonObject => ({ choices: [{ index: 0, message: { role: 'assistant', content: TEXT, ...message }, finish_reason: 'stop' }] })

/** A whole answer of each format, and what it cites. */
const ANSWERS: readonly (readonly [string, Protocol, JsonObject, readonly Citation[]])[] = [
  [
    'OpenRouter’s annotations',
    'openai-chat',
    choice({ annotations: [{ type: 'url_citation', url_citation: { url: URL_A, title: 'A', content: 'Ruby 4', start_index: 7, end_index: 15 } }] }),
    [{ url: URL_A, title: 'A', quote: 'Ruby 4', start: 7, end: 15 }],
  ],
  ['Perplexity’s citations', 'openai-chat', { ...choice({}), citations: [URL_A, URL_B] }, [{ url: URL_A }, { url: URL_B }]],
  [
    'Perplexity’s search results',
    'openai-chat',
    { ...choice({}), citations: [URL_A], search_results: [{ title: 'A', url: URL_A, snippet: 's' }] },
    [{ url: URL_A, title: 'A' }],
  ],
  [
    'annotations of Responses',
    'openai-responses',
    {
      status: 'completed',
      output: [
        {
          type: 'message',
          role: 'assistant',
          content: [
            {
              type: 'output_text',
              text: TEXT,
              annotations: [
                { type: 'url_citation', url: URL_A, title: 'A', start_index: 7, end_index: 15 },
                { type: 'file_citation', file_id: 'file_1', filename: 'f', index: 3 },
              ],
            },
          ],
        },
      ],
    },
    [{ url: URL_A, title: 'A', start: 7, end: 15 }],
  ],
  [
    'Claude’s search results, each for its block',
    'anthropic-messages',
    {
      type: 'message',
      role: 'assistant',
      stop_reason: 'end_turn',
      usage: {},
      content: [
        { type: 'text', text: 'Größe: ' },
        {
          type: 'text',
          text: 'Ruby 4.0.',
          citations: [
            { type: 'web_search_result_location', url: URL_A, title: 'A', cited_text: 'Ruby 4', encrypted_index: 'x' },
            { type: 'search_result_location', source: URL_B, title: null, cited_text: 'Matz' },
            { type: 'char_location', document_index: 0, cited_text: 'y', start_char_index: 0, end_char_index: 1 },
          ],
        },
      ],
    },
    [
      { url: URL_A, title: 'A', quote: 'Ruby 4', start: 7, end: 16 },
      { url: URL_B, quote: 'Matz', start: 7, end: 16 },
    ],
  ],
  [
    'Gemini’s grounding, which counts bytes',
    'gemini',
    {
      candidates: [
        {
          content: { role: 'model', parts: [{ text: 'Thinking.', thought: true }, { text: TEXT }] },
          finishReason: 'STOP',
          groundingMetadata: {
            groundingChunks: [{ web: { uri: URL_A, title: 'A' } }, { retrievedContext: { uri: URL_B } }, { web: null }, 'odd'],
            groundingSupports: [{ segment: { startIndex: 9, endIndex: 18 }, groundingChunkIndices: [0, 7] }, { segment: null }, 'odd'],
          },
        },
      ],
    },
    [{ url: URL_A, title: 'A', start: 7, end: 16 }, { url: URL_B }],
  ],
  [
    'Cohere’s documents',
    'cohere-v2',
    {
      finish_reason: 'COMPLETE',
      message: {
        role: 'assistant',
        content: [{ type: 'text', text: TEXT }],
        citations: [
          { start: 7, end: 15, text: 'Ruby 4.0', sources: [{ type: 'document', id: 'd', document: { url: URL_A, title: 'A', snippet: 's' } }] },
          { start: 0, end: 5, text: 'Größe', sources: [{ type: 'tool', id: 't', tool_output: { content: 'no address' } }] },
        ],
      },
    },
    [{ url: URL_A, title: 'A', quote: 's', start: 7, end: 15 }],
  ],
  [
    'Bedrock’s search results',
    'bedrock-converse',
    {
      output: {
        message: {
          role: 'assistant',
          content: [
            {
              citationsContent: {
                content: [{ text: TEXT }],
                citations: [
                  { location: { searchResultLocation: { end: 1, searchResultIndex: 0, start: 0 } }, source: URL_A, sourceContent: [{ text: 's' }], title: 'A' },
                  { location: { web: { url: URL_B, domain: 'b.example' } } },
                ],
              },
            },
          ],
        },
      },
      stopReason: 'end_turn',
    },
    [{ url: URL_A, title: 'A', quote: 's' }, { url: URL_B }],
  ],
]

const citationsIn = (events: readonly ChatEvent[]): readonly Citation[] => events.flatMap((event) => (event.type === 'citation' ? [event.citation] : []))

describe.each(ANSWERS)('%s', (_what, protocol, body, expected) => {
  it('are read for clients of other dialects, before the answer ends', () => {
    const events = withCitations(upstreamFormats[protocol]).readWhole(body)
    expect(citationsIn(events)).toEqual(expected)
    expect(events.at(-1)?.type).toBe('finish')
  })

  it('change nothing for clients of its own', () => {
    if (protocol === 'bedrock-converse') return
    const codec = codecs[protocol as ClientProtocol]
    const cited = withCitations(codec).readWhole(body)
    expect(codec.writeWhole(cited, CONTEXT)).toEqual(codec.writeWhole(codec.readWhole(body), CONTEXT))
  })
})

/** What a client of each dialect finds of a source, wherever it looks for one. */
const FOUND: Readonly<Partial<Record<ClientProtocol, (answer: JsonObject) => unknown>>> = {
  'openai-chat': (answer) => (answer.choices as [{ message: JsonObject }])[0].message.annotations,
  'openai-responses': (answer) => (answer.output as [{ content: [JsonObject] }])[0].content[0].annotations,
  'anthropic-messages': (answer) => (answer.content as [JsonObject])[0].citations,
  gemini: (answer) => (answer.candidates as [JsonObject])[0].groundingMetadata,
  'cohere-v2': (answer) => (answer.message as JsonObject).citations,
}

const WRITTEN: Readonly<Partial<Record<ClientProtocol, unknown>>> = {
  'openai-chat': [
    { type: 'url_citation', url_citation: { url: URL_A, title: 'A', content: 'Ruby 4', start_index: 7, end_index: 15 } },
    { type: 'url_citation', url_citation: { url: URL_B, title: '' } },
  ],
  'openai-responses': [
    { type: 'url_citation', url: URL_A, title: 'A', start_index: 7, end_index: 15 },
    { type: 'url_citation', url: URL_B, title: '', start_index: 0, end_index: 0 },
  ],
  'anthropic-messages': [
    { type: 'web_search_result_location', url: URL_A, title: 'A', cited_text: 'Ruby 4', encrypted_index: 'switchyard.citation.1' },
    { type: 'web_search_result_location', url: URL_B, title: null, cited_text: '', encrypted_index: 'switchyard.citation.1' },
  ],
  gemini: {
    groundingChunks: [{ web: { uri: URL_A, title: 'A' } }, { web: { uri: URL_B, title: URL_B } }],
    groundingSupports: [{ segment: { startIndex: 9, endIndex: 17, text: 'Ruby 4.0' }, groundingChunkIndices: [0] }],
  },
  'cohere-v2': [
    {
      start: 7,
      end: 15,
      text: '',
      sources: [{ type: 'document', id: URL_A, document: { id: URL_A, url: URL_A, title: 'A', snippet: 'Ruby 4' } }],
      type: 'TEXT_CONTENT',
    },
    { start: 0, end: 0, text: '', sources: [{ type: 'document', id: URL_B, document: { id: URL_B, url: URL_B } }], type: 'TEXT_CONTENT' },
  ],
}

describe.each(Object.keys(WRITTEN) as ClientProtocol[])('a client of %s', (dialect) => {
  const codec = codecs[dialect]
  const origin: Protocol = 'bedrock-converse'
  const answer: readonly ChatEvent[] = [
    { type: 'response-start' },
    { type: 'text-delta', text: TEXT },
    { type: 'citation', citation: { url: URL_A, title: 'A', quote: 'Ruby 4', start: 7, end: 15 }, origin },
    { type: 'citation', citation: { url: URL_B }, origin },
    { type: 'finish', reason: 'stop', raw: 'end_turn' },
  ]

  it('is told of sources in a whole answer', () => {
    expect(FOUND[dialect]?.(codec.writeWhole(answer, CONTEXT))).toEqual(WRITTEN[dialect])
  })

  it('is told of them in a stream, which keeps to its grammar', () => {
    const writer = codec.writer(CONTEXT)
    const text = answer.map((event) => (event.type === 'finish' ? '' : writer.write(event))).join('') + writer.write(answer[4] as ChatEvent) + writer.end()
    checkStream(dialect, text)
    const citing = withCitations(codec).reader()
    const events = new SseSplitter().push(Buffer.from(text)).flatMap(({ event }) => (event === undefined ? [] : citing.read(event)))
    expect(citationsIn([...events, ...citing.end()]).map(({ url }) => url)).toEqual([URL_A, URL_B])
  })
})

it('sources of another model’s are taken off again before they reach Anthropic', () => {
  const [own, foreign] = [
    { type: 'web_search_result_location', encrypted_index: 'genuine' },
    { type: 'web_search_result_location', encrypted_index: 'switchyard.citation.1' },
  ]
  const block = { type: 'text', text: 'a' }
  const conversation = (...citations: JsonObject[]): JsonObject => ({
    model: 'm',
    max_tokens: 1,
    messages: [
      { role: 'user', content: 'q' },
      { role: 'assistant', content: [{ ...block, citations }, block] },
      { role: 'user', content: 'q' },
    ],
  })
  const target = { provider: 'anthropic', upstreamModel: 'claude-sonnet-4-5', stream: false, outputLimit: undefined }
  const edited = (body: JsonObject) => anthropicMessages.relayEdits(anthropicMessages.readRequest(body, {}), target, body).fields.messages
  expect(edited(conversation(own as JsonObject))).toBeUndefined()
  expect(edited(conversation(own as JsonObject, foreign as JsonObject))).toEqual(conversation(own as JsonObject).messages)
  expect(JSON.stringify(edited(conversation(foreign as JsonObject)))).not.toContain('citation')
})
