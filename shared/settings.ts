import { z } from 'zod'

/** All settings, with their defaults. The file `settings.json` in the data folder holds what differs. Bytes and milliseconds in the names. */
export const customProvider = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,38}$/),
  name: z.string().min(1).max(60),
  baseUrl: z.url({ protocol: /^https?$/ }).max(500),
  needsKey: z.boolean(),
  /** The user said yes to an address inside a private network; without that such an address is not called. */
  inPrivateNetwork: z.boolean().optional(),
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
    })
    .prefault({}),
  attempts: z
    .object({
      /** Upstream calls one request may cause. */
      most: z.number().int().min(1).max(50).default(6),
      /** No new attempt is started later than this after the request came in. */
      startWithinMs: z.number().int().min(0).default(60_000),
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
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Of the workbench; 'system' takes the first language of the machine that there are texts for. */
  language: z.enum(['system', 'en', 'de']).default('system'),
})

export type Settings = z.infer<typeof settingsSchema>
export type CustomProvider = z.infer<typeof customProvider>
