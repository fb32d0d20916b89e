/**
 * The user's own routing as one file, `routing.json` in the data folder, and one form: names of their own, presets, rules, fallbacks by cause, splits and
 * shadow runs. Everything has a default, so that the smallest file is `{"version": 1}`.
 */

import { z } from 'zod'
import { INPUT_HINTS } from './messages/input.ts'

export const ROUTING_CONFIG_VERSION = 1

/** What can stand behind `@preset/` and as a model's name of one's own; no slash, so that it is never taken for `provider/model`. */
const slug = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, INPUT_HINTS.slug)
const model = z.string().trim().min(1, INPUT_HINTS['name-model']).max(300)
/** `*` stands for any characters: `openai/*`, `*sonnet*`. */
const pattern = z.string().trim().min(1).max(300)
const usd = z.number().nonnegative().finite()
const share = z.number().min(0).max(1)

/** `provider` of OpenRouter's request body; read by the same code as a client's own, so a wrong field is told the same way. */
const preferences = z.record(z.string().max(60), z.json())

const cacheWish = z.strictObject({
  enabled: z.boolean(),
  ttlSeconds: z.number().int().min(1).max(31_536_000).optional(),
  semantic: z.boolean().optional(),
})

export const aliasSchema = z.strictObject({
  models: z
    .array(z.strictObject({ model, weight: z.number().positive().max(1_000).optional() }))
    .min(1, INPUT_HINTS['one-model'])
    .max(20),
  /** 'in-order': the first that works. 'weighted': one drawn by weight, the others as fallbacks. 'auto': automatic routing chooses among them. */
  balance: z.enum(['in-order', 'weighted', 'auto']).default('in-order'),
  /** What a preset or a rule says of the response cache counts more. */
  cache: cacheWish.optional(),
  note: z.string().max(300).optional(),
})

export const presetSchema = z.strictObject({
  /** Absent: the model that the client names beside it (`model@preset/x`), or none, which is an error. */
  models: z.array(model).max(20).default([]),
  /** By the names of OpenAI's chat completions; carried to the other dialects as far as they have them. */
  parameters: z
    .strictObject({
      temperature: z.number().min(0).max(2).optional(),
      top_p: z.number().min(0).max(1).optional(),
      max_tokens: z.number().int().min(1).max(10_000_000).optional(),
      seed: z.number().int().optional(),
      stop: z.array(z.string().max(500)).max(16).optional(),
      reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']).optional(),
    })
    .default({}),
  /** Whether the preset's parameters hold against the client's own. */
  overrides: z.boolean().default(false),
  system: z.string().max(200_000).optional(),
  /** 'before': in front of the client's own. 'missing': only where the client has none. 'instead': in its place. */
  systemPlace: z.enum(['before', 'missing', 'instead']).default('before'),
  provider: preferences.optional(),
  cache: cacheWish.optional(),
  note: z.string().max(300).optional(),
})

/** All that is given has to hold. A list holds when one of its entries does. */
export const conditionSchema = z.strictObject({
  /** Ids or names of client keys. */
  clients: z.array(z.string().min(1).max(100)).max(50).optional(),
  models: z.array(pattern).max(50).optional(),
  dialects: z.array(z.string().min(1).max(60)).max(20).optional(),
  /** `metadata` of the request, or `x-switchyard-tags: team=search,env=dev`. `*` takes any value. */
  tags: z.record(z.string().max(100), z.string().max(200)).optional(),
  /** Reckoned tokens of the input. */
  inputTokens: z.strictObject({ min: z.number().int().nonnegative().optional(), max: z.number().int().nonnegative().optional() }).optional(),
  tools: z.enum(['none', 'some']).optional(),
  /** All of these are needed: vision, audio, documents, json-schema, reasoning, tools. */
  needs: z
    .array(z.enum(['tools', 'vision', 'json-schema', 'reasoning', 'audio', 'documents']))
    .max(6)
    .optional(),
  stream: z.boolean().optional(),
  /** Whole hours of the local day, `from` in and `to` out; over midnight where `from` is the larger. */
  hours: z.strictObject({ from: z.number().int().min(0).max(23), to: z.number().int().min(0).max(24) }).optional(),
  /** 1 is Monday, 7 Sunday. */
  weekdays: z.array(z.number().int().min(1).max(7)).max(7).optional(),
  /** USD that the request would cost at least at the model asked for, by its input. */
  estimatedUsd: z.strictObject({ min: usd.optional(), max: usd.optional() }).optional(),
  /** USD spent today, by everyone. */
  spentTodayUsd: z.strictObject({ min: usd.optional(), max: usd.optional() }).optional(),
  /** USD left of the client's budgets (`budgets` in the settings), of the tightest of them; holds for no client without one. */
  budgetLeftUsd: z.strictObject({ min: usd.optional(), max: usd.optional() }).optional(),
})

