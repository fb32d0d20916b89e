import { Worker } from 'node:worker_threads'
import { readCacheCursor } from './cache-lists.ts'
import { CACHE_CALLS, type CacheStorage } from './cache-storage.ts'
import { readCursor } from './ledger-cursor.ts'
import { writeBatch } from './ledger-json.ts'
import { playgroundStorage } from './playground-storage.ts'
import type { Storage } from './storage.ts'
import type { StorageLog } from './storage-log.ts'
import { TRAFFIC_CALLS, type TrafficStorage } from './traffic-storage.ts'
import type { CallName, Calls, ThreadMessage } from './worker-messages.ts'

/** A thread that dies twice would die a third time; then the engine goes on without its database. */
const RESTARTS = 1

/** The database did not do what was asked. The message is for people and names no row. */
export class StorageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StorageError'
  }
}

export interface OpenStorageOptions {
  readonly dataDir: string
  readonly log?: StorageLog
}

/**
 * The database in a thread of its own. Resolves at once: calls made before the thread is ready wait in its queue, and if the database cannot be
 * opened each of them rejects with a StorageError that says why. A thread without calls to answer does not keep the process alive.
 */
export async function openStorage({ dataDir, log = () => undefined }: OpenStorageOptions): Promise<Storage> {
  return storageOver(new Thread(dataDir, log))
}

function storageOver(thread: Thread): Storage {
  return {
    writeLedger: (rows) => thread.call('writeLedger', writeBatch(rows)),
    async listLedger(query) {
      // Checked on this side: an error loses its class on the way through a thread.
      for (const place of ['before', 'from', 'after'] as const) if (query[place] !== undefined) readCursor(query[place], place)
      return thread.call('listLedger', query)
    },
    getLedger: (id) => thread.call('getLedger', id),
    closeCrashed: (at) => thread.call('closeCrashed', at),
    totalsSince: (since) => thread.call('totalsSince', since),
    usageSums: (spans) => thread.call('usageSums', spans),
    spentBefore: (since, until) => thread.call('spentBefore', since, until),
    routingSaved: (spans) => thread.call('routingSaved', spans),
    ledgerServedBy: (endpoint, since, after, limit) => thread.call('ledgerServedBy', endpoint, since, after, limit),
    setCosts: (costs) => thread.call('setCosts', costs),
    trimExchanges: (keep) => thread.call('trimExchanges', keep),
    listCredentials: () => thread.call('listCredentials'),
    putCredential: (row) => thread.call('putCredential', row),
    touchCredential: (id, lastUsedAt) => thread.call('touchCredential', id, lastUsedAt),
    removeCredential: (id) => thread.call('removeCredential', id),
    listClientKeys: () => thread.call('listClientKeys'),
    putClientKey: (row) => thread.call('putClientKey', row),
    touchClientKey: (id, lastUsedAt) => thread.call('touchClientKey', id, lastUsedAt),
    removeClientKey: (id) => thread.call('removeClientKey', id),
    putResponse: (response) => thread.call('putResponse', response),
    getResponse: (id, caller) => thread.call('getResponse', id, caller),
    responseTurns: (id, caller) => thread.call('responseTurns', id, caller),
    responseItem: (id, caller) => thread.call('responseItem', id, caller),
    removeResponse: (id, caller) => thread.call('removeResponse', id, caller),
    trimResponses: (olderThan, keep) => thread.call('trimResponses', olderThan, keep),
    listEvidence: () => thread.call('listEvidence'),
    putEvidence: (evidence) => thread.call('putEvidence', evidence),
    removeEvidence: (id) => thread.call('removeEvidence', id),
    embedEvidence: (embedder, vectors) => thread.call('embedEvidence', embedder, vectors),
    latestWeights: () => thread.call('latestWeights'),
    putWeights: (weights) => thread.call('putWeights', weights),
    dropWeights: () => thread.call('dropWeights'),
    listHealth: () => thread.call('listHealth'),
    databaseState: () => thread.call('databaseState'),
    putHealth: (rows) => thread.call('putHealth', rows),
    listCredentialMarks: () => thread.call('listCredentialMarks'),
    putCredentialMark: (mark) => thread.call('putCredentialMark', mark),
    removeCredentialMark: (id) => thread.call('removeCredentialMark', id),
    listFormerSecrets: () => thread.call('listFormerSecrets'),
    putFormerSecret: (row) => thread.call('putFormerSecret', row),
    removeFormerSecret: (id) => thread.call('removeFormerSecret', id),
    putRoutingMark: (mark) => thread.call('putRoutingMark', mark),
    trimRoutingMarks: (olderThan, keep) => thread.call('trimRoutingMarks', olderThan, keep),
    routingResults: (since) => thread.call('routingResults', since),
    shadowSpent: (name, since) => thread.call('shadowSpent', name, since),
    cache: cacheOver(thread),
    traffic: callsOver(thread, TRAFFIC_CALLS) as TrafficStorage,
    putPriceVersion: (row) => thread.call('putPriceVersion', row),
    listPriceVersions: (endpoint) => thread.call('listPriceVersions', endpoint),
    ...playgroundStorage((name, ...values) => thread.call(name, ...(values as Parameters<Calls[typeof name]>))),
    close: () => thread.close(),
  }
}

