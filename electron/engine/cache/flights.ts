/** The upstream calls that are running, by what they were asked: equal requests at the same time become one call. */
import type { Settings } from '../../../shared/settings.ts'
import type { ChatRequest } from '../request.ts'
import type { Flight } from './flight.ts'

/** Answers that have ended and wait for clients that were cut off; the oldest go first. */
const MOST_WAITING = 64

export class Flights {
  readonly #settings: () => Settings['merging']
  readonly #flying = new Map<string, Flight>()
  /** Those of them that have ended, oldest first, each with what will forget it. */
  readonly #ended = new Map<string, NodeJS.Timeout>()
  readonly #all = new Set<Flight>()

  constructor(settings: () => Settings['merging']) {
    this.#settings = settings
  }

  /** A running call for the same request, or one that has just ended while a client of it was cut off. */
  find(key: string, request: ChatRequest): Flight | undefined {
    // a client that wants the whole answer can wait for a stream's end; one that streams cannot get pieces of a whole
    const places = request.view.stream ? ['stream'] : ['whole', 'stream']
    for (const place of places) {
      const found = this.#flying.get(`${place}:${key}`)
      if (found?.mayJoin === true || found?.mayRejoin === true) return found
    }
    return undefined
  }

  /** @param key undefined: nobody may join it */
  add(key: string | undefined, flight: Flight): void {
    this.#all.add(flight)
    if (key === undefined) return
    const place = placeOf(key, flight)
    this.#forget(place)
    this.#flying.set(place, flight)
  }

  ended(key: string | undefined, flight: Flight): void {
    this.#all.delete(flight)
    if (key === undefined) return
    const place = placeOf(key, flight)
    if (this.#flying.get(place) !== flight) return
    const { rejoinMs } = this.#settings()
    if (rejoinMs === 0) {
      this.#forget(place)
      return
    }
    const [oldest] = this.#ended.keys()
    if (oldest !== undefined && this.#ended.size >= MOST_WAITING) this.#forget(oldest)
    this.#ended.set(place, setTimeout(() => this.#forget(place), rejoinMs).unref())
  }

  #forget(place: string): void {
    clearTimeout(this.#ended.get(place))
    this.#ended.delete(place)
    this.#flying.delete(place)
  }

  /** Closes what runs for nobody. */
  close(): void {
    for (const flight of this.#all) flight.cancel(undefined)
    for (const place of [...this.#flying.keys()]) this.#forget(place)
  }
}

function placeOf(key: string, flight: Flight): string {
  return `${flight.request.view.stream ? 'stream' : 'whole'}:${key}`
}
