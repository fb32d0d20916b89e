import { describe, expect, it } from 'vitest'
import { playgroundBody } from '../../../../electron/engine/playground-body.ts'
import { readRequest } from '../../../../electron/engine/protocols/openai-chat/read-request.ts'
import { playgroundApi } from '../../../../shared/api/playground.ts'
import { base64Length, FILE_LIMIT_BYTES } from '../../../../shared/attachments.ts'

const image = { name: 'a.png', mediaType: 'image/png' as const, data: 'AAAA' }
const pdf = { name: 'b.pdf', mediaType: 'application/pdf' as const, data: 'BBBB' }
const text = { name: 'c "d".txt', mediaType: 'text/plain' as const, data: Buffer.from('Größe').toString('base64') }

describe('a run of the playground', () => {
  it('is read by the engine as images, documents and text, before the question', () => {
    const view = readRequest(playgroundBody({ model: 'm', messages: [{ role: 'user', text: 'What?', files: [image, pdf, text] }] }), {})
    expect(view.messages[0]?.parts).toEqual([
      { type: 'image', media: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' } },
      { type: 'document', media: { kind: 'base64', mediaType: 'application/pdf', data: 'BBBB' }, name: 'b.pdf' },
      { type: 'text', text: 'File "c \\"d\\".txt":\n\nGröße' },
      { type: 'text', text: 'What?' },
    ])
    expect(view.needs).toEqual(new Set(['vision', 'documents']))
  })

  it('carries every parameter', () => {
    const tools = [{ name: 'look', parameters: { type: 'object' } }]
    const view = readRequest(
      playgroundBody({ model: 'm', messages: [{ role: 'user', text: 'Hi' }], temperature: 0.1, topP: 0.9, maxOutputTokens: 5, seed: 7, effort: 'low', tools }),
      {},
    )
    expect(view).toMatchObject({
      temperature: 0.1,
      topP: 0.9,
      maxOutputTokens: 5,
      seed: 7,
      reasoning: { effort: 'low' },
      tools: [{ name: 'look' }],
      unmodelled: {},
    })
  })

  it.each([
    ['an unknown type', { ...image, mediaType: 'image/tiff' }, 'messages.0.files.0.mediaType'],
    ['what is not base64', { ...image, data: 'no base64!' }, 'messages.0.files.0.data'],
    ['an empty file', { ...image, data: '' }, 'messages.0.files.0.data'],
    ['a file that is too large', { ...image, data: 'A'.repeat(base64Length(FILE_LIMIT_BYTES) + 4) }, 'messages.0.files.0.data'],
  ])('is refused with %s, naming the field', (_name, file, field) => {
    const { error } = playgroundApi['playground.run'].input.safeParse({ model: 'm', messages: [{ role: 'user', text: '', files: [file] }] })
    expect(error?.issues[0]?.path.join('.')).toBe(field)
  })

  it('is refused when its files are too large together', () => {
    const large = { ...image, data: 'A'.repeat(base64Length(FILE_LIMIT_BYTES)) }
    const { error } = playgroundApi['playground.run'].input.safeParse({ model: 'm', messages: [{ role: 'user', text: '', files: [large, large] }] })
    expect(error?.issues[0]?.message).toBe('the files of a conversation may have 20 MB together')
  })
})
