import { z } from 'zod'
import { AUTO_PRESETS, TASKS, TIERS } from './auto.ts'

/** All settings, with their defaults. The file `settings.json` in the data folder holds what differs. Bytes and milliseconds in the names. */
export const customProvider = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,38}$/),
  name: z.string().min(1).max(60),
  baseUrl: z.url({ protocol: /^https?$/ }).max(500),
  needsKey: z.boolean(),
  /** The user said yes to an address inside a private network; without that such an address is not called. */
  inPrivateNetwork: z.boolean().optional(),
})

const share = z.number().min(0).max(1)
const modelPatterns = z.array(z.string().trim().min(1).max(300)).max(200)

/** Automatic routing, `switchyard/auto`. */
const autoSettings = z.object({
  /** 0 the cheapest that is of use, 1 the best at any price. */
  slider: share.default(AUTO_PRESETS.balanced),
  /** Empty for all. */
  allowed: modelPatterns.default([]),
  excluded: modelPatterns.default([]),
  /** Where requests may be processed; absent: anywhere. A provider that does not say where is out then. */
  regions: z
    .array(z.enum(['local', 'eu', 'us', 'cn']))
    .min(1)
    .optional(),
  /** 'not-kept': only providers that say they neither train on requests nor keep them, and local servers. */
  dataPolicy: z.enum(['any', 'not-kept', 'this-machine']).default('any'),
  /** Stay with a conversation's model while it fits. */
  sticky: z.boolean().default(true),
  /** Names of the user's own that choose between two models. */
  pairs: z
    .record(z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/), z.object({ strong: z.string().min(1).max(300), cheap: z.string().min(1).max(300) }))
    .default({}),
  /** What differs for single client keys, by their id. */
  clients: z
    .record(z.string().max(100), z.object({ slider: share.optional(), allowed: modelPatterns.optional(), excluded: modelPatterns.optional() }))
    .default({}),
  /** Tiers of single models, over the rules. */
  tiers: z.record(z.string().max(300), z.enum(TIERS)).default({}),
  /** Shares of good answers by task and tier, over the shipped table. */
  qualities: z.partialRecord(z.enum(TASKS), z.partialRecord(z.enum(TIERS), z.number().min(0.01).max(0.99))).default({}),
})

export const settingsSchema = z.object({
  /** 'auto': the keychain where it works, otherwise nothing until the user has chosen. */
  vault: z.enum(['auto', 'keychain', 'file', 'environment', 'memory']).default('auto'),
  customProviders: z.array(customProvider).max(200).default([]),
  /** Base URLs that take the place of a provider's own, by provider id: a company's relay, a server on another port. */
  baseUrls: z.record(z.string(), z.url({ protocol: /^https?$/ })).default({}),
  /** Browser origins besides our own that may call the endpoint; tools outside a browser send none. */
  allowedOrigins: z.array(z.string().max(300)).max(100).default([]),
  /** What the inspector keeps of each exchange. */
  capture: z.enum(['all', 'errors', 'none']).default('all'),
  captureLimitBytes: z.number().int().min(1024).max(16_777_216).default(65_536),
  /** Exchanges kept; the oldest go first. Rows of the ledger stay. */
  captureKeep: z.number().int().min(0).max(1_000_000).default(5_000),
  bodyLimitBytes: z
    .number()
    .int()
    .min(1024)
    .max(1_073_741_824)
    .default(25 * 1024 * 1024),
  /**
   * Whether answers to clients of OpenAI's Responses are kept, so that they can go on by `previous_response_id`, and for how long. This is apart from
   * `capture`: without it such clients do not work. Clients that say `store: false` leave nothing here.
   */
  responses: z
    .object({
      store: z.boolean().default(true),
      keepDays: z.number().int().min(1).max(3_650).default(30),
    })
    .prefault({}),
  demoKey: z.boolean().default(true),
  timeouts: z
    .object({
      connectMs: z.number().int().min(100).default(10_000),
      /** Until the first content; reasoning models think long before they speak. */
      firstEventMs: z.number().int().min(100).default(300_000),
      silenceMs: z.number().int().min(100).default(120_000),
      wholeMs: z.number().int().min(100).default(1_800_000),
      /** In place of the two above for models that think before they speak, and for requests that ask a model to. */
      reasoningFirstEventMs: z.number().int().min(100).default(900_000),
      reasoningSilenceMs: z.number().int().min(100).default(300_000),
    })
    .prefault({}),
  attempts: z
    .object({
      /** Upstream calls one request may cause. */
      most: z.number().int().min(1).max(50).default(6),
      /** No new attempt is started later than this after the request came in. */
      startWithinMs: z.number().int().min(0).default(60_000),
      /** So long in all a request waits for places that rest, and between two tries of one place. */
      waitMs: z.number().int().min(0).max(600_000).default(15_000),
      /** The first wait before the same place is tried again; each further one is twice as long. */
      backoffMs: z.number().int().min(0).max(60_000).default(500),
      /** What one request may cost with all its attempts, reckoned before each; null: no limit. */
      mostUsd: z.number().positive().nullable().default(null),
    })
    .prefault({}),
  routing: z
    .object({
      /** Servers on this machine come before all others that can serve a request. */
      localFirst: z.boolean().default(false),
      /** Whether a request that one provider refuses for its content goes to the next. */
      afterContentPolicy: z.boolean().default(false),
      /** Starts a second candidate when the first is slower than it is 19 times out of 20. The loser is cancelled, and may cost. */
      hedge: z.boolean().default(false),
      /** So many failures in a row, or half of its calls, and a place gets a rest; 0: none ever rests. */
      failuresInARow: z.number().int().min(0).max(1_000).default(5),
      /** So long after its last turn a conversation stays with its host, where the provider's own cache says nothing else. */
      stickyMs: z.number().int().min(0).max(86_400_000).default(600_000),
      /** By id of a provider key. */
      keyLimits: z
        .record(
          z.string(),
          z.object({
            weight: z.number().positive().max(1_000).optional(),
            rpm: z.number().int().positive().optional(),
            tpm: z.number().int().positive().optional(),
            concurrency: z.number().int().positive().optional(),
          }),
        )
        .default({}),
      /** What your contracts say, by provider: only those are used for `data_collection: deny` and `zdr`. Servers on this machine always are. */
      dataPolicies: z.record(z.string(), z.object({ keepsNothing: z.boolean().default(false), learnsNothing: z.boolean().default(false) })).default({}),
    })
    .prefault({}),
  /**
   * Whether files that a prompt names by their address may be fetched from this machine and its network too, for providers that take bytes alone. A
   * prompt may come from anywhere, so only for networks that hold nothing of value behind an address alone.
   */
  fetchFromPrivateNetworks: z.boolean().default(false),
  /** After this long without a piece a translated stream shows that it lives, in dialects whose clients take that; 0 for never. */
  keepAliveMs: z.number().int().min(0).max(3_600_000).default(15_000),
  debug: z
    .object({
      /** Holds every translated stream to its dialect's grammar; a breach goes into the log and changes no answer. */
      checkStreams: z.boolean().default(false),
    })
    .prefault({}),
  auto: autoSettings.prefault({}),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
})

export type Settings = z.infer<typeof settingsSchema>
/** As the file may have it: what is left out is at its default. */
export type SettingsInput = z.input<typeof settingsSchema>
export type CustomProvider = z.infer<typeof customProvider>
