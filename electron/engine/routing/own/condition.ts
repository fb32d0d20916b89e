/** Whether a request is one of those that a rule speaks of. Pure: what is looked at comes in as facts. */
import type { Need } from '../../../../shared/chat.ts'
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

/** undefined: it holds. Otherwise the first part that does not, in words. */
export function unmet(condition: Condition, facts: RequestFacts): string | undefined {
  const { clients, models, dialects, tags, inputTokens, tools, needs, stream, hours, weekdays, estimatedUsd, spentTodayUsd, budgetLeftUsd } = condition
  if (clients !== undefined && !clients.some((client) => client === facts.client.id || client === facts.client.name)) return 'another client'
  if (models !== undefined && !models.some((pattern) => matches(pattern, facts.model))) return 'another model'
  if (dialects !== undefined && !dialects.includes(facts.dialect)) return 'another dialect'
  if (stream !== undefined && stream !== facts.stream) return facts.stream ? 'it streams' : 'it does not stream'
  if (tools !== undefined && (tools === 'some') !== facts.toolCount > 0) return facts.toolCount > 0 ? 'it has tools' : 'it has no tools'
  const lacking = needs?.find((need) => !facts.needs.has(need))
  if (lacking !== undefined) return `it does not need ${lacking}`
  for (const [name, wanted] of Object.entries(tags ?? {})) {
    const tag = facts.tags[name]
    if (tag === undefined || !matches(wanted, tag)) return `tag ${name} is ${tag ?? 'not there'}`
  }
  if (hours !== undefined && !isWithin(facts.clock().hour, hours.from, hours.to)) return 'another hour'
  if (weekdays !== undefined && !weekdays.includes(facts.clock().weekday)) return 'another day'
  return (
    outside('estimated input tokens', inputTokens, () => facts.inputTokens()) ??
    outside('estimated USD', estimatedUsd, () => facts.estimatedUsd()) ??
    outside('USD spent today', spentTodayUsd, () => facts.spentTodayUsd()) ??
    outside('USD left of its budget', budgetLeftUsd, () => facts.budgetLeftUsd())
  )
}

function outside(
  what: string,
  bounds: { min?: number | undefined; max?: number | undefined } | undefined,
  measure: () => number | undefined,
): string | undefined {
  if (bounds === undefined || (bounds.min === undefined && bounds.max === undefined)) return undefined
  const value = measure()
  if (value === undefined) return `its ${what} are unknown`
  if (bounds.min !== undefined && value < bounds.min) return `${value} ${what} are fewer than ${bounds.min}`
  return bounds.max !== undefined && value > bounds.max ? `${value} ${what} are more than ${bounds.max}` : undefined
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
