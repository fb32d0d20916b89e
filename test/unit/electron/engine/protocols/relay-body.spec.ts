import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patchTopLevel } from '../../../../../electron/engine/protocols/relay-body.ts'

/** With and without the names that parsing has given, which must not change what comes out. */
function patch(body: string, edits: Record<string, unknown>): string {
  const patched = Buffer.from(patchTopLevel(Buffer.from(body), edits)).toString()
  expect(Buffer.from(patchTopLevel(Buffer.from(body), edits, Object.keys(JSON.parse(body) as object))).toString()).toBe(patched)
  return patched
}

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

  it('finds the end of a text however many escapes stand in it, and wherever', () => {
    const escapes = fc.array(fc.constantFrom('\\', '"', 'a', 'é', '\n'), { minLength: 50, maxLength: 90 }).map((letters) => letters.join(''))
    fc.assert(
      fc.property(escapes, escapes, (name, text) => {
        const body = `{${JSON.stringify(name)}:${JSON.stringify(text)},"model":"x"}`
        expect(patch(body, { model: 'y' })).toBe(body.replace(/"x"}$/, '"y"}'))
      }),
      { numRuns: 300 },
    )
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
