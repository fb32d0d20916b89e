/** Servers on this machine (Ollama, LM Studio, the user's own): asked live whether they run and which models they hold. */

import { readAll } from '../attempt/pulled-body.ts'
import type { Send } from '../attempt/send.ts'
import { Departure } from '../departure.ts'
import type { ProviderDefinition } from '../providers/define.ts'
import type { Catalog } from './catalog.ts'
import { readModelList, readOllamaTags } from './local.ts'

/** A server on loopback answers at once or not at all. */
const ANSWER_LIMIT_MS = 2_000
const BODY_LIMIT_BYTES = 16 * 1024 * 1024

export class LocalServers {
  readonly #catalog: Catalog
  readonly #send: Send
  readonly #baseUrl: (provider: ProviderDefinition) => string | undefined
  readonly #running = new Map<string, boolean>()

  constructor(catalog: Catalog, send: Send, baseUrl: (provider: ProviderDefinition) => string | undefined) {
    this.#catalog = catalog
    this.#send = send
    this.#baseUrl = baseUrl
  }

  /** undefined: not asked yet, or no local server. */
  isRunning(provider: string): boolean | undefined {
    return this.#running.get(provider)
  }

  /** Asks all of them at once. Returns whether anything changed. Never rejects: no answer means not running. */
  async probe(providers: Iterable<ProviderDefinition>): Promise<boolean> {
    const before = JSON.stringify([...this.#running])
    await Promise.all([...providers].filter((provider) => provider.runsLocally && provider.simulated !== true).map((provider) => this.#ask(provider)))
    return before !== JSON.stringify([...this.#running])
  }

  async #ask(provider: ProviderDefinition): Promise<void> {
    const baseUrl = this.#baseUrl(provider)
    if (baseUrl === undefined) return
    const isOllama = provider.protocol === 'ollama-chat'
    const read = isOllama ? readOllamaTags : readModelList
    try {
      const response = await this.#send(
        {
          ...{ method: 'GET', url: baseUrl + (isOllama ? '/api/tags' : '/models'), headers: { accept: 'application/json' }, body: undefined },
          ...(provider.within !== undefined && { within: provider.within }),
        },
        Departure.of(AbortSignal.timeout(ANSWER_LIMIT_MS)),
      )
      const text = (await readAll(response.body, BODY_LIMIT_BYTES)).toString('utf8')
      const models = response.status === 200 ? read(JSON.parse(text)) : undefined
      // a server that wants a key first is running all the same; a page or an unknown list is a stranger on that port
      this.#running.set(provider.id, models !== undefined || response.status === 401 || response.status === 403)
      this.#catalog.setModels(provider.id, models ?? [])
    } catch {
      // refused, silent or not JSON: for the user it is not running
      this.#running.set(provider.id, false)
      this.#catalog.setModels(provider.id, [])
    }
  }
}
