/** The user's own routing as one file, `routing.json`, in the data folder: made by the Routing screen, by hand, or kept under version control. */

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SpokenError } from '../../../shared/messages/spoken-error.ts'
import { NO_ROUTING, type RoutingConfig, routingConfigSchema } from '../../../shared/routing-config.ts'

/** What is in force, and the file's own mark: whoever saves says which one they had before their eyes. */
export interface RoutingInForce {
  readonly config: RoutingConfig
  /** First half of the SHA-256 of the file's text, hex; '' while there is no file. */
  readonly revision: string
}

export interface KeptVersion {
  /** 1 is the one before the one in force. */
  readonly version: number
  readonly savedAt: number
  /** undefined: it cannot be read (any more). */
  readonly config: RoutingConfig | undefined
}

/** Someone else saved in between. */
export class RoutingChanged extends SpokenError {
  constructor() {
    super({ code: 'routing-changed' })
    this.name = 'RoutingChanged'
  }
}

/** Versions kept beside the file, newest first: `routing.json.1`, `.2` ... */
const KEPT_VERSIONS = 5

export class RoutingFile {
  readonly path: string
  #inForce: RoutingInForce

  /** @throws Error naming file and field when the file is there but not valid: routing by guesses would send prompts where nobody wants them */
  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    this.path = join(dataDir, 'routing.json')
    this.#inForce = this.#read()
  }

  get current(): RoutingInForce {
    return this.#inForce
  }

  /** Reads the file again, for who changed it by hand. What is in force stays where the file is not valid. @throws Error naming the field */
  reload(): RoutingInForce {
    this.#inForce = this.#read()
    return this.#inForce
  }

  /** Checks and writes at once; the versions before stay beside it. @throws RoutingChanged, or Error naming the field */
  save(config: unknown, revision: string): RoutingInForce {
    if (this.#read().revision !== revision) throw new RoutingChanged()
    const valid = checked(config, 'The routing')
    const text = `${JSON.stringify(valid, null, 2)}\n`
    if (revision !== '') this.#shift()
    const temporary = `${this.path}.new`
    writeFileSync(temporary, text, { mode: 0o600 })
    renameSync(temporary, this.path)
    this.#inForce = { config: valid, revision: markOf(text) }
    return this.#inForce
  }

  /** The files before the one in force, newest first. */
  versions(): readonly KeptVersion[] {
    return Array.from({ length: KEPT_VERSIONS }, (_, index) => index + 1).flatMap((version): readonly KeptVersion[] => {
      const path = `${this.path}.${version}`
      const stat = statSync(path, { throwIfNoEntry: false })
      if (stat === undefined) return []
      try {
        return [{ version, savedAt: stat.mtimeMs, config: checked(JSON.parse(readFileSync(path, 'utf8')), path) }]
      } catch {
        // spoilt by hand, or of another version of Switchyard: there, but not to be restored
        return [{ version, savedAt: stat.mtimeMs, config: undefined }]
      }
    })
  }

  #shift(): void {
    for (let version = KEPT_VERSIONS - 1; version >= 0; version--) {
      const from = version === 0 ? this.path : `${this.path}.${version}`
      try {
        if (version === 0) writeFileSync(`${this.path}.1`, readFileSync(from), { mode: 0o600 })
        else renameSync(from, `${this.path}.${version + 1}`)
      } catch (error) {
        // a version that is not there (any more) needs no moving
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    }
  }

  #read(): RoutingInForce {
    let text: string
    try {
      text = readFileSync(this.path, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { config: NO_ROUTING, revision: '' }
      throw error
    }
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (cause) {
      throw new Error(`${this.path} is not valid JSON. Mend it or move it away.`, { cause })
    }
    return { config: checked(value, this.path), revision: markOf(text) }
  }
}

function markOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

/** @throws Error naming the field */
export function checked(value: unknown, where: string): RoutingConfig {
  const result = routingConfigSchema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new Error(`${where}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`)
}
