/**
 * One client's request, translated for another provider, against what that provider's own client sent in the same scenario. Knows no format: it looks
 * for what was said (texts, names, values) among everything that a body holds, so a writer and a reader that err alike are found out.
 */
import type { ChatView, JsonObject, JsonValue, Media, Part } from '../../shared/chat.ts'
import type { Format } from '../support/formats.ts'
import { historyLosses } from '../support/reasoning-losses.ts'

export interface Comparison {
  /** Text, tools, images, results and earlier reasoning that the translation does not hold, reasoning that it does not name either: nothing may be in here. */
  readonly losses: readonly string[]
  /** Named in the translation's own list of what it left out. */
  readonly dropped: readonly string[]
  /** What the translation says and the provider's own client did not, or the other way round. */
  readonly differences: readonly string[]
  /** Places in the body that no recorded client of this api ever filled. */
  readonly unseenPlaces: readonly string[]
}

export interface Target {
  readonly format: Format
  readonly provider: string
  readonly model: string
  readonly stream: boolean
  /** What its own client sent. */
  readonly body: JsonObject
  /** Every place that a recorded client of this api filled. */
  readonly places: ReadonlySet<string>
}

interface Fact {
  readonly what: 'text' | 'tool' | 'schema' | 'image' | 'document' | 'call' | 'result'
  readonly value: string
}

export function compareTwins(view: ChatView, target: Target): Comparison {
  const { format, provider, model, stream } = target
  const written = format.writeRequest(view, { provider, upstreamModel: model, stream, outputLimit: undefined })
  const body = JSON.parse(JSON.stringify(written.body)) as JsonObject
  const ours = wordsIn(body)
  const theirs = wordsIn(target.body)
  const facts = factsOf(view)
  // whether it thinks is of no account to what it is told of earlier thoughts
  const destination = { protocol: format.id, provider, model, thinks: 'asked', tells: 'asked' } as const
  const losses = [...lossesOf(view, body), ...historyLosses(view, body, written.dropped, destination)]
  const differences = facts.flatMap((fact) => (isOfScenario(fact) && ours.has(fact.value) && !theirs.has(fact.value) ? [`only ours: ${describe(fact)}`] : []))
  const other = viewOf(target)
  if (other !== undefined) {
    differences.push(...factsOf(other).flatMap((fact) => (isOfScenario(fact) && !ours.has(fact.value) ? [`only theirs: ${describe(fact)}`] : [])))
    const again = viewOf({ ...target, body })
    const [mine, its] = [choiceOf(again), choiceOf(other)]
    if (mine !== its) differences.push(`tool choice: ${mine}, theirs ${its}`)
  }
  const unseenPlaces = [...placesIn(body)].filter((place) => !target.places.has(place))
  return { losses, dropped: [...new Set([...written.dropped, ...Object.keys(view.unmodelled)])], differences, unseenPlaces }
}

/** Text, tools, images and results of a request that a body does not hold. */
export function lossesOf(view: ChatView, body: JsonObject): readonly string[] {
  const words = wordsIn(body)
  return factsOf(view).flatMap((fact) => (words.has(fact.value) ? [] : [describe(fact)]))
}

function viewOf({ format, body, model, stream }: Target): ChatView | undefined {
  // some formats are only ever spoken by providers
  return format.readRequest?.(body, { model, stream })
}

/** No choice is what every provider takes for 'auto', and a choice among no tools is none. */
function choiceOf(view: ChatView | undefined): string {
  if (view === undefined || view.tools.length === 0) return 'auto'
  const choice = view.toolChoice ?? { type: 'auto' as const }
  return choice.type === 'tool' ? `the tool ${choice.name}` : choice.type
}

/** What two models say in one scenario differs, and so do ids and their arguments; what the user says and the tools are do not. */
function isOfScenario({ what }: Fact): boolean {
  return what === 'tool' || what === 'schema' || what === 'image' || what === 'document'
}

function describe({ what, value }: Fact): string {
  return `${what} ${JSON.stringify(value.length <= 60 ? value : `${value.slice(0, 59)}…`)}`
}

