/** STAND-IN on this branch only: replaced by the real composition root when the branches are merged (that file wins). */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ConnectStatus } from '../shared/api/connect.ts'
import { ZERO_USD } from '../shared/money.ts'
import type { Log } from './log.ts'
import type { GatewayFace } from './shell/gateway-face.ts'

export function createGateway(options: {
  dataDir: string
  mode: 'desktop' | 'headless'
  log: Log
  vault?: string | undefined
  rendererDir?: string
}): Promise<GatewayFace> {
  const server = createServer((_request, response) => response.end('{"status":"ok"}'))
  let address: string | undefined
  return Promise.resolve({
    dataDir: options.dataDir,
    get address() {
      return address
    },
    handleApp(request) {
      if (new URL(request.url).pathname !== '/api/connect.status') return Promise.resolve(new Response(null, { status: 404 }))
      const value: ConnectStatus = { version: '0.0.0', address, startedAt: 0, mode: options.mode, dataDir: options.dataDir, demoKey: 'demo' }
      return Promise.resolve(Response.json({ ok: true, value }))
    },
    listen({ port, fixedPort }) {
      return new Promise((resolve, reject) => {
        let wanted = port
        server.on('error', (thrown) => {
          if (fixedPort === true) return reject(thrown)
          wanted += 1
          server.listen(wanted, '127.0.0.1')
        })
        server.on('listening', () => {
          address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
          resolve({ address, portWasTaken: wanted !== port })
        })
        server.listen(wanted, '127.0.0.1')
      })
    },
    newCode: () => 'code',
    totals: () => Promise.resolve({ active: 0, spentToday: ZERO_USD }),
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  })
}
