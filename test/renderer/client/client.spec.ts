import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeEngine } from '../../support/fake-api.ts'

/** As in a page: addresses are relative to it. */
class PageRequest extends Request {
  constructor(address: string | URL | Request, init?: RequestInit) {
    super(typeof address === 'string' ? new URL(address, 'http://page/') : address, init)
  }
}

vi.stubGlobal('Request', PageRequest)
const { client } = await import('../../../renderer/client/client.ts')
const { printNewCode, session, signIn } = await import('../../../renderer/client/session.ts')

const fetching = vi.fn<typeof fetch>()

beforeEach(() => {
  session.setState({ signedOut: false })
  vi.stubGlobal('fetch', fetching)
})
afterEach(() => fetching.mockReset())

describe('the client', () => {
  it('asks the engine under /api/ and answers with its value', async () => {
    const engine = fakeEngine()
    fetching.mockImplementation((request) => engine.fetch(request as Request))
    expect(await client['models.list']({})).toMatchObject({ ok: true, value: expect.arrayContaining([expect.objectContaining({ id: 'demo/swift' })]) })
    expect(fetching).toHaveBeenCalledWith(expect.objectContaining({ url: 'http://page/api/models.list' }))
  })

  it('notices from any answer that the session is over', async () => {
    fetching.mockResolvedValue(Response.json({ ok: false, failure: { kind: 'signed-out', message: 'Sign in first.' } }, { status: 401 }))
    expect(await client['settings.get']({})).toEqual({ ok: false, failure: { kind: 'signed-out', message: 'Sign in first.' } })
    expect(session.getState().signedOut).toBe(true)
  })

  it('answers with a failure when nobody is there', async () => {
    fetching.mockRejectedValue(new TypeError('fetch failed'))
    expect(await client['settings.get']({})).toMatchObject({ ok: false, failure: { kind: 'unavailable' } })
    expect(session.getState().signedOut).toBe(false)
  })
})

describe('signing in', () => {
  it('sends the code as JSON and goes on', async () => {
    session.setState({ signedOut: true })
    fetching.mockResolvedValue(new Response(null, { status: 204 }))
    expect(await signIn(' abcd-1234 ')).toEqual({ is: 'signed-in' })
    expect(fetching).toHaveBeenCalledWith('/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"code":"ABCD-1234"}' })
    expect(session.getState().signedOut).toBe(false)
  })

  it.each([
    [401, 'wrong'],
    [429, 'too-often'],
  ])('says what a %i means', async (status, why) => {
    session.setState({ signedOut: true })
    fetching.mockResolvedValue(new Response(null, { status }))
    expect(await signIn('x')).toEqual({ is: 'refused', why })
    expect(session.getState().signedOut).toBe(true)
  })

  it('says so when nobody prints a new code', async () => {
    fetching.mockRejectedValue(new TypeError('fetch failed'))
    expect(await printNewCode()).toBe(false)
  })
})
