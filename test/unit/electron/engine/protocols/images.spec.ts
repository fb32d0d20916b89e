/** Types and base64 as clients write them. https://github.com/vybestack/llxprt-code/issues/2130, https://github.com/ogkalu2/comic-translate/pull/399 */
import { describe, expect, it } from 'vitest'
import { codecs, upstreamFormats } from '../../../../../electron/engine/protocols/codecs.ts'
import type { Protocol } from '../../../../../shared/chat.ts'

const PNG = 'iVBORw0KGgoAAAA='

function sent(url: string, to: Protocol): string {
  const messages = [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }]
  const view = codecs['openai-chat'].readRequest({ model: 'm', messages }, {})
  return JSON.stringify(
    upstreamFormats[to].writeRequest(view, { provider: 'p', upstreamModel: 'claude-sonnet-4-5', stream: false, outputLimit: undefined }).body,
  )
}

describe.each<[Protocol, (type: string, data: string) => string]>([
  ['anthropic-messages', (type, data) => `"media_type":"image/${type}","data":"${data}"`],
  ['gemini', (type, data) => `"mimeType":"image/${type}","data":"${data}"`],
  ['bedrock-converse', (type, data) => `"format":"${type}","source":{"bytes":"${data}"}`],
])('an image for %s', (to, written) => {
  it.each([
    ['says what its bytes are, whatever the client took them for', `data:image/jpeg;base64,${PNG}`, 'png', PNG],
    ['is image/jpeg where the client says image/jpg', 'data:image/jpg;base64,AAAA', 'jpeg', 'AAAA'],
    ['has no lines in its base64', 'data:image/webp;base64,AAAA\r\nBBBB\n', 'webp', 'AAAABBBB'],
  ])('%s', (_, url, type, data) => expect(sent(url, to)).toContain(written(type, data)))
})