function factsOf(view: ChatView): readonly Fact[] {
  const facts: Fact[] = []
  for (const message of view.messages) for (const part of message.parts) facts.push(...factsOfPart(part, 'text'))
  // where none may be called, leaving them out says the same; some formats have no other way to say it
  for (const tool of view.toolChoice?.type === 'none' ? [] : view.tools) {
    facts.push({ what: 'tool', value: tool.name })
    if (tool.description !== undefined && tool.description.trim() !== '') facts.push({ what: 'tool', value: tool.description.trim() })
    for (const name of propertyNames(tool.parameters)) facts.push({ what: 'schema', value: name })
  }
  return facts.filter(({ value }) => value.trim() !== '')
}

function factsOfPart(part: Part, textIs: 'text' | 'result'): readonly Fact[] {
  switch (part.type) {
    case 'text':
      return valuesOf(part.text, textIs)
    case 'image':
      return [{ what: 'image', value: sourceOf(part.media) }]
    case 'document':
      // texts may travel as text, and files by an address only where the provider fetches them
      return part.media.kind === 'base64' && !part.media.mediaType.startsWith('text/') ? [{ what: 'document', value: sourceOf(part.media) }] : []
    case 'tool-call':
      return [{ what: 'call', value: part.name }, ...valuesOf(part.arguments, 'text').map(({ value }): Fact => ({ what: 'call', value }))]
    case 'tool-result':
      return part.parts.flatMap((inner) => factsOfPart(inner, 'result'))
    default:
      return []
  }
}

/** A result that is JSON may be told as an object: its values must all be there. */
function valuesOf(text: string, what: 'text' | 'result'): readonly Fact[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // plain words, told as they are
    return [{ what, value: text.trim() }]
  }
  if (typeof value !== 'object' || value === null) return [{ what, value: text.trim() }]
  return leavesOf(value as JsonValue).map((leaf): Fact => ({ what, value: leaf.trim() }))
}

function sourceOf(media: Media): string {
  if (media.kind === 'base64') return media.data
  return /^data:[^,]*;base64,(.*)$/s.exec(media.url)?.[1] ?? media.url
}

function propertyNames(schema: JsonValue | undefined): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(propertyNames)
  if (typeof schema !== 'object' || schema === null) return []
  const { properties } = schema as JsonObject
  const own = typeof properties === 'object' && properties !== null ? Object.keys(properties) : []
  return [...own, ...Object.entries(schema).flatMap(([key, value]) => (key === '$defs' || key === 'definitions' ? [] : propertyNames(value)))]
}

/** Everything that a body says: values, names of fields, and the values inside of texts that are JSON. */
function wordsIn(body: JsonObject): { has(value: string): boolean } {
  const leaves = [...leavesOf(body), ...keysOf(body)]
  const exact = new Set(leaves)
  const all = leaves.join('\u0000')
  const inside = new Set(leaves.flatMap((leaf) => (/^\s*[[{]/.test(leaf) ? valuesOf(leaf, 'text').map(({ value }) => value) : [])))
  // Google's Python client writes base64 in the URL-safe alphabet
  const standard = all.replaceAll('-', '+').replaceAll('_', '/')
  return {
    has: (value) =>
      exact.has(value) ||
      inside.has(value) ||
      all.includes(value) ||
      (value.length > 100 && standard.includes(value.replaceAll('-', '+').replaceAll('_', '/'))),
  }
}

function leavesOf(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)]
  if (Array.isArray(value)) return value.flatMap(leavesOf)
  return value === null ? [] : Object.values(value).flatMap(leavesOf)
}

function keysOf(value: JsonValue): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)])
}

/** Below these, names are the user's and not the api's. */
const FREE = new Set(['parameters', 'parametersJsonSchema', 'parameters_json_schema', 'input_schema', 'schema', 'responseSchema', 'responseJsonSchema'])
const FREE_VALUES = new Set(['args', 'input', 'arguments', 'response', 'json', 'metadata', 'inputSchema'])

/** The places that a body fills, as paths without positions: `messages[].content[].type=text`. */
export function placesIn(value: JsonValue, path = ''): ReadonlySet<string> {
  const places = new Set<string>()
  if (Array.isArray(value)) for (const item of value) for (const place of placesIn(item as JsonValue, `${path}[]`)) places.add(place)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const name = camel(key)
      const place = path === '' ? name : `${path}.${name}`
      places.add(key === 'type' && typeof inner === 'string' ? `${place}=${inner}` : place)
      if (!FREE.has(key) && !FREE_VALUES.has(key)) for (const below of placesIn(inner, place)) places.add(below)
    }
  }
  return places
}

/** Google takes both spellings. */
function camel(key: string): string {
  return key.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase())
}
