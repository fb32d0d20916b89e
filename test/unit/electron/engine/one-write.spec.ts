import { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { joinWrites } from '../../../../electron/engine/one-write.ts'

/** A socket that notes what reaches its connection, piece by piece, once it is uncorked. */
function noting(): { readonly socket: Duplex; readonly written: Buffer[][] } {
  const written: Buffer[][] = []
  const socket = new Duplex({
    decodeStrings: false,
    write: (chunk, encoding, done) => {
      written.push([Buffer.from(chunk, encoding)])
      done()
    },
    writev: (chunks, done) => {
      written.push(chunks.map(({ chunk, encoding }) => Buffer.from(chunk as string, encoding)))
      done()
    },
    read: () => undefined,
  })
  joinWrites(socket)
  return { socket, written }
}

function corked(socket: Duplex, write: () => void): void {
  socket.cork()
  write()
  socket.uncork()
}

describe('a socket that joins its writes', () => {
  it('sends head and body in one piece, byte for byte', () => {
    const { socket, written } = noting()
    const body = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
    let done = 0
    corked(socket, () => {
      socket.write('POST / HTTP/1.1\r\nx-name: \xe9\r\n\r\n', 'latin1', () => done++)
      socket.write(body, () => done++)
    })
    expect(written).toEqual([[Buffer.concat([Buffer.from('POST / HTTP/1.1\r\nx-name: \xe9\r\n\r\n', 'latin1'), body])]])
    return expect.poll(() => done).toBe(2)
  })

  it.each([
    ['what is too large to be copied', (socket: Duplex) => socket.write(Buffer.alloc(20_000, 'x'))],
    ['text in another encoding', (socket: Duplex) => socket.write('Grüße 🌍', 'utf8')],
  ])('leaves %s in pieces', (_, write) => {
    const { socket, written } = noting()
    corked(socket, () => {
      socket.write('head', 'latin1')
      write(socket)
    })
    expect(written.map((pieces) => pieces.length)).toEqual([2])
  })
})
