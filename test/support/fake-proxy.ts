/** An HTTP proxy over real connections: opens tunnels (CONNECT), makes plain calls itself, finds every host where the test says. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export interface FakeProxy {
  readonly url: string
  readonly port: number
  /** What it was asked for, oldest first: `CONNECT host:port` or `POST http://host/path`. */
  readonly asked: string[]
  /** `proxy-authorization` of each. */
  readonly authorizations: (string | undefined)[]
  /** Tunnels that stand now. */
  readonly open: number
  close(): Promise<void>
}

export interface FakeProxyOptions {
  /** Where a host is in truth: its port on 127.0.0.1. */
  readonly portOf: (host: string) => number
  /** Without this `proxy-authorization` it answers 407. */
  readonly wants?: string
  /** Answers every request for a tunnel so. */
  readonly refusesWith?: number
}

export async function fakeProxy({ portOf, wants, refusesWith }: FakeProxyOptions): Promise<FakeProxy> {
  const asked: string[] = []
  const authorizations: (string | undefined)[] = []
  const sockets = new Set<Socket>()
  const lets = (incoming: IncomingMessage): boolean => {
    asked.push(`${incoming.method} ${incoming.url}`)
    authorizations.push(incoming.headers['proxy-authorization'])
    return wants === undefined || incoming.headers['proxy-authorization'] === wants
  }
  const server = createServer((incoming: IncomingMessage, response: ServerResponse) => {
    if (!lets(incoming)) return void response.writeHead(407, { 'proxy-authenticate': 'Basic realm="made-up"' }).end()
    const target = new URL(incoming.url ?? '')
    const { 'proxy-authorization': _, ...headers } = incoming.headers
    const onward = request({ host: '127.0.0.1', port: portOf(target.host), path: target.pathname + target.search, method: incoming.method, headers })
    onward.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.once('error', () => response.destroy())
    incoming.pipe(onward)
  })
  server.on('connect', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!lets(incoming)) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="made-up"\r\n\r\n')
    if (refusesWith !== undefined) return void socket.end(`HTTP/1.1 ${refusesWith} Refused\r\n\r\n`)
    const onward = connect(portOf(incoming.url ?? ''), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      onward.write(head)
      socket.pipe(onward).pipe(socket)
    })
    sockets.add(socket)
    const end = (): void => {
      sockets.delete(socket)
      socket.destroy()
      onward.destroy()
    }
    for (const side of [socket, onward]) side.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    authorizations,
    get open() {
      return sockets.size
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      server.closeAllConnections()
      await closed
    },
  }
}
