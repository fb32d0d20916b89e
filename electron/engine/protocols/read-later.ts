/**
 * Frames of a relayed stream that nobody has to understand at once: their bytes go on, and what they say (text for the ledger's row) is read later, many of
 * them in one go. A reader that is called for one frame at a time, between two waits for the network, finds the processor's caches cold each time; read in a
 * row, relayed chunks that come slowly cost us a tenth less. What has to be known before the next frame is an error, which ends the stream, and usage, which
 * may have to be hidden.
 */

/** Longer frames are read as they come; to keep many of them back would cost memory. */
const LONGEST_BYTES = 4 * 1024
const ERROR = '"error"'
const USAGE = '"usage"'
const LF = 10
const CR = 13
const CLOSE_BRACE = 125

/** Whether `isPlain` holds of a frame's text and neither an error nor usage is told in it. What is looked for is ASCII. */
export function readableLater(wire: Uint8Array, isPlain: (text: string) => boolean): boolean {
  if (wire.byteLength > LONGEST_BYTES || !endsWhole(wire)) return false
  const text = Buffer.from(wire.buffer, wire.byteOffset, wire.byteLength).toString('latin1')
  // in the text of an answer quotation marks are escaped, so that what is found there is no name
  return isPlain(text) && !text.includes(ERROR) && (!text.includes(USAGE) || text.includes('"usage":null'))
}

/** One line of data, as in nearly all frames of OpenAI's chat completions and of Gemini. */
export function isPlainData(text: string): boolean {
  return text.startsWith('data: {')
}

/** An object and a blank line, and not the middle of something broken. Google ends lines with both characters. */
function endsWhole(wire: Uint8Array): boolean {
  let at = wire.length - 1
  while (wire[at] === LF || wire[at] === CR) at--
  return wire[at] === CLOSE_BRACE && at < wire.length - 1
}
