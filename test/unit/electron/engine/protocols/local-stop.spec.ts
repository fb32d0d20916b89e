/** Stop sequences for models that take none: the answer ends where the model would have been stopped, however the text is cut into pieces. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codecs } from '../../../../../electron/engine/protocols/codecs.ts'
import { cuttingAt } from '../../../../../electron/engine/protocols/local-stop.ts'
import type { AnswerReader, UpstreamFormat } from '../../../../../electron/engine/protocols/protocol.ts'
import type { ChatEvent, ChatView } from '../../../../../shared/chat.ts'

const FINISH: ChatEvent = { type: 'finish', reason: 'length', raw: 'length' }

/** A format whose answer is these events, one read at a time. */
function saying(events: readonly ChatEvent[]): UpstreamFormat {
  let place = 0
  const reader: AnswerReader = { usageOnly: false, read: () => events.slice(place, ++place), end: () => [] }
  return { ...codecs['openai-chat'], reader: () => reader, readWhole: () => events }
}

function streamed(events: readonly ChatEvent[], stop: readonly string[]): readonly ChatEvent[] {
  const reader = cuttingAt(saying(events), stop).reader()
  return [...events.flatMap(() => reader.read({ event: '', data: '' })), ...reader.end()]
}

const textOf = (events: readonly ChatEvent[]): string => events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : [])).join('')
const pieces = (...texts: string[]): readonly ChatEvent[] => texts.map((text) => ({ type: 'text-delta', text }))

describe('an answer', () => {
  it('ends before the sequence that comes first, and says which it was', () => {
    const events = streamed([...pieces('One. T', 'WO. EN', 'D. More.'), FINISH], ['END', 'TWO'])
    expect(textOf(events)).toBe('One. ')
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'stop', raw: 'stop_sequence', stopSequence: 'TWO' })
    expect(events.filter(({ type }) => type === 'finish')).toHaveLength(1)
  })

  it('is whole where a sequence only seemed to begin', () => {
    const events = streamed([...pieces('EN', 'TER E', 'N'), FINISH], ['END'])
    expect(textOf(events)).toBe('ENTER EN')
    expect(events.at(-1)).toEqual(FINISH)
  })

  it('ends at the sequence that is complete first, though another began before it', () => {
    for (const parts of [['äba'], ['ä', 'b', 'a']]) expect(textOf(streamed([...pieces(...parts), FINISH], ['b', 'äba']))).toBe('ä')
  })

  it('tells its tokens all the same, ends a call that had begun, and begins none', () => {
    const call = (index: number): readonly ChatEvent[] => [
      { type: 'tool-call-start', index, id: `call_${index}`, name: 'f' },
      { type: 'tool-call-end', index },
    ]
    const [start, end] = call(0) as [ChatEvent, ChatEvent]
    const usage: ChatEvent = { type: 'usage', tokens: { output: 7 } }
    const events = streamed([start, ...pieces('a STOP b'), end, ...call(1), { type: 'error', message: 'late' }, usage, FINISH], ['STOP'])
    expect(events.map(({ type }) => type)).toEqual(['tool-call-start', 'text-delta', 'tool-call-end', 'finish', 'usage'])
  })

  it('is cut at the same place whole and streamed, in any pieces', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ä', '\n'), maxLength: 40 })
    const stops = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'ä', '\n'), minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), stops, (texts, stop) => {
        const said = texts.join('')
        // the sequence that is complete first stops the model; of two that end together the longer one
        const [first] = stop
          .map((sequence) => ({ place: said.indexOf(sequence), length: sequence.length }))
          .filter(({ place }) => place >= 0)
          .sort((one, other) => one.place + one.length - other.place - other.length || one.place - other.place)
        const expected = first === undefined ? said : said.slice(0, first.place)
        const events = [...pieces(...texts), FINISH]
        expect(textOf(streamed(events, stop))).toBe(expected)
        expect(textOf(cuttingAt(saying(events), stop).readWhole({}))).toBe(expected)
      }),
    )
  })
})

describe('a request', () => {
  const view = (stop: readonly string[]): ChatView => codecs['openai-chat'].readRequest({ model: 'm', messages: [{ role: 'user', content: 'a' }], stop }, {})

  it.each([
    ['openai-responses', 'openai', 'gpt-5.6', ['a'], ['a']],
    ['openai-chat', 'openai', 'o3', ['a'], ['a']],
    ['openai-chat', 'openai', 'gpt-4.1', ['a', 'b', 'c', 'd'], undefined],
    ['openai-chat', 'openai', 'gpt-4.1', ['a', 'b', 'c', 'd', 'e'], ['a', 'b', 'c', 'd', 'e']],
    ['gemini', 'google', 'gemini-3-flash', ['a', 'b', 'c', 'd', 'e'], undefined],
    ['gemini', 'google', 'gemini-3-flash', ['a', 'b', 'c', 'd', 'e', 'f'], ['a', 'b', 'c', 'd', 'e', 'f']],
    ['cohere-v2', 'cohere', 'command-a', ['a', 'b', 'c', 'd', 'e', 'f'], ['a', 'b', 'c', 'd', 'e', 'f']],
    ['anthropic-messages', 'anthropic', 'claude-sonnet-4-5', ['a'], undefined],
  ] as const)('to %s of %s (%s) with stop %j is cut here at %j', (protocol, provider, upstreamModel, stop, cutAt) => {
    const written = codecs[protocol].writeRequest(view(stop), { provider, upstreamModel, stream: false, outputLimit: undefined })
    expect(written.cutAt).toEqual(cutAt)
    expect(written.dropped.includes('stop')).toBe(cutAt !== undefined)
  })
})
