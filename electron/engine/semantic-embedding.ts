/**
 * Which embedder the semantic tier uses, out of the settings: none (words alone), a model on this machine, or one of the user's own behind any provider,
 * asked through the same plan, keys, failover and ledger as every client's.
 */
import { join } from 'node:path'
import { followingRedirects } from './attempt/redirects.ts'
import { type Embedder, EmbedderError } from './cache/semantic/embedders/embedder.ts'
import { endpointEmbedder } from './cache/semantic/embedders/endpoint.ts'
import { localEmbedder } from './cache/semantic/embedders/local.ts'
import { type LocalModels, localModels } from './cache/semantic/embedders/local-models.ts'
import { HUB, MODELS, type ModelOffer } from './cache/semantic/embedders/models.ts'
import type { EmbeddingOptions } from './cache/semantic/semantic.ts'
import { semanticThread } from './cache/semantic/worker/thread.ts'
import { Departure } from './departure.ts'
import { LatelyEmbedded } from './lately-embedded.ts'
import type { Stages } from './pipeline.ts'
import { arrayOf, objectOf, parseJson } from './protocols/json.ts'
import type { Caller } from './request.ts'
import { readEmbeddings } from './side/embed.ts'
import { type SideIncoming, serveSideCall } from './side/side-call.ts'

/** Where local models come from; tests have a hub and models of their own. */
export interface ModelHub {
  readonly url: string
  readonly offers: readonly ModelOffer[]
}

export interface EmbeddingFacts {
  readonly dataDir: string
  readonly hub: ModelHub | undefined
  readonly stages: () => Stages
  readonly now: () => number
  /** Told once in a while, not once a text. */
  readonly onFailure: (error: Error) => void
  /** What `models` tells is different now. */
  readonly onModels: () => void
  /** A local model that was agreed to has come, and is to be used. */
  readonly onModelReady: (id: string) => void
}

/** Where matches begin to be worth a look for a model that nobody here has measured; evidence decides. */
const LEAST_SIMILARITY = 0.9
/** After a failure nothing is asked for so long. */
const REST_MS = 30_000

const CALLER: Caller = { id: 'semantic-cache', name: 'Semantic cache', opens: 'everything' }

export interface Embedding {
  /** undefined: words alone, also while a local model is not here. */
  readonly of: (setting: string) => Omit<EmbeddingOptions, 'onVector'> | undefined
  readonly models: LocalModels
  /** What an embedder has made of a text lately, for whomever. */
  readonly known: (embedder: string, text: string) => Float32Array | undefined
  /** Whether it runs in this process; otherwise the setting names an endpoint. */
  readonly runsHere: (setting: string) => boolean
  readonly close: () => Promise<void>
}

export function embedding({ dataDir, hub = { url: HUB, offers: MODELS }, stages, now, onFailure, onModels, onModelReady }: EmbeddingFacts): Embedding {
  const models = localModels({
    folder: join(dataDir, 'embedders'),
    hub: hub.url,
    offers: hub.offers,
    // the way that calls to providers go: through the user's proxy, trusting the user's CA file
    send: followingRedirects((request, departure) => stages().send(request, departure)),
    now,
    onChange: onModels,
    onReady: onModelReady,
  })
  const thread = semanticThread()
  const made = new Map<string, Omit<EmbeddingOptions, 'onVector'>>()
  const lately = new LatelyEmbedded()

  const make = (setting: string): Omit<EmbeddingOptions, 'onVector'> => {
    const offer = models.offer(setting)
    const embedder =
      offer === undefined ? endpointEmbedder(setting, (texts, signal) => asked(setting, texts, signal, stages())) : localEmbedder(offer, { thread, models })
    return {
      embedder: lately.remembering(resting(embedder, now)),
      vectors: thread,
      leastSimilarity: offer?.leastSimilarity ?? LEAST_SIMILARITY,
      onFailure: seldom(onFailure, now),
    }
  }

  return {
    of(setting) {
      if (setting === '') return undefined
      const offer = models.offer(setting)
      if (offer !== undefined && !models.isReady(offer)) {
        // it has gone, or was never here: its memory is free for what comes next
        if (made.delete(setting)) thread.unloadModel()
        return undefined
      }
      const known = made.get(setting) ?? make(setting)
      made.set(setting, known)
      return known
    },
    models,
    known: (embedder, text) => lately.known(embedder, text),
    runsHere: (setting) => models.offer(setting) !== undefined,
    async close() {
      await models.close()
      await thread.close()
    },
  }
}

/** One call of `/v1/embeddings`, from within. @throws EmbedderError */
async function asked(model: string, texts: readonly string[], signal: AbortSignal | undefined, stages: Stages): Promise<readonly (readonly number[])[]> {
  const incoming: SideIncoming = {
    dialect: 'openai-embeddings',
    body: Buffer.from(JSON.stringify({ model, input: texts })),
    route: {},
    headers: {},
    presentedKey: undefined,
    source: 'cache-embedding',
    departure: signal === undefined ? new Departure() : Departure.of(signal),
    framing: 'sse',
  }
  const reply = await serveSideCall(incoming, { ...stages, authenticate: () => CALLER }, readEmbeddings)
  const body = objectOf(parseJson(typeof reply.body === 'string' ? reply.body : Buffer.from(reply.body as Uint8Array).toString('utf8')))
  if (reply.status !== 200) throw new EmbedderError(`${model}: ${String(objectOf(body?.error)?.message ?? reply.status)}`)
  return arrayOf(body?.data).map((entry) => arrayOf(objectOf(entry)?.embedding).map(Number))
}

/** After a failure an embedder is left alone for a while: each look-up would wait for the same failure again. */
function resting(embedder: Embedder, now: () => number): Embedder {
  let until = 0
  return {
    id: embedder.id,
    async embed(texts, signal) {
      if (now() < until) throw new EmbedderError(`${embedder.id} has failed and is left alone for a while`)
      try {
        return await embedder.embed(texts, signal)
      } catch (thrown) {
        // that somebody did not wait is no failure of the embedder
        if (signal?.aborted !== true) until = now() + REST_MS
        throw thrown
      }
    },
  }
}

function seldom(tell: (error: Error) => void, now: () => number): (error: Error) => void {
  let next = 0
  return (error) => {
    if (now() < next) return
    next = now() + REST_MS
    tell(error)
  }
}
