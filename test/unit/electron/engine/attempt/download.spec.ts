/** Downloads of files that a prompt names, against servers of our own: what comes, what is refused, and that nothing goes where it must not. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANYWHERE_SAFE, type DownloadGuard, download, PUBLIC_ONLY } from '../../../../../electron/engine/attempt/download.ts'
import { Departure } from '../../../../../electron/engine/departure.ts'
import { type Answering, type FakeUpstream, fakeUpstream } from '../../../../support/fake-upstream.ts'

let server: FakeUpstream
beforeEach(async () => {
  server = await fakeUpstream()
})
afterEach(() => server.close())

const anything: DownloadGuard = { allowed: ANYWHERE_SAFE }
const PNG = Buffer.from('89504e470d0a1a0a', 'hex')
const isPng = (type: string): boolean => type === 'image/png'

function get(path: string, guard: DownloadGuard = anything, departure = new Departure()): Promise<unknown> {
  return download(path.startsWith('http') ? path : server.url + path, isPng, departure, guard)
}

function file(bytes: Uint8Array = PNG, headers: Record<string, string> = { 'content-type': 'image/png' }): Answering {
  return (_seen, response) => void response.writeHead(200, headers).end(bytes)
}

function redirect(to: string): Answering {
  return (seen, response) => {
    if (seen.url === '/first') response.writeHead(302, { location: to }).end()
    else response.writeHead(200, { 'content-type': 'image/png' }).end(PNG)
  }
}

/** A name that stands for the test's own server. */
const named = (host: string): string => server.url.replace('127.0.0.1', host)

describe('a download', () => {
  it('brings the bytes and their type, and tells nobody who asks', async () => {
    server.answer(file(PNG, { 'content-type': 'image/PNG; charset=binary' }))
    expect(await get('/cat.png?size=1')).toEqual({ mediaType: 'image/png', bytes: PNG })
    expect(server.seen[0]).toMatchObject({ method: 'GET', url: '/cat.png?size=1' })
    expect(new Set(Object.keys(server.seen[0]?.headers ?? {}))).toEqual(new Set(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']))
  })

  it('follows a few redirects', async () => {
    server.answer(redirect('/second'))
    expect(await get('/first')).toMatchObject({ mediaType: 'image/png' })
  })

  it.each<[string, Answering, string]>([
    ['is of another type', file(Buffer.from('<html>'), { 'content-type': 'text/html' }), 'is of type text/html'],
    ['has no type', file(PNG, {}), 'is of type unknown'],
    ['is not there', (_seen, response) => void response.writeHead(404).end(), 'was answered with status 404'],
    ['comes compressed', file(PNG, { 'content-type': 'image/png', 'content-encoding': 'gzip' }), 'came compressed'],
    ['says that it is too large', file(PNG, { 'content-type': 'image/png', 'content-length': '5000' }), 'is larger than 1000 bytes'],
    [
      'is too large without saying so',
      (_seen, response) => {
        response.writeHead(200, { 'content-type': 'image/png' })
        for (let piece = 0; piece < 20; piece++) response.write(Buffer.alloc(100))
        response.end()
      },
      'is larger than 1000 bytes',
    ],
    ['is redirected for ever', (_seen, response) => void response.writeHead(302, { location: '/again' }).end(), 'was redirected too often'],
    ['is redirected to a file of ours', (_seen, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(), 'is no http or https'],
    ['is redirected nowhere', (_seen, response) => void response.writeHead(302).end(), 'was redirected too often'],
    ['breaks off', (_seen, response) => void response.destroy(), 'could not be fetched'],
    ['never comes', () => undefined, 'did not come within 50 ms'],
  ])('refuses a file that %s', async (_what, answering, why) => {
    server.answer(answering)
    await expect(get('/file', { ...anything, limitBytes: 1000, limitMs: why.includes('50 ms') ? 50 : 5000 })).rejects.toMatchObject({
      kind: 'bad-request',
      message: expect.stringContaining(why) as string,
    })
  })

  it('ends when the caller leaves', async () => {
    const departure = new Departure()
    server.answer(() => departure.leave())
    await expect(get('/file', anything, departure)).rejects.toMatchObject({ kind: 'cancelled' })
    await expect(get('/file', anything, departure)).rejects.toMatchObject({ kind: 'cancelled' })
    expect(server.seen).toHaveLength(1)
  })
})

describe('the guard', () => {
  const guard: DownloadGuard = { allowed: PUBLIC_ONLY }
  const refused = { kind: 'bad-request', message: 'is not on the public internet' }

  it.each(['127.0.0.1', 'localhost', '127.1', '0x7f.1', '2130706433', '0', '[::1]', '[::ffff:127.0.0.1]'])('keeps downloads away from %s', async (host) => {
    server.answer(file())
    await expect(get(`${named(host)}/file`, guard)).rejects.toMatchObject(refused)
    expect(server.seen).toHaveLength(0)
  })

  it('keeps them away from a cloud’s metadata', async () => {
    for (const place of ['169.254.169.254', '[fd00:ec2::254]', '100.100.100.200', 'metadata.google.internal', '[::ffff:169.254.169.254]']) {
      for (const own of [guard, anything]) await expect(get(`http://${place}/latest/meta-data/`, own)).rejects.toMatchObject(refused)
    }
  })

  it('refuses a name with one forbidden address among public ones', async () => {
    const lookup = () =>
      Promise.resolve([
        { address: '8.8.8.8', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ])
    await expect(get('http://mixed.example/file', { ...guard, lookup })).rejects.toMatchObject(refused)
  })

  it('connects to the address that it has checked, whatever the name says the next time', async () => {
    server.answer(file())
    let asked = 0
    const lookup = () => Promise.resolve([{ address: asked++ === 0 ? '127.0.0.1' : '10.0.0.1', family: 4 }])
    const allowed: DownloadGuard['allowed'] = new Set(['this-machine'])
    expect(await get(`${named('rebinding.example')}/file`, { allowed, lookup })).toMatchObject({ mediaType: 'image/png' })
    expect(asked).toBe(1)
    expect(server.seen[0]?.headers.host).toMatch(/^rebinding\.example/)
  })

  it('looks at every redirect anew', async () => {
    const lookup = (host: string) => Promise.resolve([{ address: host === 'inside.example' ? '10.0.0.1' : '127.0.0.1', family: 4 }])
    const allowed: DownloadGuard['allowed'] = new Set(['this-machine'])
    server.answer(redirect('http://inside.example/secret'))
    await expect(get(`${named('outside.example')}/first`, { allowed, lookup })).rejects.toMatchObject(refused)
    server.answer(redirect('http://10.0.0.1/secret'))
    await expect(get(`${named('outside.example')}/first`, { allowed, lookup })).rejects.toMatchObject(refused)
  })

  it('takes no address with a password in it', async () => {
    await expect(get('http://me:secret@outside.example/file', anything)).rejects.toMatchObject({ message: 'holds a name or password' })
  })
})
