/**
 * Import and export as pure functions: reading a file, comparing it with what is in force, and what would be in force after it. Nothing here reads or
 * writes anything.
 */
import { type AllTransferParts, TRANSFER_KIND, TRANSFER_VERSION, type TransferFile, type TransferParts, transferFile } from '../../../shared/api/transfer.ts'
import { inputMessageThere } from '../../../shared/messages/input.ts'
import type { TransferMessage } from '../../../shared/messages/transfer.ts'
import { TRANSFER_PARTS, type TransferChange, type TransferPart, type TransferProblem } from '../../../shared/transfer.ts'
import { secretsIn } from './secrets.ts'

export type TransferReading = { readonly is: 'read'; readonly file: TransferFile } | { readonly is: 'refused'; readonly problems: readonly TransferProblem[] }

const MOST_PROBLEMS = 50
const said = (message: TransferMessage): TransferMessage => message

export function readTransfer(text: string): TransferReading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (thrown) {
    return refused('', { code: 'transfer-no-json', why: thrown instanceof Error ? thrown.message : String(thrown) })
  }
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== TRANSFER_KIND)
    return refused('kind', { code: 'transfer-other-kind', kind: TRANSFER_KIND })
  if ('version' in value && typeof value.version === 'number' && value.version > TRANSFER_VERSION)
    return refused('version', { code: 'transfer-newer', version: value.version, known: TRANSFER_VERSION })
  const checked = transferFile.safeParse(value)
  if (!checked.success) {
    const problems = checked.error.issues.slice(0, MOST_PROBLEMS).map((issue) => ({ at: issue.path.join('.'), message: inputMessageThere(issue) }))
    return { is: 'refused', problems }
  }
  const unknown = unknownSettings('settings' in value ? value.settings : undefined, checked.data.settings, 'settings')
  const problems = [
    ...unknown.map((at) => ({ at, message: said({ code: 'transfer-no-setting' }) })),
    ...secretsIn(checked.data).map((at) => ({ at, message: said({ code: 'transfer-secret' }) })),
    ...twice(checked.data),
  ]
  return problems.length > 0 ? { is: 'refused', problems: problems.slice(0, MOST_PROBLEMS) } : { is: 'read', file: checked.data }
}

export function holds(file: TransferParts): readonly TransferPart[] {
  return TRANSFER_PARTS.filter((part) => file[part] !== undefined)
}

/** The chosen parts alone. */
export function chosenOf(file: TransferParts, parts: readonly TransferPart[]): TransferParts {
  return Object.fromEntries(TRANSFER_PARTS.filter((part) => parts.includes(part) && file[part] !== undefined).map((part) => [part, file[part]]))
}

/** What is in force once `incoming` has been imported. Settings, routing and models are replaced as a whole; collections grow, unless `removesMissing`. */
export function afterImport(now: AllTransferParts, incoming: TransferParts, removesMissing: boolean): AllTransferParts {
  const { library = now.library, filters = now.filters } = incoming
  return {
    settings: incoming.settings ?? now.settings,
    shortcuts: incoming.shortcuts ?? now.shortcuts,
    routing: incoming.routing ?? now.routing,
    models: incoming.models ?? now.models,
    library: removesMissing ? library : united(now.library, library, libraryName),
    filters: removesMissing ? filters : united(now.filters, filters, ({ name }) => name),
  }
}

export function changesBetween(now: AllTransferParts, next: AllTransferParts): readonly TransferChange[] {
  return TRANSFER_PARTS.flatMap((part) => {
    const [before, after] = [namedIn(part, now), namedIn(part, next)]
    const names = [...new Set([...before.keys(), ...after.keys()])]
    return names.flatMap((name): readonly TransferChange[] => {
      if (!before.has(name)) return [{ part, name, is: 'added' }]
      if (!after.has(name)) return [{ part, name, is: 'removed' }]
      return before.get(name) === after.get(name) ? [] : [{ part, name, is: 'changed' }]
    })
  })
}

