/** The settings as one file, `settings.json`, in the data folder: only what differs from the defaults, editable by hand. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Settings, settingsSchema } from '../../../shared/settings.ts'

export class SettingsFile {
  readonly #path: string
  #own: Record<string, unknown>
  #settings: Settings

  /** @throws Error naming file and field when the file is there but not valid: guessing at settings would be worse than stopping. */
  constructor(dataDir: string) {
    this.#path = join(dataDir, 'settings.json')
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    this.#own = read(this.#path)
    this.#settings = checked(this.#own, this.#path)
  }

  get current(): Settings {
    return this.#settings
  }

  /** Changes the given fields and writes the file at once (replaced whole, so a crash leaves the old or the new one). @throws Error when a value is not valid */
  update(changes: { readonly [N in keyof Settings]?: Settings[N] | undefined }): Settings {
    const own: Record<string, unknown> = { ...this.#own }
    for (const [name, value] of Object.entries(changes)) if (value !== undefined) own[name] = value
    this.#settings = checked(own, this.#path)
    this.#own = own
    const temporary = `${this.#path}.new`
    writeFileSync(temporary, `${JSON.stringify(own, null, 2)}\n`, { mode: 0o600 })
    renameSync(temporary, this.#path)
    return this.#settings
  }
}

function read(path: string): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch (cause) {
    throw new Error(`${path} is not valid JSON. Mend it or move it away.`, { cause })
  }
  throw new Error(`${path} must hold a JSON object.`)
}

function checked(own: Record<string, unknown>, path: string): Settings {
  const result = settingsSchema.safeParse(own)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new Error(`${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`)
}
