import { z } from 'zod'
import { answerCheck } from './answer-check.ts'
import { AUTO_PRESETS, TASKS, TIERS } from './auto.ts'
import { networkSettings } from './network.ts'
import { USUAL_PRICE_LIST } from './price-list.ts'

/** The one name of this form that every object has is left out: tables are looked up by ids. */
export const PROVIDER_ID = /^(?!constructor$)[a-z0-9][a-z0-9-]{0,38}$/

/** All settings, with their defaults. The file `settings.json` in the data folder holds what differs. Bytes and milliseconds in the names. */
export const customProvider = z.object({
  id: z.string().regex(PROVIDER_ID),
  name: z.string().min(1).max(60),
  baseUrl: z.url({ protocol: /^https?$/ }).max(500),
  needsKey: z.boolean(),
  /** The user said yes to an address inside a private network; without that such an address is not called. */
  inPrivateNetwork: z.boolean().optional(),
})

/** What the user's contract with a provider says. */
export const providerContract = z.object({
  keepsNothing: z.boolean().default(false),
  learnsNothing: z.boolean().default(false),
  /** For oneself: which contract that is. */
  note: z.string().trim().max(500).optional(),
})

const share = z.number().min(0).max(1)

/** USD in a local day and in a local month; absent: no limit. */
const budgetLimits = z.object({ day: z.number().nonnegative().max(1_000_000).optional(), month: z.number().nonnegative().max(1_000_000).optional() })
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
  /** Judgements are compared by meaning too, with the embedder of the response cache, as far as data may be sent to it. */
  embeds: z.boolean().default(false),
  /** Which signs of good and bad answers are learned from without being asked. Votes and clicks of the user's own always are. */
  learns: z
    .object({
      /** The same thing asked again soon, here or by 'regenerate'. */
      reAsked: z.boolean().default(true),
      /** The same turn asked anew in other words. */
      edited: z.boolean().default(true),
      /** The conversation went on to other things: a weak sign of a good answer, a tenth of a vote. */
      wentOn: z.boolean().default(true),
      /** A cached answer that was called wrong. */
      wrong: z.boolean().default(true),
      /** Results of checks in matrix runs. */
      checks: z.boolean().default(true),
    })
    .prefault({}),
  /** Asks a cheap model first, checks its answer, and goes up where the check fails. Every try is paid for. */
  escalation: z
    .object({
      enabled: z.boolean().default(false),
      /** Tries of one request, the first among them. */
      mostTries: z.number().int().min(2).max(4).default(2),
      /** Answers that decline to answer are not good enough. */
      refusals: z.boolean().default(true),
      /** The user's own tests, by checks as in a matrix. */
      tests: z.array(answerCheck).max(20).default([]),
      /** Further answers of the cheap model that have to agree with its first; 0 for none. */
      samples: z.number().int().min(0).max(4).default(0),
      /** Share of words that answers must have in common to agree, if they are not the same. */
      agreement: share.default(0.5),
      /** A model that is asked whether the answer is good; absent: none. */
      verifier: z.string().min(1).max(300).optional(),
    })
    .prefault({}),
  /** Shares of good answers by task and tier, over the shipped table. */
  qualities: z.partialRecord(z.enum(TASKS), z.partialRecord(z.enum(TIERS), z.number().min(0.01).max(0.99))).default({}),
})

