/**
 * Doors to the user's own network, open only while the setting `lan` says so: one server on each private IPv4 address of this machine, on the endpoint's
 * port. Never on 0.0.0.0, so an address that the world can reach is not among them, and the Host that a request must name is known for each door. Through
 * them only the routes for tools are reached, each of them with a client key; the workbench is not (see listener.ts). It is plain HTTP: who shares the
 * network can read along, which the switch says.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { hostname, networkInterfaces } from 'node:os'
import { reachOfAddress } from '../engine/attempt/address.ts'

// Not imported, for an import would load more than this: see attempt/upstream.ts
const { createServer } = process.getBuiltinModule('node:http')

/** Networks come and go with the lid of a laptop. */
const LOOK_EVERY_MS = 10_000

export interface LanOptions {
  readonly serve: (request: IncomingMessage, response: ServerResponse, address: string) => void
  /** The addresses of this machine that a door is opened on. */
  readonly addresses: () => readonly string[]
  /** A door was opened or closed. */
  readonly onChange: () => void
}

export class LanDoors {
  readonly #options: LanOptions
  readonly #open = new Map<string, Server>()
  #port: number | undefined
  #timer: NodeJS.Timeout | undefined
  #turn: Promise<void> = Promise.resolve()

  constructor(options: LanOptions) {
    this.#options = options
  }

  /** Where tools on other machines reach the endpoint, such as `http://192.168.1.20:4747`. */
  get addresses(): readonly string[] {
    return [...this.#open.keys()].map((address) => `http://${address}:${this.#port ?? ''}`)
  }

  /** Opens a door on each address there is, and on those that come later; `undefined` closes them all and lets running answers finish. */
  set(port: number | undefined): Promise<void> {
    clearInterval(this.#timer)
    this.#port = port
    if (port !== undefined) {
      this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS)
      this.#timer.unref()
    }
    return this.#look()
  }

  /** Closes all doors and whatever still goes through them. */
  cut(): void {
    clearInterval(this.#timer)
    this.#port = undefined
    for (const server of this.#open.values()) {
      server.close()
      server.closeAllConnections()
    }
    this.#open.clear()
  }

  #look(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#compare())
    return this.#turn
  }

  async #compare(): Promise<void> {
    const port = this.#port
    const wanted = new Set(port === undefined ? [] : this.#options.addresses())
    let changed = false
    for (const [address, server] of this.#open) {
      if (wanted.has(address)) continue
      this.#open.delete(address)
      server.close()
      server.closeIdleConnections()
      changed = true
    }
    for (const address of wanted) {
      if (port === undefined || this.#open.has(address)) continue
      const server = await this.#opened(address, port)
      if (server === undefined) continue
      this.#open.set(address, server)
      changed = true
    }
    if (changed) this.#options.onChange()
  }

  /** undefined: another program has the port there, or the address went away just now. It is tried again at the next look. */
  #opened(address: string, port: number): Promise<Server | undefined> {
    const server = createServer((request, response) => this.#options.serve(request, response, address))
    server.keepAliveTimeout = 65_000
    server.requestTimeout = 0
    return new Promise((resolve) => {
      // those that come later are of single connections
      server.on('error', () => resolve(undefined))
      server.listen({ port, host: address }, () => resolve(server))
    })
  }
}

/** Private IPv4 addresses of this machine's networks. */
export function lanAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.flatMap(({ family, internal, address }) => (family === 'IPv4' && !internal && reachOfAddress(address) === 'private-network' ? [address] : [])),
  )
}

/** Names by which other machines may call this one. */
export function namesOfThisMachine(): readonly string[] {
  const name = hostname().toLowerCase()
  return name === '' ? [] : name.endsWith('.local') ? [name] : [name, `${name}.local`]
}
