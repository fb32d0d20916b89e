/**
 * Looks on as an answer is translated, so that no client is ever handed a tool call that its provider did not finish: writers close what is open when
 * the answer ends, and a call closed without its arguments would look like one that has none.
 */
import type { ChatEvent, Finish } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'

/** Reasons for which an answer may stop inside a call: its client is told that it was cut short. */
const CUT_SHORT: ReadonlySet<Finish> = new Set(['length', 'content-filter', 'error'])

export class CallGuard {
  readonly #begun = new Set<number>()
  readonly #open = new Set<number>()

  /** @throws Failure 'upstream-unreadable' for a call that nobody could run, 'stream-broken' for an end that leaves a call open */
  see(event: ChatEvent): void {
    switch (event.type) {
      case 'tool-call-start':
        if (event.name === '') throw new Failure('upstream-unreadable', 'The provider called a tool without naming it.')
        if (this.#begun.has(event.index)) throw new Failure('upstream-unreadable', `The provider began tool call ${event.index} twice.`)
        this.#begun.add(event.index)
        this.#open.add(event.index)
        return
      case 'tool-call-end':
        this.#open.delete(event.index)
        return
      case 'finish':
        if (this.#open.size > 0 && !CUT_SHORT.has(event.reason)) {
          throw new Failure('stream-broken', 'The answer broke off inside the arguments of a tool call.')
        }
        return
      default:
    }
  }
}

/** An answer that came whole. @throws Failure as `CallGuard.see` */
export function guardCalls(events: readonly ChatEvent[]): void {
  const guard = new CallGuard()
  for (const event of events) guard.see(event)
}