/** Methods by their names, for those that only pass on. */
function callsOver(thread: Thread, names: readonly CallName[]): unknown {
  return Object.fromEntries(names.map((name) => [name, (...values: never[]) => thread.call(name, ...(values as Parameters<Calls[typeof name]>))]))
}

function cacheOver(thread: Thread): CacheStorage {
  const cache = callsOver(thread, CACHE_CALLS) as CacheStorage
  return {
    ...cache,
    async cacheList(query) {
      // on this side, for the same reason as above
      if (query.before !== undefined) readCacheCursor(query.before)
      return cache.cacheList(query)
    },
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: StorageError) => void
}

/** `running` holds a worker; `gone` holds the reason that every further call is told. */
type ThreadState = { readonly is: 'running'; readonly worker: Worker } | { readonly is: 'gone'; readonly why: string }

class Thread {
  readonly #dataDir: string
  readonly #log: StorageLog
  readonly #waiting = new Map<number, Waiting>()
  #state: ThreadState
  #calls = 0
  #restarts = 0
  #closed: Promise<void> | undefined

  constructor(dataDir: string, log: StorageLog) {
    this.#dataDir = dataDir
    this.#log = log
    this.#state = { is: 'running', worker: this.#start() }
  }

  call<Name extends CallName>(name: Name, ...values: Parameters<Calls[Name]>): Promise<ReturnType<Calls[Name]>> {
    return new Promise((resolve, reject) => {
      if (this.#state.is === 'gone') return reject(new StorageError(this.#state.why))
      const call = ++this.#calls
      this.#waiting.set(call, { resolve: resolve as (value: unknown) => void, reject })
      this.#state.worker.ref()
      this.#state.worker.postMessage({ call, name, values })
    })
  }

  close(): Promise<void> {
    this.#closed ??= this.#end()
    return this.#closed
  }

  async #end(): Promise<void> {
    if (this.#state.is === 'gone') return
    const { worker } = this.#state
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
    const answered = this.call('close')
    // From here on nothing new is taken; the queue before it is still written.
    this.#state = { is: 'gone', why: 'The database is closed.' }
    // Closing what is already gone is no failure: its end has been logged, and what waited has been told.
    await answered.catch(() => undefined)
    await exited
  }

  #start(): Worker {
    // Straight from TypeScript the file stands beside this one; the build puts it, under this name, beside the main chunk.
    const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './storage-worker.js'
    const worker = new Worker(new URL(file, import.meta.url), {
      workerData: { dataDir: this.#dataDir },
      name: 'storage',
      // Flags of a debugger or test runner are not for it, and the environment may hold provider keys.
      execArgv: [],
      env: {},
    })
    worker.unref()
    worker.on('message', (message: ThreadMessage) => this.#hear(worker, message))
    worker.on('error', (error) => this.#log('error', `The database's thread failed: ${error instanceof Error ? error.message : String(error)}`))
    worker.on('exit', () => this.#exited(worker))
    return worker
  }

  #hear(worker: Worker, message: ThreadMessage): void {
    switch (message.is) {
      case 'log':
        this.#log(message.level, message.message)
        return
      case 'unusable':
        this.#log('error', message.message)
        this.#state = { is: 'gone', why: message.message }
        this.#rejectAll(message.message)
        return
      case 'answer':
        this.#take(worker, message.call)?.resolve(message.value)
        return
      case 'refusal':
        this.#take(worker, message.call)?.reject(new StorageError(`The database refused: ${message.message}`))
        return
      default:
        message satisfies never
    }
  }

  #take(worker: Worker, call: number): Waiting | undefined {
    const waiting = this.#waiting.get(call)
    this.#waiting.delete(call)
    // While it closes it stays held: a process that awaits close() as its last act would end in the middle of it.
    if (this.#waiting.size === 0 && this.#state.is === 'running') worker.unref()
    return waiting
  }

  #exited(worker: Worker): void {
    this.#rejectAll("The database's thread ended before it answered.")
    if (this.#state.is === 'gone' || this.#state.worker !== worker) return
    if (this.#restarts < RESTARTS) {
      this.#restarts++
      this.#log('warn', "The database's thread ended unexpectedly and has been started again.")
      this.#state = { is: 'running', worker: this.#start() }
      return
    }
    const why = "The database's thread ended twice; Switchyard goes on without its database until it is started anew."
    this.#log('error', why)
    this.#state = { is: 'gone', why }
  }

  #rejectAll(why: string): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of waiting) reject(new StorageError(why))
  }
}
