/** A body may come byte by byte, and each piece costs a hundred times that in memory: those at the end become one before they are many. */
const MANY = 1024
const SMALL_BYTES = 1024

/** Adds a piece; the bytes in their order stay the same. */
export function addPiece(pieces: Uint8Array[], piece: Uint8Array): void {
  pieces.push(piece)
  if (pieces.length % MANY !== 0) return
  const last = pieces.slice(-MANY)
  const bytes = last.reduce((sum, { length }) => sum + length, 0)
  // of large pieces there are few anyway, and copying them is dear
  if (bytes <= MANY * SMALL_BYTES) pieces.splice(-MANY, MANY, Buffer.concat(last, bytes))
}
