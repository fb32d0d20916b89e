/** What the user's own routing did with a request, step by step, and why a rule did not apply. */
import type { Need } from '../chat.ts'
import type { Cause, GuardPattern } from '../routing-config.ts'
import type { MessageOf, Said, Sentences } from './message.ts'

/** What a guard looks for. */
export const GUARDED: Readonly<Record<GuardPattern, string>> = { email: 'e-mail address', phone: 'phone number', secret: 'key or other secret' }

/** What a condition may bound. */
export type Measured = 'input-tokens' | 'usd' | 'usd-today' | 'usd-left'
const MEASURED: Readonly<Record<Measured, string>> = {
  'input-tokens': 'estimated input tokens',
  usd: 'estimated USD',
  'usd-today': 'USD spent today',
  'usd-left': 'USD left of its budget',
}

export const OWN_ROUTING = {
  // who decided
  pinned: ({ fallbacks }: { fallbacks: number }) =>
    `the request’s own choice${fallbacks === 0 ? '' : `, with ${fallbacks} fallback${fallbacks === 1 ? '' : 's'}`}`,
  'by-rule': ({ rule }: { rule: string }) => `rule '${rule}'`,
  'by-split': ({ split, arm }: { split: string; arm: string }) => `split '${split}', arm ${arm}`,
  'by-alias': ({ alias }: { alias: string }) => `alias '${alias}'`,
  'by-preset': ({ preset }: { preset: string }) => `preset '${preset}'`,
  'by-shadow': ({ shadow }: { shadow: string }) => `shadow run '${shadow}'`,
  'by-cache': () => 'the response cache',
  'by-keep-warm': () => 'keep-warm call',

  // why a model is in the list
  'rule-fallback': ({ rule, place }: { rule: string; place: number }) => `rule '${rule}', fallback ${place}`,
  'arm-of-split': ({ split, arm }: { split: string; arm: string }) => `arm ${arm} of split '${split}'`,
  'through-alias': ({ why, alias }: { why: Said; alias: string }, say) => `${say(why)}, alias '${alias}'`,
  /** Counted from 1. */
  'alias-choice': ({ alias, choice }: { alias: string; choice: number }) => `alias '${alias}', choice ${choice}`,

  // the steps
  'split-step': ({ split, arm, model }: { split: string; arm: string; model: string }) => `Split '${split}': arm ${arm}, ${model}.`,
  'rule-skipped': ({ rule, why }: { rule: string; why: Said }, say) => `Rule '${rule}' does not apply: ${say(why)}.`,
  'rule-denies': ({ rule }: { rule: string }) => `Rule '${rule}' applies: it denies.`,
  'rule-routes': ({ rule, models }: { rule: string; models: readonly string[] }) => `Rule '${rule}' applies: ${models.join(', then ')}.`,
  'rule-prefers': ({ rule, fields }: { rule: string; fields: readonly string[] }) => `Rule '${rule}' applies: it sets ${fields.join(', ')}.`,
  'rule-caches': ({ rule, on }: { rule: string; on: boolean }) => `Rule '${rule}' applies: response cache ${on ? 'on' : 'off'}.`,
  'rule-found-none': ({ rule, block }: { rule: string; block: readonly GuardPattern[] }) =>
    `Rule '${rule}' applies: it looked for ${block.join(', ')} and found none.`,
  'rule-found': ({ rule, found }: { rule: string; found: GuardPattern }) => `Rule '${rule}' applies: it found ${GUARDED[found]} and stopped the request.`,
  'alias-auto': ({ alias, among }: { alias: string; among: readonly string[] }) => `Alias '${alias}' lets automatic routing choose among ${among.join(', ')}.`,
  'alias-step': ({ alias, models }: { alias: string; models: readonly string[] }) => `Alias '${alias}' stands for ${models.join(', then ')}.`,
  'fallback-step': ({ causes, models }: { causes: readonly Cause[]; models: readonly string[] }) => `After ${causes.join(' or ')}: ${models.join(', then ')}.`,
  'preset-step': ({ preset, models, sets, system }: { preset: string; models: readonly string[]; sets: readonly string[]; system: boolean }) => {
    const said = [...sets, ...(system ? ['the system prompt'] : [])]
    return `Preset '${preset}': ${models.join(', then ')}${said.length === 0 ? '' : `; it sets ${said.join(', ')}`}.`
  },
  'preset-unsaid': ({ preset, fields }: { preset: string; fields: readonly string[] }) =>
    `The client's format has no field for ${fields.join(', ')} of preset '${preset}'.`,
  'cache-had-it': ({ source }: { source: string }) => `The response cache had the answer to this very question, given to ${source}.`,
  'cache-had-its-like': ({ source }: { source: string }) => `The response cache had the answer to a question that means the same, given to ${source}.`,
  'answered-together': ({ request }: { request: string }) => `It was answered together with ${request}, which asked the same; its plan is there.`,
  'nobody-asked': () => 'Nobody had to be asked.',

  // why a rule does not apply
  'another-client': () => 'another client',
  'another-model': () => 'another model',
  'another-dialect': () => 'another dialect',
  streams: ({ streams }: { streams: boolean }) => (streams ? 'it streams' : 'it does not stream'),
  'has-tools': ({ tools }: { tools: boolean }) => (tools ? 'it has tools' : 'it has no tools'),
  'needs-not': ({ need }: { need: Need }) => `it does not need ${need}`,
  /** undefined: it has none of that name. */
  'tag-is': ({ tag, value }: { tag: string; value: string | undefined }) => `tag ${tag} is ${value ?? 'not there'}`,
  'another-hour': () => 'another hour',
  'another-day': () => 'another day',
  unmeasured: ({ what }: { what: Measured }) => `its ${MEASURED[what]} are unknown`,
  fewer: ({ what, value, bound }: { what: Measured; value: number; bound: number }) => `${value} ${MEASURED[what]} are fewer than ${bound}`,
  more: ({ what, value, bound }: { what: Measured; value: number; bound: number }) => `${value} ${MEASURED[what]} are more than ${bound}`,
  'its-exception': () => 'its exception holds',
} satisfies Sentences

export type OwnRoutingMessage = MessageOf<typeof OWN_ROUTING>
