/**
 * Tool names that a format refuses (too long, or with dots, slashes and the like in them, as MCP servers like them) go under another name: in the
 * list of tools, in a choice by name and in the history. Answers bear the client's own name again, streamed or not. The new name depends on the old
 * one alone, so it is the same in every turn and the provider's prompt cache still fits.
 */
import { createHash } from 'node:crypto'
import type { ChatEvent, ChatView, JsonObject, Part } from '../../../shared/chat.ts'
import type { AnswerReader, SseEvent, UpstreamFormat } from './protocol.ts'

export interface ToolNameRule {
  readonly legal: RegExp
  /** The most characters that `legal` allows. */
  readonly longest: number
}

/** OpenAI's rule, which most formats copy. */
export const USUAL_TOOL_NAMES: ToolNameRule = { legal: /^[a-zA-Z0-9_-]{1,64}$/, longest: 64 }

/** Told apart by 40 bits: names of one conversation that begin alike. */
const FINGERPRINT_CHARACTERS = 8

/** `write` for a format that takes only names that fit `rule`. Costs one look at each name where all of them do. */
export function withLegalToolNames(write: UpstreamFormat['writeRequest'], rule: ToolNameRule): UpstreamFormat['writeRequest'] {
  return (view, target) => {
    const renamed = renamesFor(view, rule)
    if (renamed.size === 0) return write(view, target)
    const originals = new Map([...renamed].map(([original, legal]) => [legal, original]))
    return { ...write(renamedView(view, renamed), target), toolNames: originals }
  }
}

/** By the name the client uses, the one that the format takes; nothing for names that it takes anyway. */
function renamesFor(view: ChatView, rule: ToolNameRule): ReadonlyMap<string, string> {
  const illegal = new Set<string>()
  const legal = new Set<string>()
  const look = (name: string | undefined): void => {
    if (name === undefined || legal.has(name) || illegal.has(name)) return
    if (rule.legal.test(name)) legal.add(name)
    else illegal.add(name)
  }
  for (const tool of view.tools) look(tool.name)
  if (view.toolChoice?.type === 'tool') look(view.toolChoice.name)
  for (const message of view.messages) {
    for (const part of message.parts) if (part.type === 'tool-call' || part.type === 'tool-result') look(part.name)
  }
  const renamed = new Map<string, string>()
  for (const name of illegal) {
    let candidate = fitted(name, name, rule)
    // somebody else's name already: go on until it is free, the same way each time
    for (let again = 1; legal.has(candidate); again++) candidate = fitted(name, `${name} ${again}`, rule)
    legal.add(candidate)
    renamed.set(name, candidate)
  }
  return renamed
}

/** What is readable of a name, and a fingerprint of the whole. Letters, digits and '_' only, and no digit first: every format takes that. */
function fitted(name: string, seed: string, rule: ToolNameRule): string {
  const fingerprint = createHash('sha256').update(seed).digest('hex').slice(0, FINGERPRINT_CHARACTERS)
  const readable = name.replace(/[^a-zA-Z0-9]+/g, '_').slice(0, rule.longest - FINGERPRINT_CHARACTERS - 2)
  return `${/^[a-zA-Z_]/.test(readable) ? '' : '_'}${readable}_${fingerprint}`
}

function renamedView(view: ChatView, renamed: ReadonlyMap<string, string>): ChatView {
  const to = (name: string): string => renamed.get(name) ?? name
  const part = (value: Part): Part => {
    if (value.type === 'tool-call') return { ...value, name: to(value.name) }
    return value.type === 'tool-result' && value.name !== undefined ? { ...value, name: to(value.name) } : value
  }
  const { toolChoice } = view
  return {
    ...view,
    tools: view.tools.map((tool) => ({ ...tool, name: to(tool.name) })),
    messages: view.messages.map((message) => ({ ...message, parts: message.parts.map(part) })),
    ...(toolChoice?.type === 'tool' && { toolChoice: { ...toolChoice, name: to(toolChoice.name) } }),
  }
}

/** `format` as it answers a request whose tools went under other names. @param originals the client's names by those on the wire */
export function restoringToolNames(format: UpstreamFormat, originals: ReadonlyMap<string, string>): UpstreamFormat {
  return {
    ...format,
    reader: () => new RestoringReader(format.reader(), originals),
    readWhole: (body: JsonObject) => restored(format.readWhole(body), originals),
  }
}

class RestoringReader implements AnswerReader {
  readonly #reader: AnswerReader
  readonly #originals: ReadonlyMap<string, string>

  constructor(reader: AnswerReader, originals: ReadonlyMap<string, string>) {
    this.#reader = reader
    this.#originals = originals
  }

  get usageOnly(): boolean {
    return this.#reader.usageOnly
  }

  read(event: SseEvent): readonly ChatEvent[] {
    return restored(this.#reader.read(event), this.#originals)
  }

  end(): readonly ChatEvent[] {
    return restored(this.#reader.end(), this.#originals)
  }
}

function restored(events: readonly ChatEvent[], originals: ReadonlyMap<string, string>): readonly ChatEvent[] {
  if (!events.some((event) => event.type === 'tool-call-start')) return events
  return events.map((event) => (event.type === 'tool-call-start' ? { ...event, name: originals.get(event.name) ?? event.name } : event))
}
