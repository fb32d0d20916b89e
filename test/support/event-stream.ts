/** Messages of AWS's binary event stream, made byte by byte for tests. */
import { crc32 } from 'node:zlib'

export function eventMessage(headers: Readonly<Record<string, string>>, payload: string | Uint8Array): Buffer {
  return framed(Buffer.concat(Object.entries(headers).map(([name, value]) => textHeader(name, value))), Buffer.from(payload))
}

/** Headers and payload between prelude and checksum. */
export function framed(head: Buffer, body: Buffer): Buffer {
  const total = 12 + head.length + body.length + 4
  const prelude = Buffer.alloc(12)
  prelude.writeUInt32BE(total, 0)
  prelude.writeUInt32BE(head.length, 4)
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8)
  const checked = Buffer.concat([prelude, head, body])
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(checked))
  return Buffer.concat([checked, checksum])
}

/** A message as Bedrock sends them. */
export function converseMessage(type: string, value: unknown): Buffer {
  return eventMessage({ ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' }, JSON.stringify(value))
}

export function exceptionMessage(type: string, message: string): Buffer {
  const headers = { ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' }
  return eventMessage(headers, JSON.stringify({ message }))
}

export function textHeader(name: string, value: string): Buffer {
  const text = Buffer.from(value)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(text.length)
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7]), length, text])
}
