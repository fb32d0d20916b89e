/**
 * The ledger's pen. A request is recorded when it opens and again when it closes, and neither waits for the database: rows gather in memory and
 * go out in batches. A row that opened and closed within one interval is written once.
 */
import type { RequestId } from '../../../shared/ids.ts'
import type { Exchange, UsageRecord } from '../../../shared/ledger.ts'
import { Slots } from '../slot-map.ts'
import { writeExchange } from '../storage/ledger-json.ts'
import type { LedgerWrite, Storage } from '../storage/storage.ts'

/**
 * How long a row may wait in memory: a `kill -9` loses at most the rows of this interval and of the batch that is just being committed.
 * Long enough that a busy gateway commits some twenty times a second instead of thousands.
 */
export const FLUSH_EVERY_MS = 50

/** After a failed write, so that a full disk is not asked twenty times a second. */
export const RETRY_EVERY_MS = 1_000

/** One batch is serialised in one go on the engine's thread; these keep that to a few milliseconds. */
const BATCH_ROWS = 256
const BATCH_EXCHANGE_CHARACTERS = 1024 * 1024

/** While the database is slow or gone: beyond this much text the oldest exchanges are let go, their rows stay. */
export const QUEUED_EXCHANGE_CHARACTERS = 64 * 1024 * 1024
/** Beyond this many rows (about 50 MB) the oldest are let go too, and said to be. */
export const QUEUED_ROWS = 50_000

export interface LedgerOptions {
  readonly storage: Pick<Storage, 'writeLedger'>
  readonly flushEveryMs?: number
  readonly retryEveryMs?: number
  /** Told once when writing starts to fail, and when something had to be let go; not once a request. */
  readonly onError: (error: Error) => void
  /** Called on every open and close, on the request's path: be quick and do not throw. */
  readonly onChange: (record: UsageRecord) => void
  /** Whether `onChange` cares at present. Absent: always. */
  readonly isWatched?: () => boolean
}

export interface Ledger {
  /** Returns the row by which the request is closed. */
  open(request: OpenRequest): OpenRow
  /** @param row as it was opened; absent: it never was. One that is closed already is written anew. */
  close(record: UsageRecord, exchange: Exchange | undefined, row?: OpenRow): void
  /** Requests that are open now, oldest first. */
  active(): readonly UsageRecord[]
  /** Resolves when everything recorded before the call has been written, or a write has failed (which `onError` tells). */
  flush(): Promise<void>
  /** Writes what is left. Records that come later are not written, and `onError` says so. */
  stop(): Promise<void>
}

export function createLedger(options: LedgerOptions): Ledger {
  return new BatchedLedger(options)
}

export interface OpenRequest {
  readonly id: RequestId
  /** How it stands; asked only when it is written or looked at, for most requests are over before that. */
  standing(): UsageRecord
}

/** A request among those that are open. */
export interface OpenRow {
  readonly request: OpenRequest
  /** undefined: it is closed. */
  place: number | undefined
  isWritten: boolean
}

class BatchedLedger implements Ledger {
  readonly #options: LedgerOptions
  readonly #active = new Slots<OpenRow>()
  /** No row has been made yet of some of them. */
  #hasUnwritten: boolean = false
  /** In the order in which they were recorded. Of a row that is in it twice the later one is written over the earlier one. */
  #queue: LedgerWrite[] = []
  #queuedCharacters = 0
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> | undefined
  #failing: boolean = false
  #lostExchanges: boolean = false
  #lostRows = 0
  #stopped: boolean = false

  constructor(options: LedgerOptions) {
    this.#options = options
  }

