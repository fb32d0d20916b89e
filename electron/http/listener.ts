/** One server on 127.0.0.1: the gateway's own hot path for clients, everything else for the workbench. See guard.ts for what protects it. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Dialect, JsonObject } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { Endpoint } from '../../shared/routing.ts'
import { Departure } from '../engine/departure.ts'
import { parseBody } from '../engine/pipeline.ts'
import type { RouteFacts } from '../engine/protocols/protocol.ts'
import type { Caller, Incoming, Reply } from '../engine/request.ts'
import type { SideIncoming } from '../engine/side/side-call.ts'
import { Slots } from '../engine/slot-map.ts'
import type { StoredResponses } from '../engine/stored-responses.ts'
import { readBody } from './body.ts'
import { allowOrigin } from './cors.ts'
import { type GatewayRoute, gatewayRoute, presentedKey } from './gateway-routes.ts'
import { type GuardFacts, guard } from './guard.ts'
import { LanDoors, lanAddresses, namesOfThisMachine } from './lan.ts'
import { type ModelFactsForList, modelCount, modelEndpoints, modelList, oneModel, providerList } from './model-routes.ts'
import { refuseUpgrade, writeFailure, writeReply } from './reply.ts'

// Not imported, for an import would load more than this: see attempt/upstream.ts
const { createServer } = process.getBuiltinModule('node:http')

export interface ListenerStages {
  readonly serveChat: (incoming: Incoming) => Promise<Reply>
  readonly serveSideCall: (incoming: SideIncoming) => Promise<Reply>
  /** A chat request that was turned away at the door still gets its ledger row. */
  readonly turnedAway: (facts: Pick<Incoming, 'headers'> & { readonly dialect: Dialect }, failure: Failure) => void
  /** @throws Failure 'unauthenticated' */
  readonly authenticate: (presentedKey: string | undefined, dialect?: Dialect) => Caller | Promise<Caller>
  readonly responses: Pick<StoredResponses, 'get' | 'remove' | 'inputItems' | 'cancel'>
  readonly models: () => Promise<ModelFactsForList>
  readonly limits: () => { readonly bodyLimitBytes: number; readonly allowedOrigins: readonly string[] }
  /** Everything that is not the gateway's: the admin API, sign-in and the built renderer. */
  readonly workbench: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>
  /** The user has stopped the endpoint: tools are turned away, while the workbench lives on. */
  readonly isStopped: () => boolean
  /** The key that everybody knows: it opens nothing from other machines. */
  readonly demoKey: string
  /** Where doors to the user's own network are opened, in place of this machine's private addresses. */
  readonly lanAddresses?: (() => readonly string[]) | undefined
  /** A door to the user's own network was opened or closed. */
  readonly onLan: () => void
  readonly version: string
  readonly onInternal: (thrown: unknown) => void
}

export interface Listener {
  readonly address: string
  readonly port: number
  /** The port asked for belonged to someone else and the next free one was taken. */
  readonly portWasTaken: boolean
  /** Requests being answered right now. */
  readonly active: () => number
  /** Requests of tools being answered right now. */
  readonly serving: () => number
  /** Ends them; their clients are told. */
  readonly endServing: (because: Failure) => void
  /** Opens the endpoint to the user's own network, or closes it to it. */
  readonly setLan: (open: boolean) => Promise<void>
  /** Where tools on other machines reach it. */
  readonly lanAddresses: () => readonly string[]
  /** Stops accepting, tells running streams, and waits for them up to `graceMs`. */
  readonly close: (graceMs: number) => Promise<void>
}

/** The version of Ollama whose API is served; tools look at it before they use newer parts, such as thinking and tool names. */
const OLLAMA_VERSION = '0.12.0'
/** How many ports after the one asked for are tried. */
const PORTS_TRIED = 50

/** A request that is being answered. */
interface Running {
  readonly client: Departure
  /** A tool waits for it, not the workbench. */
  isServing: boolean
}

