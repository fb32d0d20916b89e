/** Looks whether there is a newer version, at the address that the settings name and only when they or the user say so. Loads and installs nothing. */
import { ApiError } from '../../../shared/contract.ts'
import type { Ms } from '../../../shared/ids.ts'
import { SpokenError, saidBy } from '../../../shared/messages/spoken-error.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { UpdateResult, UpdateStatus } from '../../../shared/updates.ts'
import { readAll } from '../attempt/pulled-body.ts'
import { followingRedirects } from '../attempt/redirects.ts'
import type { Send } from '../attempt/send.ts'
import { Departure } from '../departure.ts'
import type { CacheStorage } from '../storage/cache-storage.ts'
import { isNewer, readRelease } from './release.ts'

const FACT = 'update check'
const DAY_MS = 86_400_000
const ANSWER_LIMIT_MS = 15_000
const BODY_LIMIT_BYTES = 1024 * 1024

export interface UpdateCheckFacts {
  readonly running: string
  readonly settings: () => Settings['updates']
  readonly send: Send
  readonly storage: Pick<CacheStorage, 'cacheFact' | 'cacheSetFact'>
  readonly now: () => Ms
  /** What `status` tells is different now. */
  readonly onChange: () => void
}

/** What was found, and where. */
type Kept = UpdateResult & { readonly feed: string }

export class UpdateCheck {
  readonly #facts: UpdateCheckFacts
  readonly #send: Send
  #kept: Kept | undefined
  #loaded: Promise<void> | undefined
  #running: Promise<void> | undefined

  constructor(facts: UpdateCheckFacts) {
    this.#facts = facts
    this.#send = followingRedirects(facts.send)
  }

  async status(): Promise<UpdateStatus> {
    await this.#load()
    const { running, settings } = this.#facts
    const { feed, ...last } = this.#kept ?? { feed: undefined }
    const isOurs = feed !== undefined && feed === settings().feed
    // since then this may have become the newer one
    const result = isOurs ? (last as UpdateResult) : undefined
    const isStale = result?.is === 'newer' && !isNewer(result.version, running)
    return { running, isChecking: this.#running !== undefined, last: isStale ? { is: 'none-newer', version: result.version, at: result.at } : result }
  }

  /** @throws ApiError 'conflict' where the settings name no address; what goes wrong on the way is a result */
  async check(): Promise<UpdateStatus> {
    const { feed } = this.#facts.settings()
    if (feed === '') throw new ApiError('conflict', { code: 'no-update-address' })
    this.#running ??= this.#look(feed).finally(() => {
      this.#running = undefined
      this.#facts.onChange()
    })
    this.#facts.onChange()
    await this.#running
    return this.status()
  }

  /** As the settings say, and not more than once a day. */
  async checkIfDue(): Promise<void> {
    const { check, feed } = this.#facts.settings()
    if (check === 'off' || feed === '') return
    await this.#load()
    if (this.#kept?.feed === feed && this.#facts.now() - this.#kept.at < DAY_MS) return
    await this.check()
  }

  async #look(feed: string): Promise<void> {
    const { now, storage } = this.#facts
    const found = await this.#ask(feed).catch((thrown: unknown): UpdateResult => ({ is: 'failed', why: saidBy(thrown), at: now() }))
    this.#kept = { ...found, feed }
    await storage.cacheSetFact(FACT, JSON.stringify(this.#kept))
  }

  /** Tells the server nothing: neither the version that runs nor who asks. */
  async #ask(feed: string): Promise<UpdateResult> {
    const { running, now } = this.#facts
    const request = { method: 'GET' as const, url: feed, headers: { accept: '*/*', 'user-agent': 'Switchyard' }, body: undefined }
    const answer = await this.#send(request, Departure.of(AbortSignal.timeout(ANSWER_LIMIT_MS)))
    const text = (await readAll(answer.body, BODY_LIMIT_BYTES)).toString('utf8')
    if (answer.status !== 200) throw new SpokenError({ code: 'list-status', status: answer.status })
    const release = readRelease(text)
    if (release === undefined) throw new SpokenError({ code: 'names-no-version' })
    return isNewer(release.version, running) ? { is: 'newer', ...release, at: now() } : { is: 'none-newer', version: release.version, at: now() }
  }

  #load(): Promise<void> {
    this.#loaded ??= this.#facts.storage.cacheFact(FACT).then((text) => {
      if (text !== undefined) this.#kept ??= JSON.parse(text) as Kept
    })
    return this.#loaded
  }
}
