/** What changes while the engine runs, as a stream for the workbench: merged at the source, numbered, and never a reason to wait. */
import type { LiveEvent } from '../../shared/api/traffic.ts'
import type { UsageRecord } from '../../shared/ledger.ts'

/** Rows of one request that change faster than this are told once. */
const MERGE_MS = 50
/** A watcher that is this far behind gets a gap in the numbers instead, and asks for a new snapshot. */
const BEHIND_LIMIT = 1000

type Topic = Exclude<LiveEvent['topic'], 'hello' | 'traffic'>
type Unnumbered = { readonly topic: 'hello' } | { readonly topic: 'traffic'; readonly record: UsageRecord } | { readonly topic: Topic }

interface Watcher {
  queue: LiveEvent[]
  seq: number
  wake: (() => void) | undefined
}

export class Live {
  readonly #watchers = new Set<Watcher>()
  readonly #rows = new Map<string, UsageRecord>()
  readonly #topics = new Set<Topic>()
  #timer: NodeJS.Timeout | undefined

  /** Whether anybody looks. */
  get isWatched(): boolean {
    return this.#watchers.size > 0
  }

  row(record: UsageRecord): void {
    if (this.#watchers.size === 0) return
    this.#rows.set(record.id, record)
    this.#schedule()
  }

  changed(topic: Topic): void {
    if (this.#watchers.size === 0) return
    this.#topics.add(topic)
    this.#schedule()
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#flush(), MERGE_MS).unref()
  }

  #flush(): void {
    this.#timer = undefined
    const events: Unnumbered[] = [...this.#topics].map((topic) => ({ topic }))
    for (const record of this.#rows.values()) events.push({ topic: 'traffic', record })
    this.#topics.clear()
    this.#rows.clear()
    for (const watcher of this.#watchers) {
      for (const event of events) {
        watcher.seq++
        if (watcher.queue.length < BEHIND_LIMIT) watcher.queue.push({ ...event, seq: watcher.seq })
      }
      watcher.wake?.()
    }
  }

  /** Numbered events from now on, 'hello' first; ends when `signal` aborts. */
  async *watch(signal: AbortSignal): AsyncGenerator<LiveEvent> {
    const watcher: Watcher = { queue: [{ topic: 'hello', seq: 1 }], seq: 1, wake: undefined }
    const onAbort = (): void => watcher.wake?.()
    signal.addEventListener('abort', onAbort, { once: true })
    this.#watchers.add(watcher)
    try {
      while (!signal.aborted) {
        const batch = watcher.queue
        watcher.queue = []
        yield* batch
        if (watcher.queue.length > 0 || signal.aborted) continue
        await new Promise<void>((resolve) => {
          watcher.wake = resolve
        })
        watcher.wake = undefined
      }
    } finally {
      this.#watchers.delete(watcher)
      signal.removeEventListener('abort', onAbort)
    }
  }
}