/** What a guard may look for. */
export const GUARD_PATTERNS = ['email', 'phone', 'secret'] as const
export type GuardPattern = (typeof GUARD_PATTERNS)[number]

export const actionSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('route'), models: z.array(model).min(1).max(20) }),
  z.strictObject({ do: z.literal('deny'), message: z.string().trim().min(1).max(500) }),
  z.strictObject({ do: z.literal('prefer'), provider: preferences }),
  z.strictObject({ do: z.literal('cache'), cache: cacheWish }),
  /** Refuses requests whose texts hold one of these. */
  z.strictObject({ do: z.literal('guard'), block: z.array(z.enum(GUARD_PATTERNS)).min(1).max(GUARD_PATTERNS.length) }),
])

export const ruleSchema = z.strictObject({
  name: z.string().trim().min(1, INPUT_HINTS.name).max(80),
  enabled: z.boolean().default(true),
  when: conditionSchema,
  unless: conditionSchema.optional(),
  actions: z.array(actionSchema).min(1, INPUT_HINTS['says-nothing']).max(5),
})

export const CAUSES = ['error', 'rate-limit', 'context-too-long', 'content-policy'] as const

export const fallbackSchema = z.strictObject({
  models: z.array(pattern).min(1).max(50).default(['*']),
  on: z.array(z.enum(CAUSES)).min(1).max(CAUSES.length),
  to: z.array(model).min(1).max(20),
})

export const shadowSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  enabled: z.boolean().default(true),
  when: conditionSchema.default({}),
  to: model,
  /** Of the requests that match, as a fraction. */
  share,
  /** No shadow is run once today's have cost so much. */
  mostUsdPerDay: usd,
})

export const splitSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  enabled: z.boolean().default(true),
  /** The models, aliases or patterns whose requests are split. */
  models: z.array(pattern).min(1).max(50),
  arms: z
    .array(z.strictObject({ name: slug, model, weight: z.number().positive().max(1_000).default(1) }))
    .min(2, INPUT_HINTS['two-arms'])
    .max(10),
  /** What stays in one arm: a conversation, or all of a client's requests. */
  by: z.enum(['session', 'client']).default('session'),
})

export const routingConfigSchema = z
  .strictObject({
    version: z.literal(ROUTING_CONFIG_VERSION),
    aliases: z.record(slug, aliasSchema).default({}),
    presets: z.record(slug, presetSchema).default({}),
    rules: z.array(ruleSchema).max(200).default([]),
    fallbacks: z.array(fallbackSchema).max(100).default([]),
    splits: z.array(splitSchema).max(50).default([]),
    shadows: z.array(shadowSchema).max(50).default([]),
  })
  .superRefine((config, context) => {
    const loop = aliasLoop(config.aliases)
    if (loop !== undefined)
      context.addIssue({ code: 'custom', path: ['aliases', loop[0] ?? ''], message: `leads back to itself: ${loop.join(' -> ')}`, params: { loop } })
  })

export type RoutingConfig = z.infer<typeof routingConfigSchema>
export type Alias = z.infer<typeof aliasSchema>
export type Preset = z.infer<typeof presetSchema>
export type Condition = z.infer<typeof conditionSchema>
export type Action = z.infer<typeof actionSchema>
export type Rule = z.infer<typeof ruleSchema>
export type Fallback = z.infer<typeof fallbackSchema>
export type Shadow = z.infer<typeof shadowSchema>
export type Split = z.infer<typeof splitSchema>
export type CacheWish = z.infer<typeof cacheWish>
export type Cause = (typeof CAUSES)[number]

export const NO_ROUTING: RoutingConfig = { version: ROUTING_CONFIG_VERSION, aliases: {}, presets: {}, rules: [], fallbacks: [], splits: [], shadows: [] }

/** The first chain of aliases that comes back to where it began. */
function aliasLoop(aliases: Readonly<Record<string, Alias>>): readonly string[] | undefined {
  const done = new Set<string>()
  const walk = (name: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name]
    if (done.has(name)) return undefined
    for (const { model: next } of aliases[name]?.models ?? []) {
      const loop = Object.hasOwn(aliases, next) ? walk(next, [...path, name]) : undefined
      if (loop !== undefined) return loop
    }
    done.add(name)
    return undefined
  }
  for (const name of Object.keys(aliases)) {
    const loop = walk(name, [])
    if (loop !== undefined) return loop
  }
  return undefined
}