  open(request: OpenRequest): OpenRow {
    const row: OpenRow = { request, place: undefined, isWritten: this.#stopped }
    row.place = this.#active.add(row)
    if (this.#stopped) this.#tellOfLateRecord(request.id)
    else {
      this.#hasUnwritten = true
      this.#schedule()
    }
    if (this.#options.isWatched?.() !== false) this.#options.onChange(request.standing())
    return row
  }

  close(record: UsageRecord, exchange: Exchange | undefined, row?: OpenRow): void {
    if (row?.place !== undefined) {
      this.#active.remove(row.place)
      row.place = undefined
    }
    if (this.#stopped) this.#tellOfLateRecord(record.id)
    else {
      this.#enqueue({ record, exchange: exchange && writeExchange(exchange) })
      this.#schedule()
    }
    this.#options.onChange(record)
  }

  active(): readonly UsageRecord[] {
    return Array.from(this.#active.values(), ({ request }) => request.standing()).sort((one, other) => one.at - other.at)
  }

  async flush(): Promise<void> {
    // A batch that is on its way may hold none of what was recorded since; a second round takes that.
    await this.#writing
    await this.#write()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.flush()
    clearTimeout(this.#timer)
    if (this.#queue.length > 0) this.#options.onError(new Error(`${this.#queue.length} rows of the ledger could not be written and are lost.`))
    this.#queue = []
  }

  #tellOfLateRecord(id: RequestId): void {
    this.#options.onError(new Error(`Request ${id} was recorded after the ledger had stopped; its row is not up to date.`))
  }

  get #everyMs(): number {
    const { flushEveryMs = FLUSH_EVERY_MS, retryEveryMs = RETRY_EVERY_MS } = this.#options
    return this.#failing ? retryEveryMs : flushEveryMs
  }

  /** Makes rows of the requests that are still open. */
  #enqueueOpen(): void {
    if (!this.#hasUnwritten) return
    this.#hasUnwritten = false
    const unwritten = Array.from(this.#active.values()).filter(({ isWritten }) => !isWritten)
    for (const row of unwritten) row.isWritten = true
    const records = unwritten.map(({ request }) => request.standing()).sort((one, other) => one.at - other.at)
    for (const record of records) this.#enqueue({ record, exchange: undefined })
  }

  #enqueue(write: LedgerWrite): void {
    this.#queuedCharacters += charactersOf(write)
    this.#queue.push(write)
    if (this.#queuedCharacters > QUEUED_EXCHANGE_CHARACTERS) this.#dropOldestExchanges()
    if (this.#queue.length > QUEUED_ROWS) this.#dropOldestRow()
  }

  #dropOldestExchanges(): void {
    for (const [place, write] of this.#queue.entries()) {
      if (this.#queuedCharacters <= QUEUED_EXCHANGE_CHARACTERS) break
      this.#queue[place] = { record: write.record, exchange: undefined }
      this.#queuedCharacters -= charactersOf(write)
    }
    if (!this.#lostExchanges) this.#options.onError(new Error('The database does not keep up: bodies of some requests are not kept, their rows are.'))
    this.#lostExchanges = true
  }

  #dropOldestRow(): void {
    this.#queuedCharacters -= charactersOf(this.#queue.shift())
    if (this.#lostRows === 0) this.#options.onError(new Error(`The database takes no rows: more than ${QUEUED_ROWS} wait, so the oldest are being lost.`))
    this.#lostRows++
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#writing !== undefined || this.#stopped) return
    this.#timer = setTimeout(() => void this.#write(), this.#everyMs)
    this.#timer.unref()
  }

  /** Writes until nothing is left or a batch fails. Never rejects, and never runs twice at a time. */
  #write(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing ??= this.#writeBatches().finally(() => {
      this.#writing = undefined
      if (this.#queue.length > 0 || this.#hasUnwritten) this.#schedule()
    })
    return this.#writing
  }

  async #writeBatches(): Promise<void> {
    this.#enqueueOpen()
    // What is recorded meanwhile belongs to the next interval; otherwise a steady load would keep this loop going row by row.
    let left = this.#queue.length
    while (left > 0) {
      const batch = this.#take(left)
      left -= batch.length
      try {
        await this.#options.storage.writeLedger(batch)
      } catch (thrown) {
        this.#putBack(batch)
        if (!this.#failing)
          this.#options.onError(new Error(`The ledger cannot be written at present; its rows wait in memory. ${textOf(thrown)}`, { cause: thrown }))
        this.#failing = true
        return
      }
      this.#recovered()
    }
  }

  #take(most: number): readonly LedgerWrite[] {
    const rows = Math.min(most, BATCH_ROWS, this.#queue.length)
    let taken = 0
    let characters = 0
    for (; taken < rows; taken++) {
      const more = charactersOf(this.#queue[taken])
      if (taken > 0 && characters + more > BATCH_EXCHANGE_CHARACTERS) break
      characters += more
    }
    this.#queuedCharacters -= characters
    return this.#queue.splice(0, taken)
  }

  /** Before what came meanwhile, and without undoing a newer version of the same row. */
  #putBack(batch: readonly LedgerWrite[]): void {
    const newest = new Map<RequestId, LedgerWrite>()
    for (const write of batch) newest.set(write.record.id, write)
    for (const write of this.#queue) newest.set(write.record.id, write)
    this.#queue = []
    this.#queuedCharacters = 0
    for (const write of newest.values()) this.#enqueue(write)
  }

  #recovered(): void {
    if (this.#lostRows > 0) this.#options.onError(new Error(`The ledger is being written again; ${this.#lostRows} rows were lost meanwhile.`))
    this.#failing = false
    // Under steady overload bodies go with every batch; that is one message, not one a batch.
    if (this.#queue.length === 0) this.#lostExchanges = false
    this.#lostRows = 0
  }
}

function charactersOf(write: LedgerWrite | undefined): number {
  return write?.exchange?.length ?? 0
}

function textOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
