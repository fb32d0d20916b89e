import { describe, expect, it } from 'vitest'
import { followingRedirects } from '../../../../../electron/engine/attempt/redirects.ts'
import type { Send, UpstreamRequest } from '../../../../../electron/engine/attempt/send.ts'
import { Departure } from '../../../../../electron/engine/departure.ts'

const FIRST: UpstreamRequest = { method: 'GET', url: 'https://hub.example/a/file', headers: { range: 'bytes=5-' }, body: undefined }

/** Answers with redirects, one after the other, and then with the file. */
function leadingTo(...locations: readonly (string | undefined)[]): { readonly send: Send; readonly asked: UpstreamRequest[] } {
  const asked: UpstreamRequest[] = []
  return {
    asked,
    send: async (request) => {
      const isRedirect = asked.length < locations.length
      const location = locations[asked.length]
      asked.push(request)
      return { status: isRedirect ? 302 : 200, headers: { location }, body: (async function* () {})() }
    },
  }
}
const follow = ({ send }: { readonly send: Send }): Promise<unknown> => followingRedirects(send)(FIRST, new Departure())

describe('redirects', () => {
  it('are followed with the same request, relative ones too', async () => {
    const server = leadingTo('/cache/file?signed=1', 'https://files.example/b')
    expect(await follow(server)).toMatchObject({ status: 200 })
    expect(server.asked).toEqual([FIRST, { ...FIRST, url: 'https://hub.example/cache/file?signed=1' }, { ...FIRST, url: 'https://files.example/b' }])
  })

  it.each([
    ['out of TLS', ['http://files.example/b?signed=1'], 'hub.example leads from https to http'],
    ['to another kind of address', ['file:///etc/passwd'], 'hub.example leads to no address'],
    ['nowhere', [undefined], 'hub.example leads to no address'],
    ['round in a circle', Array.from({ length: 9 }, () => '/a/file'), 'hub.example redirected more than 5 times'],
  ])('that lead %s are refused, and of the address no more is told than its host', async (_where, locations, message) => {
    const server = leadingTo(...locations)
    await expect(follow(server)).rejects.toMatchObject({ kind: 'upstream-unreadable', message })
    expect(server.asked.length).toBeLessThanOrEqual(6)
  })
})
