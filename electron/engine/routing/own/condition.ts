/** Whether a request is one of those that a rule speaks of. Pure: what is looked at comes in as facts. */
import type { Need } from '../../../../shared/chat.ts'
import type { Measured, OwnRoutingMessage } from '../../../../shared/messages/own-routing.ts'
import type { Condition } from '../../../../shared/routing-config.ts'

/** What rules may look at. Functions are asked only where a rule wants to know, since some take time. */
export interface RequestFacts {
  /** As the client wrote it. */
  readonly model: string
  readonly client: { readonly id: string; readonly name: string }
  readonly dialect: string
  readonly stream: boolean
  readonly toolCount: number
  readonly needs: ReadonlySet<Need>
  readonly tags: Readonly<Record<string, string>>
  /** Local time: hour of the day (0 to 23) and weekday (1 is Monday). */
  readonly clock: () => { readonly hour: number; readonly weekday: number }
  /** Tokens of the input, estimated from lengths: a request does not wait for a tokenizer. */
  readonly inputTokens: () => number
  /** USD for the input at the model asked for; undefined: unknown, and then no bound holds. */
  readonly estimatedUsd: () => number | undefined
  /** USD spent since local midnight, as of the last few seconds. */
  readonly spentTodayUsd: () => number
  /** USD left of the client's budgets, of the tightest of them; undefined: it has none, and then no bound holds. */
  readonly budgetLeftUsd: () => number | undefined
}

/** undefined: it holds. Otherwise the first part that does not. */
export function unmet(condition: Condition, facts: RequestFacts): OwnRoutingMessage | undefined {
  const { clients, models, dialects, tags, inputTokens, tools, needs, stream, hours, weekdays, estimatedUsd, spentTodayUsd, budgetLeftUsd } = condition
  if (clients !== undefined && !clients.some((client) => client === facts.client.id || client === facts.client.name)) return { code: 'another-client' }
  if (models !== undefined && !models.some((pattern) => matches(pattern, facts.model))) return { code: 'another-model' }
  if (dialects !== undefined && !dialects.includes(facts.dialect)) return { code: 'another-dialect' }
  if (stream !== undefined && stream !== facts.stream) return { code: 'streams', streams: facts.stream }
  if (tools !== undefined && (tools === 'some') !== facts.toolCount > 0) return { code: 'has-tools', tools: facts.toolCount > 0 }
  const lacking = needs?.find((need) => !facts.needs.has(need))
  if (lacking !== undefined) return { code: 'needs-not', need: lacking }
  for (const [name, wanted] of Object.entries(tags ?? {})) {
    const tag = facts.tags[name]
    if (tag === undefined || !matches(wanted, tag)) return { code: 'tag-is', tag: name, value: tag }
  }
  if (hours !== undefined && !isWithin(facts.clock().hour, hours.from, hours.to)) return { code: 'another-hour' }
  if (weekdays !== undefined && !weekdays.includes(facts.clock().weekday)) return { code: 'another-day' }
  return (
    outside('input-tokens', inputTokens, () => facts.inputTokens()) ??
    outside('usd', estimatedUsd, () => facts.estimatedUsd()) ??
    outside('usd-today', spentTodayUsd, () => facts.spentTodayUsd()) ??
    outside('usd-left', budgetLeftUsd, () => facts.budgetLeftUsd())
  )
}

function outside(
  what: Measured,
  bounds: { min?: number | undefined; max?: number | undefined } | undefined,
  measure: () => number | undefined,
): OwnRoutingMessage | undefined {
  if (bounds === undefined || (bounds.min === undefined && bounds.max === undefined)) return undefined
  const value = measure()
  if (value === undefined) return { code: 'unmeasured', what }
  if (bounds.min !== undefined && value < bounds.min) return { code: 'fewer', what, value, bound: bounds.min }
  return bounds.max !== undefined && value > bounds.max ? { code: 'more', what, value, bound: bounds.max } : undefined
}

function isWithin(hour: number, from: number, to: number): boolean {
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to
}

/** `*` stands for any characters; everything else for itself, whatever its case. Linear in the text for each star. */
export function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*')
  const whole = text.toLowerCase()
  if (rest.length === 0) return whole === first
  if (!whole.startsWith(first)) return false
  const last = rest.pop() ?? ''
  let at = first.length
  for (const part of rest) {
    const found = whole.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return whole.length - last.length >= at && whole.endsWith(last)
}
