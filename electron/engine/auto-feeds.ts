/**
 * Signs of a bad answer that nobody has to be asked for: the same turn asked again soon, or anew in other words; and one of a good answer, that the
 * conversation went on. What is found becomes evidence for automatic routing. A request waits for none of it: texts are looked at once it is on its way, answers when their ledger row closes.
 */
import type { Evidence } from '../../shared/auto.ts'
import type { EndpointId, Ms, RequestId } from '../../shared/ids.ts'
import type { UsageRecord } from '../../shared/ledger.ts'
import type { Settings } from '../../shared/settings.ts'
import { Continuations } from './auto-continuations.ts'
import type { Caller, ChatRequest } from './request.ts'
import { decidingText, isInToolLoop, mustStay, newestText, placeOf } from './routing/auto/asked.ts'
import { hashesOf } from './routing/auto/words.ts'
import { SlotMap } from './slot-map.ts'

export interface FeedStages {
  readonly settings: () => Pick<Settings, 'auto' | 'capture'>
  readonly addEvidence: (evidence: Omit<Evidence, 'id' | 'at'>) => Promise<unknown>
  readonly now: () => Ms
  readonly onError: (error: Error) => void
}

/** Nobody has read an answer sooner, so whoever asks again by then is a program. */
const LEAST_READING_MS = 1_500
/** Later the same question is a new one. */
const SOON_MS = 10 * 60_000
/** Turns that are remembered, the newest, and as much of each text. */
const MOST_TURNS = 500
const MOST_CHARACTERS = 4_000
/** Whoever asks the same this often is a program. */
const MOST_AGAIN = 3
/** Share of words that two wordings of one turn have in common. */
const SAME_TURN = 0.5
/** A turn that was worded anew need not have been answered badly. */
const EDITED_QUALITY = 0.25
/** Nor one well after which other things were asked. */
const WENT_ON_QUALITY = 0.9

interface Turn {
  readonly text: string
  readonly said: string
  /** Its client wants it kept by nobody. */
  readonly stays: boolean
  readonly requested: string
  /** How often this text was asked. */
  readonly times: number
  /** Set when it was answered in full. */
  answered: { readonly model: EndpointId; readonly at: Ms } | undefined
}

type Noted = Pick<ChatRequest, 'id' | 'view' | 'incoming'>

export class AutoFeeds {
  readonly #stages: FeedStages
  /** Came in within this turn of the event loop, each with its caller. */
  #waiting: { readonly request: Noted; readonly caller: Caller }[] = []
  /** By conversation and place in it, the newest last. */
  readonly #turns = new SlotMap<number, Turn>()
  readonly #running = new SlotMap<RequestId, Turn>()
  readonly #continuations = new Continuations<Turn>(LEAST_READING_MS, (one, other) => alike(one, other) >= SAME_TURN)

  constructor(stages: FeedStages) {
    this.#stages = stages
  }

  /** Takes note of a request once it is on its way. Returns at once. */
  asked(request: Noted, caller: Caller): void {
    const { source } = request.incoming
    if ((source !== 'proxy' && source !== 'playground') || caller.opens !== 'everything' || !this.#isWanted()) return
    if (this.#waiting.push({ request, caller }) === 1) setImmediate(() => this.#noteAll())
  }

  /** Takes note of a row that opens or closes. On every request's path. */
  seen({ id, outcome, servedBy, simulated }: Pick<UsageRecord, 'id' | 'outcome' | 'servedBy' | 'simulated'>): void {
    if (outcome === 'open' || this.#running.size === 0) return
    const turn = this.#running.take(id)
    if (turn === undefined) return
    if (outcome === 'ok' && servedBy !== undefined && !simulated) turn.answered = { model: servedBy, at: this.#stages.now() }
  }

  /** An answer did not pass the checks of escalation. */
  foundWanting({ view, incoming: { source } }: Pick<ChatRequest, 'view' | 'incoming'>, model: EndpointId): void {
    const { auto, capture } = this.#stages.settings()
    const prompt = decidingText(view.messages).slice(0, MOST_CHARACTERS)
    if (!auto.learns.checks || capture !== 'all' || source !== 'proxy' || prompt === '') return
    this.#add({ signal: 'check', prompt, model, quality: 0, ...staying(mustStay(view)) })
  }

  #isWanted(): boolean {
    const { auto, capture } = this.#stages.settings()
    // evidence holds what was asked, which is not kept where nothing is
    return capture === 'all' && (auto.learns.reAsked || auto.learns.edited || auto.learns.wentOn)
  }

  #noteAll(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const { request, caller } of waiting) this.#note(request, caller)
  }

  #note({ id, view, incoming }: Noted, caller: Caller): void {
    if (isInToolLoop(view.messages)) return
    const text = decidingText(view.messages).slice(0, MOST_CHARACTERS)
    if (text === '') return
    const { conversation, place, turns } = placeOf(view.messages, caller.id)
    const before = this.#turns.get(place)
    // a matrix asks many models the same; only the same model anew is 'regenerate'
    const isComparison = incoming.source === 'playground' && before?.requested !== view.model
    if (before !== undefined && !isComparison) this.#compare(before, text, turns === 1)
    const turn: Turn = {
      text,
      said: newestText(view.messages).slice(0, MOST_CHARACTERS),
      stays: mustStay(view),
      requested: view.model,
      times: before?.text === text ? before.times + 1 : 1,
      answered: undefined,
    }
    // a matrix has no conversation that could go on
    if (this.#stages.settings().auto.learns.wentOn && incoming.source === 'proxy') this.#goOn(conversation, turns, turn)
    this.#turns.setNewest(place, turn)
    this.#running.set(id, turn)
    dropOldest(this.#turns)
    dropOldest(this.#running)
  }

  #goOn(conversation: number, turns: number, turn: Turn): void {
    const good = this.#continuations.next(conversation, turns, turn, this.#stages.now())
    if (good?.answered === undefined) return
    this.#add({ signal: 'went-on', prompt: good.text, model: good.answered.model, quality: WENT_ON_QUALITY, ...staying(good.stays) })
  }

  /** @param isFirst of its conversation: programs ask many first turns of one template, and none of them is another's edit */
  #compare({ text: before, answered, times, stays }: Turn, text: string, isFirst: boolean): void {
    if (answered === undefined || times > MOST_AGAIN) return
    const passed = this.#stages.now() - answered.at
    if (passed < LEAST_READING_MS || passed > SOON_MS) return
    const { learns } = this.#stages.settings().auto
    if (text === before) {
      if (learns.reAsked) this.#add({ signal: 're-asked', prompt: before, model: answered.model, quality: 0, ...staying(stays) })
    } else if (learns.edited && !isFirst && alike(before, text) >= SAME_TURN)
      this.#add({ signal: 'edited', prompt: before, model: answered.model, quality: EDITED_QUALITY, ...staying(stays) })
  }

  #add(evidence: Omit<Evidence, 'id' | 'at'>): void {
    this.#stages.addEvidence(evidence).catch(this.#stages.onError)
  }
}

function dropOldest(turns: SlotMap<number, Turn> | SlotMap<RequestId, Turn>): void {
  if (turns.size > MOST_TURNS) turns.deleteOldest()
}

function staying(stays: boolean): Pick<Evidence, 'stays'> {
  return stays ? { stays } : {}
}

/** Words in common, as a share of all of both. */
export function alike(one: string, other: string): number {
  const first = new Set(hashesOf(one))
  const second = new Set(hashesOf(other))
  let common = 0
  for (const word of first) if (second.has(word)) common++
  return common / Math.max(1, first.size + second.size - common)
}