/** Without what looks like a secret, and where that was. */
export function withoutSecrets(parts: TransferParts): { readonly parts: TransferParts; readonly leftOut: readonly string[] } {
  const leftOut = secretsIn(parts)
  if (leftOut.length === 0) return { parts, leftOut }
  const clean = {
    ...parts,
    ...(parts.library && { library: parts.library.filter((item) => secretsIn(item).length === 0) }),
    ...(parts.filters && { filters: parts.filters.filter((item) => secretsIn(item).length === 0) }),
    ...(parts.settings && { settings: settingsWithoutSecrets(parts.settings) }),
  }
  return { parts: Object.fromEntries(Object.entries(clean).filter(([, part]) => secretsIn(part).length === 0)), leftOut }
}

/** Addresses with a password go; what is left with one after that takes its whole part along. */
function settingsWithoutSecrets(settings: NonNullable<TransferParts['settings']>): NonNullable<TransferParts['settings']> {
  return {
    ...settings,
    baseUrls: Object.fromEntries(Object.entries(settings.baseUrls).filter(([, url]) => secretsIn(url).length === 0)),
    customProviders: settings.customProviders.filter((provider) => secretsIn(provider).length === 0),
  }
}

function refused(at: string, message: TransferMessage): TransferReading {
  return { is: 'refused', problems: [{ at, message }] }
}

/** Fields that the schema has dropped: a slip of the pen would otherwise pass for a setting that was taken. */
function unknownSettings(given: unknown, taken: unknown, at: string): readonly string[] {
  if (!isObject(given) || !isObject(taken)) return []
  return Object.entries(given).flatMap(([name, value]) =>
    Object.hasOwn(taken, name) ? unknownSettings(value, taken[name], `${at}.${name}`) : [`${at}.${name}`],
  )
}

function twice({ library = [], filters = [] }: TransferFile): readonly TransferProblem[] {
  const again = (part: string, names: readonly string[]): readonly TransferProblem[] =>
    names.flatMap((name, index) => (names.indexOf(name) < index ? [{ at: `${part}.${index}`, message: said({ code: 'transfer-twice', name }) }] : []))
  return [
    ...again('library', library.map(libraryName)),
    ...again(
      'filters',
      filters.map(({ name }) => name),
    ),
  ]
}

function united<Item>(old: readonly Item[], incoming: readonly Item[], nameOf: (item: Item) => string): Item[] {
  const names = new Set(incoming.map(nameOf))
  return [...old.filter((item) => !names.has(nameOf(item))), ...incoming]
}

function libraryName({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind}: ${name}`
}

/** Each thing of a part by the name that people know it by, with a text that is equal when it is. */
function namedIn(part: TransferPart, parts: AllTransferParts): ReadonlyMap<string, string> {
  switch (part) {
    case 'settings':
      return new Map(leaves(parts.settings, []))
    case 'shortcuts':
      return new Map(Object.entries(parts.shortcuts))
    case 'routing': {
      const { version: _, ...routing } = parts.routing
      return new Map(Object.entries(routing).flatMap(([group, items]) => membersOf(group, items)))
    }
    case 'models': {
      const { models, prices, discounts } = parts.models
      const own = models.map((model) => [`models.${model.provider}/${model.id}`, stable(model)] as const)
      return new Map([...own, ...membersOf('prices', prices), ...membersOf('discounts', discounts)])
    }
    case 'library':
      return new Map(parts.library.map((item) => [libraryName(item), stable(item)]))
    case 'filters':
      return new Map(parts.filters.map(({ name, filter }) => [name, filter]))
  }
}

/** By name where each has one of its own; an order that matters is part of what is compared. */
function membersOf(group: string, items: unknown): readonly (readonly [string, string])[] {
  if (!Array.isArray(items)) return Object.entries(items as object).map(([name, item]) => [`${group}.${name}`, stable(item)])
  const names = items.map((item: { readonly name?: string }, index) => item.name ?? String(index + 1))
  const areUnique = new Set(names).size === names.length
  return items.map((item, index) => [`${group}.${areUnique ? names[index] : index + 1}`, `${index} ${stable(item)}`])
}

function leaves(value: unknown, at: readonly string[]): readonly (readonly [string, string])[] {
  if (isObject(value) && (at.length === 0 || Object.keys(value).length > 0)) return Object.entries(value).flatMap(([name, each]) => leaves(each, [...at, name]))
  if (value === undefined || isObject(value)) return []
  return [[at.join('.'), stable(value)]]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON in which the order of fields says nothing. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    isObject(each) ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1))) : each,
  )
}
