/** The response cache: its entries, the exact tier, the semantic tier, and the embedder that the latter may use. */
import type { Settings } from '../../shared/settings.ts'
import { ExactCache, type ResponseCacheFacts } from '../engine/cache/exact.ts'
import type { EvidenceRows } from '../engine/cache/semantic/evidence.ts'
import { type SemanticTier, semanticTierOver } from '../engine/cache/semantic-tier.ts'
import { CacheStore } from '../engine/cache/store.ts'
import { hitChecker } from '../engine/check-hits.ts'
import type { Stages } from '../engine/pipeline.ts'
import { type Embedding, embedding, type ModelHub } from '../engine/semantic-embedding.ts'
import type { Storage } from '../engine/storage/storage.ts'
import type { Log } from '../log.ts'

export interface ResponseCacheOptions extends Pick<ResponseCacheFacts, 'resolve' | 'price'> {
  readonly dataDir: string
  readonly storage: Storage
  readonly settings: () => Settings
  readonly stages: () => Stages
  /** Entries have come or gone. */
  readonly onChange: () => void
  /** In place of huggingface.co and the models known there. */
  readonly modelHub: ModelHub | undefined
  /** What is told of local models is different now. */
  readonly onModels: () => void
  /** A local model that was agreed to has come, and is to be used. */
  readonly onModelReady: (id: string) => void
  readonly log: Log
  readonly now: () => number
  readonly onError: (error: Error) => void
}

export interface ResponseCache {
  readonly cache: ExactCache
  readonly store: CacheStore
  readonly semantic: SemanticTier
  readonly embedders: Embedding
  /** Lets nobody in any more. Call it before the ledger ends. */
  readonly close: () => Promise<void>
}

/** Under which what the semantic tier has learned is kept. */
const EVIDENCE = 'evidence'

/** Begins to load what earlier runs have kept. */
export function createResponseCache({ storage, settings, stages, resolve, price, onChange, log, now, onError, ...rest }: ResponseCacheOptions): ResponseCache {
  const embedders = embedding({
    dataDir: rest.dataDir,
    hub: rest.modelHub,
    onModels: rest.onModels,
    onModelReady: rest.onModelReady,
    stages,
    now,
    onFailure: (error) => log.warn({ err: error }, 'the embedder of the semantic cache failed'),
  })
  const semantic = semanticTierOver({
    targetErrorRate: () => settings().cache.targetErrorRate,
    checkOneIn: () => settings().cache.checkOneIn,
    embedding: () => embedders.of(settings().cache.embedder),
    onVector: (key, embedder, vector) => void storage.cache.cacheVector(key, embedder, vector).catch(onError),
    vectors: async (embedder) => new Map((await storage.cache.cacheVectors(embedder)).map(({ key, vector }) => [key, vector])),
    evidence: async () => {
      const text = await storage.cache.cacheFact(EVIDENCE)
      return text === undefined ? undefined : (JSON.parse(text) as EvidenceRows)
    },
    onLearned: (evidence) => void storage.cache.cacheSetFact(EVIDENCE, JSON.stringify(evidence)).catch(onError),
  })
  const store = new CacheStore({
    storage: storage.cache,
    settings: () => settings().cache,
    now,
    onError,
    onChange,
    onAdded: ({ key, question: text, scope, fingerprint }) => {
      if (text !== '') semantic.added(key, { text, scope, fingerprint })
    },
    onRemoved: semantic.removed,
    onLearned: semantic.learn,
  })
  const cache = new ExactCache({
    store,
    settings,
    resolve,
    price,
    semantic,
    now,
    onHit: hitChecker({ stages, settings: () => settings().cache, store, semantic, random: Math.random }),
    onError,
  })
  void store.load()
  return {
    cache,
    store,
    semantic,
    embedders,
    close: async () => {
      cache.close()
      await embedders.close()
    },
  }
}
