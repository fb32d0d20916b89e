/** A hit as frames: all at once, or in the pace the user chose. */
import type { ChatEvent } from '../../../shared/chat.ts'
import type { Ms } from '../../../shared/ids.ts'
import { goneBecause } from '../attempt/deadline.ts'
import type { Departure } from '../departure.ts'
import type { Frame } from '../request.ts'
import type { KeptAnswer } from './kept-answer.ts'

/** Short enough to look alive, long enough to cost nothing. */
const STEP_MS = 40
/** An answer that took minutes is not made to take minutes again. */
const LONGEST_MS = 60_000

const NO_BYTES = new Uint8Array(0)

export function frameOf(events: readonly ChatEvent[]): Frame {
  return { wire: NO_BYTES, events }
}

/** How long an answer of so many characters is to take. */
export function lengthOf(answer: KeptAnswer, pace: 'at-once' | 'recorded' | 'typed', charactersPerSecond: number): Ms {
  if (pace === 'at-once') return 0
  if (pace === 'recorded') return Math.min(answer.streamedMs, LONGEST_MS)
  const characters = answer.events.reduce((sum, event) => sum + textIn(event).length, 0)
  return Math.min((characters / charactersPerSecond) * 1000, LONGEST_MS)
}

/** Spreads the text of an answer evenly over `lengthMs`. @throws Failure 'cancelled' when the client leaves */
export async function* paced(events: readonly ChatEvent[], lengthMs: Ms, departure: Departure): AsyncGenerator<Frame> {
  const characters = events.reduce((sum, event) => sum + textIn(event).length, 0)
  const atATime = Math.max(1, Math.ceil((characters * STEP_MS) / Math.max(lengthMs, STEP_MS)))
  for (const event of events) {
    const text = textIn(event)
    if (text === '') {
      yield frameOf([event])
      continue
    }
    // by characters as people see them: half an emoji is no text
    let piece = ''
    for (const character of text) {
      piece += character
      if (piece.length < atATime) continue
      yield frameOf([withText(event, piece)])
      piece = ''
      await pause(departure)
    }
    if (piece !== '') yield frameOf([withText(event, piece)])
  }
}

function textIn(event: ChatEvent): string {
  if (event.type === 'text-delta' || event.type === 'reasoning-delta') return event.text
  return event.type === 'tool-call-delta' ? event.arguments : ''
}

function withText(event: ChatEvent, text: string): ChatEvent {
  if (event.type === 'tool-call-delta') return { ...event, arguments: text }
  return event.type === 'text-delta' || event.type === 'reasoning-delta' ? { ...event, text } : event
}

function pause(departure: Departure): Promise<void> {
  if (departure.isGone) return Promise.reject(goneBecause(departure))
  return new Promise((resolve, reject) => {
    const left = (): void => {
      clearTimeout(timer)
      reject(goneBecause(departure))
    }
    const timer = setTimeout(() => {
      departure.off(left)
      resolve()
    }, STEP_MS)
    departure.on(left)
  })
}
