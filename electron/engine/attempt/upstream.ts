/**
 * Calls providers over real connections with keep-alive. Two ways, held to one test: `node:http` from the start, and undici once it is loaded. Undici
 * spends half of node:http's CPU on a request, but takes longer to load than all the rest of the engine, so that the first requests do not wait for it.
 */
import { nodeHttpClient } from './node-http-client.ts'
import type { Client, ClientOptions } from './send.ts'

export interface Upstream extends Client {
  /** Goes over to the lighter client. */
  readonly lighten: () => Promise<void>
}

export function createUpstream(options: ClientOptions): Upstream {
  const first = nodeHttpClient(options)
  let client: Client = first
  let lightening: Promise<void> | undefined
  return {
    send: (request, departure) => client.send(request, departure),
    async lighten() {
      lightening ??= import('./undici-client.ts').then(({ undiciClient }) => {
        client = undiciClient(options)
      })
      await lightening
    },
    close() {
      first.close()
      if (client !== first) client.close()
    },
  }
}
