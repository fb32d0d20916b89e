/** Each part of a rule's condition as one line of text, so that one field and one way of typing serve them all. */
import type { Condition } from '../../../shared/routing-config.ts'

export type ConditionKey = keyof Condition

/** What typing gave: a value, or nothing that could be one yet. The engine has the last word on values. */
export type Written = { readonly is: 'value'; readonly value: Partial<Condition> } | { readonly is: 'unreadable' }

interface Line {
  readonly read: (condition: Condition) => string
  readonly write: (text: string) => Written
  /** What a new one begins with. */
  readonly first: string
  /** For a fixed choice. */
  readonly choices?: readonly string[]
}

const value = (part: Partial<Condition>): Written => ({ is: 'value', value: part })
const UNREADABLE: Written = { is: 'unreadable' }

function words(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

function numbers(text: string): number[] | undefined {
  const found = words(text).map(Number)
  return found.every(Number.isFinite) ? found : undefined
}

/** `100-2000`, `100-`, `-2000`. */
function range(text: string): { min?: number; max?: number } | undefined {
  const [, least, most] = /^\s*(\d*\.?\d*)\s*-\s*(\d*\.?\d*)\s*$/.exec(text) ?? []
  if (least === undefined || most === undefined || (least === '' && most === '')) return undefined
  return { ...(least !== '' && { min: Number(least) }), ...(most !== '' && { max: Number(most) }) }
}

const spanText = (bounds: { min?: number | undefined; max?: number | undefined } | undefined): string =>
  bounds === undefined ? '' : `${bounds.min ?? ''}-${bounds.max ?? ''}`
const ranged = (key: 'inputTokens' | 'estimatedUsd' | 'spentTodayUsd' | 'budgetLeftUsd', first: string): Line => ({
  read: (condition) => spanText(condition[key]),
  write: (text) => {
    const bounds = range(text)
    return bounds === undefined ? UNREADABLE : value({ [key]: bounds })
  },
  first,
})
const listed = (key: 'clients' | 'models' | 'dialects', first: string): Line => ({
  read: (condition) => (condition[key] ?? []).join(', '),
  write: (text) => value({ [key]: words(text) }),
  first,
})

export const CONDITION_LINES: Readonly<Record<ConditionKey, Line>> = {
  models: listed('models', '*'),
  clients: listed('clients', ''),
  dialects: listed('dialects', 'openai-chat'),
  tags: {
    read: ({ tags = {} }) =>
      Object.entries(tags)
        .map(([name, wanted]) => `${name}=${wanted}`)
        .join(', '),
    write: (text) => {
      const pairs = words(text).map((pair) => pair.split('='))
      if (pairs.some((pair) => pair.length < 2 || pair[0] === '')) return UNREADABLE
      return value({ tags: Object.fromEntries(pairs.map(([name = '', ...rest]) => [name.trim(), rest.join('=').trim()])) })
    },
    first: 'team=*',
  },
  inputTokens: ranged('inputTokens', '100000-'),
  tools: {
    read: ({ tools }) => tools ?? '',
    write: (text) => (text === 'none' || text === 'some' ? value({ tools: text }) : UNREADABLE),
    first: 'some',
    choices: ['some', 'none'],
  },
  needs: {
    read: ({ needs = [] }) => needs.join(', '),
    write: (text) => value({ needs: words(text) as NonNullable<Condition['needs']> }),
    first: 'vision',
  },
  stream: {
    read: ({ stream }) => (stream === undefined ? '' : stream ? 'yes' : 'no'),
    write: (text) => value({ stream: text === 'yes' }),
    first: 'yes',
    choices: ['yes', 'no'],
  },
  hours: {
    read: ({ hours }) => (hours === undefined ? '' : `${hours.from}-${hours.to}`),
    write: (text) => {
      const { min, max } = range(text) ?? {}
      return min === undefined || max === undefined ? UNREADABLE : value({ hours: { from: min, to: max } })
    },
    first: '9-17',
  },
  weekdays: {
    read: ({ weekdays = [] }) => weekdays.join(', '),
    write: (text) => {
      const days = numbers(text)
      return days === undefined ? UNREADABLE : value({ weekdays: days })
    },
    first: '1, 2, 3, 4, 5',
  },
  estimatedUsd: ranged('estimatedUsd', '0.1-'),
  spentTodayUsd: ranged('spentTodayUsd', '5-'),
  budgetLeftUsd: ranged('budgetLeftUsd', '-1'),
}

export const CONDITION_KEYS = Object.keys(CONDITION_LINES) as readonly ConditionKey[]

/** The condition with one line of it rewritten; undefined when the text is none. */
export function withLine(condition: Condition, key: ConditionKey, text: string): Condition | undefined {
  const written = CONDITION_LINES[key].write(text)
  return written.is === 'value' ? { ...condition, ...written.value } : undefined
}

export function withoutLine(condition: Condition, key: ConditionKey): Condition {
  const { [key]: _gone, ...rest } = condition
  return rest
}
