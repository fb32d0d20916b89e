import type { GatewayFace } from '../../electron/shell/gateway-face.ts'
import type { ConnectStatus } from '../../shared/api/connect.ts'
import { type NanoUsd, ZERO_USD } from '../../shared/money.ts'

export interface FakeGateway extends GatewayFace {
  /** Every request that came through handleApp. */
  readonly asked: Request[]
  /** What listen was called with. */
  readonly listened: { readonly port: number; readonly fixedPort?: boolean }[]
  readonly closed: boolean
  spend(cost: NanoUsd, active?: number): void
}

/** An engine of no substance: answers connect.status as the contract says, and whatever `answer` makes of the rest. */
export function fakeGateway(options: { dataDir?: string; answer?: (request: Request) => Promise<Response>; listenFails?: string } = {}): FakeGateway {
  const { dataDir = '/data', answer = () => Promise.resolve(new Response(null, { status: 404 })), listenFails } = options
  const asked: Request[] = []
  const listened: { port: number; fixedPort?: boolean }[] = []
  let address: string | undefined
  let totals = { active: 0, spentToday: ZERO_USD }
  let closed = false
  let stopped = false
  return {
    asked,
    listened,
    dataDir,
    get address() {
      return address
    },
    get stopped() {
      return stopped
    },
    startServing() {
      stopped = false
    },
    stopServing() {
      stopped = true
    },
    ready: () => Promise.resolve(),
    get closed() {
      return closed
    },
    spend(spentToday, active = 0) {
      totals = { active, spentToday }
    },
    handleApp(request) {
      asked.push(request)
      if (new URL(request.url).pathname !== '/api/connect.status') return answer(request)
      const value: ConnectStatus = {
        ...{ version: '0.0.0', address, startedAt: 0, mode: 'desktop', dataDir, demoKey: 'demo' },
        ...{ stopped, serving: 0, lanAddresses: [], portTaken: undefined, offlineSince: undefined },
      }
      return Promise.resolve(Response.json({ ok: true, value }))
    },
    listen(wanted) {
      listened.push(wanted)
      if (listenFails !== undefined) return Promise.reject(new Error(listenFails))
      address = `http://127.0.0.1:${wanted.port}`
      return Promise.resolve({ address, portWasTaken: false })
    },
    newCode: () => 'code',
    totals: () => Promise.resolve(totals),
    close() {
      closed = true
      return Promise.resolve()
    },
  }
}
