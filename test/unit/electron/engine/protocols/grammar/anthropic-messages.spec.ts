import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkAnthropicStream } from '../../../../../../electron/engine/protocols/grammar/anthropic-messages.ts'

const FIXTURE = readFileSync(new URL('../../../../../fixtures/anthropic-messages/thinking-and-tools.sse', import.meta.url), 'utf8')
const frames = FIXTURE.split('\n\n').filter((frame) => frame.startsWith('event: ') || frame.includes('\nevent: '))
const FRAMES = frames.map((frame) => frame.slice(frame.indexOf('event: ')))

function stream(edited: readonly string[]): string {
  return edited.map((frame) => `${frame}\n\n`).join('')
}

function position(part: string): number {
  return FRAMES.findIndex((frame) => frame.includes(part))
}

describe('the grammar of Anthropic streams', () => {
  it('accepts the documented example', () => {
    expect(checkAnthropicStream(stream(FRAMES))).toHaveLength(FRAMES.length)
  })

  it.each<[string, readonly string[]]>([
    ['a second message_start', [FRAMES[0] ?? '', ...FRAMES]],
    ['no message_start', FRAMES.slice(1)],
    ['no message_stop', FRAMES.slice(0, -1)],
    ['a block that never ends', FRAMES.filter((_frame, index) => index !== position('"content_block_stop","index":2'))],
    ['a block that ends twice', FRAMES.flatMap((frame) => (frame.includes('_stop","index":2') ? [frame, frame] : [frame]))],
    ['an index left out', FRAMES.map((frame) => frame.replace('"index":6', '"index":7'))],
    ['a delta of the wrong kind', FRAMES.map((frame) => frame.replace('"text_delta"', '"thinking_delta"'))],
    ['thinking without a signature', FRAMES.filter((frame) => !frame.includes('signature_delta'))],
    ['content after the stop reason', [...FRAMES.slice(0, -1), ...FRAMES.slice(position('"index":2'), position('"index":3'))]],
    ['a name that differs from the type', FRAMES.map((frame) => frame.replace('event: message_stop', 'event: message_end'))],
    ['an error', [...FRAMES.slice(0, 3), 'event: error\ndata: {"type":"error","error":{"message":"x"}}']],
  ])('refuses %s', (_what, edited) => {
    expect(() => checkAnthropicStream(stream(edited))).toThrow()
  })
})
