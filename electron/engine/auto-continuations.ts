/**
 * The one sign of a good answer that nobody has to be asked for: the conversation went on. It is a weak one, so it takes two further turns that ask for
 * something else, each after time to read, neither a complaint; it counts a tenth of a vote, and is taken up a few times a day only, so that it never
 * crowds out what the user has said.
 */
import type { EndpointId, Ms } from '../../shared/ids.ts'
import { SlotMap } from './slot-map.ts'

/** A turn as this needs it. */
export interface ContinuedTurn {
  /** What the user said, by itself. */
  readonly said: string
  readonly answered: { readonly model: EndpointId; readonly at: Ms } | undefined
}

interface Conversation<Turn> {
  readonly turns: number
  readonly latest: Turn
  /** The turn before, where it had gone on well so far. */
  readonly before: Turn | undefined
}

/** Later somebody has taken the conversation up again, for whatever reason. */
const SOON_MS = 30 * 60_000
const MOST_CONVERSATIONS = 500
const MOST_A_DAY = 20
const DAY_MS = 86_400_000
/** Openings that say that the answer before was not it. */
const COMPLAINT =
  /^\W*(?:no\b|nope\b|wrong\b|incorrect\b|that(?:'|’)?s (?:wrong|not|incorrect)|this is (?:wrong|not)|not what|you (?:missed|forgot|ignored|did(?:n(?:'|’)t| not))|it(?:'|’)?s? (?:still|does(?:n(?:'|’)t| not))|still\b|does(?:n(?:'|’)t| not) work|try again|again\b|nein\b|falsch\b|stimmt nicht|das (?:stimmt|ist falsch|geht nicht)|geht nicht|immer noch|nochmal)/i

export class Continuations<Turn extends ContinuedTurn> {
  readonly #leastMs: Ms
  readonly #alike: (one: string, other: string) => boolean
  readonly #conversations = new SlotMap<number, Conversation<Turn>>()
  #day = 0
  #today = 0

  /** @param leastMs nobody has read an answer sooner @param alike whether two texts ask the same */
  constructor(leastMs: Ms, alike: (one: string, other: string) => boolean) {
    this.#leastMs = leastMs
    this.#alike = alike
  }

  /** Takes note of a conversation's newest turn. @returns an earlier one whose answer was good, as far as that goes */
  next(conversation: number, turns: number, turn: Turn, now: Ms): Turn | undefined {
    const known = this.#conversations.get(conversation)
    const isNext = known !== undefined && turns === known.turns + 1 && this.#goesOn(known.latest, turn, now)
    this.#conversations.setNewest(conversation, { turns, latest: turn, before: isNext ? known.latest : undefined })
    if (this.#conversations.size > MOST_CONVERSATIONS) this.#conversations.deleteOldest()
    return isNext && known.before !== undefined && this.#isWithinDay(now) ? known.before : undefined
  }

  #goesOn({ said, answered }: Turn, next: Turn, now: Ms): boolean {
    if (answered === undefined) return false
    const passed = now - answered.at
    return passed >= this.#leastMs && passed <= SOON_MS && !COMPLAINT.test(next.said) && !this.#alike(said, next.said)
  }

  #isWithinDay(now: Ms): boolean {
    const day = Math.floor(now / DAY_MS)
    if (day !== this.#day) this.#today = 0
    this.#day = day
    return this.#today++ < MOST_A_DAY
  }
}
