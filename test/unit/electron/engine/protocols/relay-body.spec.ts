import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patchTopLevel } from '../../../../../electron/engine/protocols/relay-body.ts'

const patch = (body: string, edits: Record<string, unknown>): string => Buffer.from(patchTopLevel(Buffer.from(body), edits)).toString()

describe('patching a relayed body', () => {
  it('changes the model and leaves every other byte alone', () => {
    expect(patch('{"seed": 12345678901234567890, "model":"openai/gpt-5" , "x":[1.0, {"model":"inner"}]}', { model: 'gpt-5' })).toBe(
      '{"seed": 12345678901234567890, "model":"gpt-5" , "x":[1.0, {"model":"inner"}]}',
    )
  })

  it('removes and adds fields', () => {
    expect(patch('{"models":["a"],"stream":true}', { models: undefined, stream_options: { include_usage: true } })).toBe(
      '{"stream":true,"stream_options":{"include_usage":true}}',
    )
    expect(patch(' {} ', { a: 1 })).toBe(' {"a":1} ')
    expect(patch('{"only":null}', { only: undefined })).toBe('{}')
  })

  it('reads a name written with escapes and lets the last of repeated names win', () => {
    expect(patch('{"mod\\u0065l":"x","n":1}', { model: 'y' })).toBe('{"mod\\u0065l":"y","n":1}')
    expect(patch('{"model":"x","n":1,"model":"z"}', { model: 'y' })).toBe('{"n":1,"model":"y"}')
    expect(patch('{"n":1,"a":true,"n":2}', { model: 'y' })).toBe('{"a":true,"n":2,"model":"y"}')
  })

  it('means the same as parsing, setting and printing, for any object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.jsonValue(), fc.nat(2), (object, name, value, indent) => {
        const patched = JSON.parse(patch(JSON.stringify(object, null, indent), { [name]: value, gone: undefined })) as object
        const wanted: Record<string, unknown> = { ...(JSON.parse(JSON.stringify(object)) as object) }
        Object.defineProperty(wanted, name, { value: JSON.parse(JSON.stringify(value)), enumerable: true, configurable: true, writable: true })
        if (name !== 'gone') delete wanted.gone
        expect(Object.fromEntries(Object.entries(patched))).toEqual(
          Object.fromEntries(Object.entries(wanted).filter(([key, entry]) => entry !== undefined && !(key === 'gone' && name === 'gone'))),
        )
      }),
      { numRuns: 300 },
    )
  })
})