/** @throws the system's error when no port can be had, or `fixedPort` is taken */
export async function listen(stages: ListenerStages, options: { port: number; fixedPort: boolean }): Promise<Listener> {
  const running = new Slots<Running>()
  const startedAt = Math.floor(Date.now() / 1000)
  let port = options.port
  let door: GuardFacts = { port, usualHost: `127.0.0.1:${port}` }
  let closing = false

  const serve = (request: IncomingMessage, response: ServerResponse, lanAddress?: string): void => {
    const run: Running = { client: new Departure(), isServing: false }
    const place = running.add(run)
    response.on('close', () => {
      running.remove(place)
      if (!response.writableFinished) run.client.leave()
    })
    handle(request, response, run, lanAddress).catch((thrown: unknown) => {
      if (!(thrown instanceof Failure)) stages.onInternal(thrown)
      writeFailure(Failure.from(thrown), 'openai-chat', request, response)
    })
  }
  const server = createServer((request, response) => serve(request, response))
  server.keepAliveTimeout = 65_000
  server.requestTimeout = 0

  const handle = async (request: IncomingMessage, response: ServerResponse, run: Running, lanAddress: string | undefined): Promise<void> => {
    const { headers } = request
    const url = request.url ?? '/'
    const mark = url.indexOf('?')
    const path = mark < 0 ? url : url.slice(0, mark)
    const query = mark < 0 ? '' : url.slice(mark + 1)
    const matched = gatewayRoute(path, query, headers)
    const dialect = matched === undefined ? 'openai-chat' : dialectOf(matched.route)
    let hasRow = false
    try {
      const limits = stages.limits()
      // allowed pages may call the gateway; the workbench is for our own alone
      guard(
        headers as Incoming['headers'],
        lanAddress === undefined ? door : { port, usualHost: `${lanAddress}:${port}`, names: new Set([lanAddress, ...namesOfThisMachine()]) },
        matched === undefined ? [] : limits.allowedOrigins,
      )
      if (matched !== undefined && allowOrigin(request, response, port)) return
      if (lanAddress !== undefined) await authenticateStranger(matched, presentedKey(headers, query))
      if (matched === undefined) return await stages.workbench(request, response)
      if (stages.isStopped()) throw new Failure('stopped', STOPPED)
      run.isServing = true
      if (closing) throw new Failure('shutting-down', 'Switchyard is shutting down.', { retryAfterSeconds: 1 })
      const { route, methods } = matched
      if (route.is === 'unknown') throw new Failure('unknown-route', `There is no route ${request.method} ${path}.`)
      if (headers.upgrade !== undefined && route.is === 'chat' && request.method === 'GET') return refuseUpgrade(response)
      if (!methods.includes(request.method ?? '')) {
        response.setHeader('allow', methods.join(', '))
        throw new Failure('wrong-method', `${path} takes ${methods.join(' or ')}, not ${request.method}.`)
      }
      if (route.is === 'health') return json(response, { status: 'ok', version: stages.version })
      if (route.is === 'ollama-version') return json(response, { version: OLLAMA_VERSION })
      if (mayBeLarge(headers['content-length']) && readsBody(route)) await stages.authenticate(presentedKey(headers, query), dialect)
      if (route.is === 'show') return await show(request, response, query, limits.bodyLimitBytes)
      if (isAboutModels(route)) return await models(route, presentedKey(headers, query), query, response)
      if (route.is === 'stored-response') return await stored(route, request.method, query, presentedKey(headers, query), response)
      const body = await readBody(request, limits.bodyLimitBytes)
      const reply = await replyTo(route, body, headers as Incoming['headers'], query, run.client)
      hasRow = true
      const writing = writeReply(reply, response)
      if (writing !== undefined) await writing
    } catch (thrown) {
      if (!(thrown instanceof Failure)) stages.onInternal(thrown)
      const failure = Failure.from(thrown)
      if (!hasRow && (matched?.route.is === 'chat' || matched?.route.is === 'side-call'))
        stages.turnedAway({ dialect, headers: headers as Incoming['headers'] }, failure)
      writeFailure(failure, dialect, request, response)
    }
  }

  /** Through a door to the network only tools come in, and none without a key of its own. @throws Failure */
  const authenticateStranger = async (matched: ReturnType<typeof gatewayRoute>, key: string | undefined): Promise<void> => {
    if (matched === undefined) throw new Failure('forbidden', 'From other machines only the API for tools can be reached, not the workbench.')
    if (key === stages.demoKey)
      throw new Failure('unauthenticated', 'The public demo key opens nothing from other machines. Make a client key on the Connect screen.')
    // before a byte of a body is kept; most routes ask again by themselves
    await stages.authenticate(key, dialectOf(matched.route))
  }

  const models = async (route: ModelRoute, key: string | undefined, query: string, response: ServerResponse): Promise<void> => {
    const caller = await stages.authenticate(key, route.dialect)
    const all = await stages.models()
    const mayOpen = (endpoint: Endpoint): boolean => caller.opens === 'everything' || endpoint.simulated
    const facts = {
      ...all,
      endpoints: all.endpoints.filter(mayOpen),
      others: all.others.filter(mayOpen),
      hosts: (name: string) => all.hosts(name).filter(mayOpen),
    }
    json(response, answerAboutModels(route, facts, new URLSearchParams(query), startedAt))
  }

  const stored = async (
    { id, of }: Extract<GatewayRoute, { is: 'stored-response' }>,
    method: string | undefined,
    query: string,
    key: string | undefined,
    response: ServerResponse,
  ): Promise<void> => {
    const caller = await stages.authenticate(key)
    const { responses } = stages
    if (of === 'input-items') return json(response, await responses.inputItems(id, caller, new URLSearchParams(query)))
    if (of === 'cancel') return json(response, await responses.cancel(id, caller))
    json(response, await (method === 'DELETE' ? responses.remove(id, caller) : responses.get(id, caller)))
  }

  const show = async (request: IncomingMessage, response: ServerResponse, query: string, limitBytes: number): Promise<void> => {
    const body = parseBody(await readBody(request, limitBytes))
    const id = body.model ?? body.name
    if (typeof id !== 'string') throw new Failure('bad-request', 'model is missing: name the model to show.', { param: 'model' })
    await models({ is: 'models', dialect: 'ollama-chat', id }, presentedKey(request.headers, query), query, response)
  }

  const replyTo = (route: AskingRoute, body: Uint8Array, headers: Incoming['headers'], query: string, departure: Departure): Promise<Reply> => {
    const stream = route.is === 'chat' ? route.stream : undefined
    const facts = route.model === undefined && stream === undefined ? SAYS_NOTHING : said(route.model, stream)
    const key = presentedKey(headers, query)
    return route.is === 'chat'
      ? stages.serveChat({ body, dialect: route.dialect, framing: route.framing, route: facts, headers, presentedKey: key, source: 'proxy', departure })
      : stages.serveSideCall({ body, dialect: route.dialect, framing: 'sse', route: facts, headers, presentedKey: key, source: 'proxy', departure })
  }

  let tried = 0
  for (;;) {
    try {
      await bind(server, port)
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || options.fixedPort || ++tried >= PORTS_TRIED || port >= 65_535) throw error
      port++
    }
  }
  // the system may refuse a connection, for want of memory say, which is no reason to end those that stand
  server.on('error', stages.onInternal)
  port = (server.address() as AddressInfo).port
  door = { port, usualHost: `127.0.0.1:${port}` }
  const lan = new LanDoors({ serve, addresses: stages.lanAddresses ?? lanAddresses, onChange: stages.onLan })

  return {
    address: `http://127.0.0.1:${port}`,
    port,
    portWasTaken: tried > 0,
    active: () => running.size,
    serving: () => Array.from(running.values()).filter(({ isServing }) => isServing).length,
    endServing(because) {
      for (const { client, isServing } of running.values()) if (isServing) client.leave(because)
    },
    setLan: (open) => lan.set(open ? port : undefined),
    lanAddresses: () => lan.addresses,
    async close(graceMs) {
      closing = true
      const lanClosed = lan.set(undefined)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const cut = setTimeout(() => {
        for (const { client } of running.values()) client.leave(new Failure('shutting-down', 'Switchyard is shutting down.'))
        // in-band goodbyes are written within this turn; then nothing holds the sockets any more
        setTimeout(() => {
          server.closeAllConnections()
          lan.cut()
        }, 50)
      }, graceMs)
      await Promise.all([closed, lanClosed])
      clearTimeout(cut)
    },
  }
}