export const settingsSchema = z.object({
  /** 'auto': the keychain where it works, otherwise nothing until the user has chosen. */
  vault: z.enum(['auto', 'keychain', 'file', 'environment', 'memory']).default('auto'),
  customProviders: z.array(customProvider).max(200).default([]),
  /** Base URLs that take the place of a provider's own, by provider id: a company's relay, a server on another port. */
  baseUrls: z.record(z.string(), z.url({ protocol: /^https?$/ })).default({}),
  /** Providers whose base URL above may lead into a private network; without that such an address is not called. */
  privateBaseUrls: z.array(z.string().max(100)).max(200).default([]),
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
  /** Whether tools on other machines of the user's own network reach the endpoint too, by a client key. It is plain HTTP. */
  lan: z.boolean().default(false),
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
      /** What your contracts say, by provider, in place of what the provider documents; `data_collection: deny` and `zdr` go by it. Servers on this machine always fit. */
      dataPolicies: z.record(z.string(), providerContract).default({}),
    })
    .prefault({}),
  /** What may be spent. The most a request may cost is set aside before it is sent; one that goes beyond what is left is refused. */
  budgets: z
    .object({
      overall: budgetLimits.prefault({}),
      /** By id of a client key. */
      clients: z.record(z.string().max(100), budgetLimits).default({}),
      /** Requests to models without a known price, under a budget: they count nothing, so no budget can be held over them. */
      unpriced: z.enum(['refuse', 'let-through']).default('refuse'),
    })
    .prefault({}),
  /** The response cache: whole answers given again. Prompt caches, which providers keep, are apart from it. */
  cache: z
    .object({
      /** Whose requests use it: those that ask (`X-OpenRouter-Cache: true`), or everybody's. Client keys may differ, see `clients`. */
      use: z.enum(['asked', 'everyone']).default('asked'),
      /** By client key: never; when asked; always, equal requests alone; always, and questions that mean the same. */
      clients: z.record(z.string().max(100), z.enum(['off', 'asked', 'exact', 'semantic'])).default({}),
      /** Whether a client key is answered from its own entries alone. */
      share: z.enum(['client', 'everyone']).default('client'),
      ttlSeconds: z.number().int().min(1).max(31_536_000).default(86_400),
      mostEntries: z.number().int().min(1).max(200_000).default(10_000),
      mostBytes: z
        .number()
        .int()
        .min(65_536)
        .max(17_179_869_184)
        .default(256 * 1024 * 1024),
      /** Whether answers that would come out differently each time are kept: 'zero' keeps those to requests that say `temperature: 0` alone. */
      temperature: z.enum(['any', 'zero']).default('any'),
      /** Whether requests that fix a `seed` use it. */
      seed: z.enum(['any', 'none']).default('any'),
      /** Requests with tools: not at all; answers without a call alone; all. */
      tools: z.enum(['never', 'no-calls', 'all']).default('no-calls'),
      /** How a hit is streamed: at once, in the time the answer took when it was made, or like typing. */
      pace: z.enum(['at-once', 'recorded', 'typed']).default('at-once'),
      typedCharactersPerSecond: z.number().int().min(10).max(100_000).default(400),
      /** One in so many hits is asked again and compared, which costs what the call costs; 0 for never. */
      checkOneIn: z.number().int().min(0).max(1_000_000).default(0),
      /**
       * What proposes questions that may mean the same: '' for words alone, 'all-minilm-l6-v2' or 'bge-small-en-v1.5' for a model on this machine (words
       * alone until it was agreed to and has come, see `embedders.download`), or any embedding model as `provider/model`, which is asked once for each question.
       */
      embedder: z.string().max(300).default(''),
      /** Whether another snapshot of a model answers questions in other words too: 'family' takes `gpt-4o-2024-08-06` and `gpt-4o` for one. */
      semanticModel: z.enum(['exact', 'family']).default('exact'),
      /** A wrong answer in so many hits is borne by the semantic tier: 0.02 is one in fifty. */
      targetErrorRate: z.number().min(0.0001).max(0.2).default(0.02),
    })
    .prefault({}),
  /** What providers keep of the beginning of a conversation. */
  promptCache: z
    .object({
      /** Whether prompts for Claude that hold no mark of their client are marked, wherever it is served: never, where another turn is likely, wherever they are long enough. */
      anthropic: z.enum(['off', 'safe', 'aggressive']).default('off'),
      /** The same for OpenAI's models that take explicit marks, GPT-5.6 and later. */
      openai: z.enum(['off', 'safe', 'aggressive']).default('off'),
    })
    .prefault({}),
  /** Equal requests at the same time become one call of the provider. */
  merging: z
    .object({
      /** 'temperature-0': those that say so; requests that use the response cache are merged unless this is 'never'. */
      when: z.enum(['never', 'temperature-0', 'always']).default('temperature-0'),
      /** A client that was cut off gets the running or just finished answer when it asks again within this time. */
      rejoinMs: z.number().int().min(0).max(600_000).default(10_000),
      /** How long a call goes on after the last client has left, so that it can be rejoined. It is paid for. */
      keepRunningMs: z.number().int().min(0).max(600_000).default(0),
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
  /** Own keys for actions of the frame, such as `palette: 'Mod+P'`; '' for none. What is not here has its first key. */
  shortcuts: z.record(z.string().max(60), z.string().max(40)).default({}),
  /** Where fresher prices may be fetched, and whether once a day by itself. By hand it is always possible. */
  catalog: z
    .object({
      refresh: z.enum(['off', 'daily']).default('off'),
      priceList: z
        .url({ protocol: /^https?$/ })
        .max(500)
        .default(USUAL_PRICE_LIST),
    })
    .prefault({}),
  /**
   * Whether newer versions are looked for by themselves, and where: an electron-builder's `latest.yml`, or GitHub's `releases/latest` of a repository. '' for
   * nowhere, as builds are that were published nowhere.
   */
  updates: z
    .object({
      check: z.enum(['off', 'daily']).default('off'),
      feed: z
        .url({ protocol: /^https?$/ })
        .max(500)
        .or(z.literal(''))
        .default(''),
    })
    .prefault({}),
  /** How calls to providers leave this machine. Set by routes of its own, which check it; the proxy's password is with the keys. */
  network: networkSettings.prefault({}),
  auto: autoSettings.prefault({}),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** 'more' whatever the machine says; 'system' follows it. */
  contrast: z.enum(['system', 'more']).default('system'),
  /** Of the workbench; 'system' takes the first language of the machine that there are texts for. */
  language: z.enum(['system', 'en', 'de']).default('system'),
})

export type Settings = z.infer<typeof settingsSchema>
/** As the file may have it: what is left out is at its default. */
export type SettingsInput = z.input<typeof settingsSchema>
export type BudgetLimits = z.infer<typeof budgetLimits>
export type BudgetSettings = Settings['budgets']
export type ProviderContract = z.infer<typeof providerContract>
export type CustomProvider = z.infer<typeof customProvider>