const STOPPED = 'Switchyard’s endpoint is stopped. Start it again in the Switchyard window: the address in its title bar, or the Connect screen.'

/** A request of up to so many bytes is read before its key is looked at: a stranger's, too, fills no memory with it. */
const SMALL_BODY_BYTES = 64 * 1024

/** A body in chunks does not say how long it will be. */
function mayBeLarge(contentLength: string | undefined): boolean {
  return !(Number(contentLength) <= SMALL_BODY_BYTES)
}

function readsBody(route: GatewayRoute): boolean {
  return route.is === 'chat' || route.is === 'side-call' || route.is === 'show'
}

/** Most URLs say nothing of model and streaming. */
const SAYS_NOTHING: RouteFacts = {}

function said(model: string | undefined, stream: boolean | undefined): RouteFacts {
  return { ...(model !== undefined && { model }), ...(stream !== undefined && { stream }) }
}

type AskingRoute = Extract<GatewayRoute, { is: 'chat' | 'side-call' }>
type ModelRoute = Extract<GatewayRoute, { is: 'models' | 'model-count' | 'model-endpoints' | 'model-details' | 'providers' }>

function isAboutModels(route: GatewayRoute): route is ModelRoute {
  return ['models', 'model-count', 'model-endpoints', 'model-details', 'providers'].includes(route.is)
}

function answerAboutModels(route: ModelRoute, facts: ModelFactsForList, query: URLSearchParams, createdAt: number): JsonObject {
  switch (route.is) {
    case 'models':
      return route.id === undefined ? modelList(facts, route.dialect, query, createdAt) : oneModel(facts, route.id, route.dialect, createdAt)
    case 'model-count':
      return modelCount(facts, query)
    case 'model-endpoints':
      return modelEndpoints(facts, route.id, createdAt)
    case 'model-details':
      return { data: oneModel(facts, route.id, route.dialect, createdAt) }
    case 'providers':
      return providerList(facts)
  }
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    // the backlog matters when a thousand clients connect at once
    server.listen({ port, host: '127.0.0.1', backlog: 4096 }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function dialectOf(route: GatewayRoute): Dialect {
  if (route.is === 'ollama-version') return 'ollama-chat'
  return route.is === 'health' ? 'openai-chat' : route.dialect
}

function json(response: ServerResponse, value: unknown): void {
  const text = JSON.stringify(value)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}
