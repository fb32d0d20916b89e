/**
 * Real provider exchanges kept beside the checkout in `../shared/recordings`. They are data to test against and never part of the project: without
 * them the suite runs on its own fixtures and says how many recorded cases it left out; under CI=true their absence is a failure.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { JsonObject } from '../../shared/chat.ts'

export const SHARED_DIR = fileURLToPath(new URL('../../../shared/', import.meta.url))
const root = `${SHARED_DIR}recordings/`

export interface IndexLine {
  readonly id: string
  readonly provider: string
  readonly api: string
  readonly model: string | null
  readonly streaming: boolean
  readonly status: number
  readonly features: readonly string[]
  /** Cases of one twin were sent the same scenario. */
  readonly twin?: string | null
  readonly response: string
  readonly request: boolean
}

export interface Expected {
  readonly text?: string
  readonly reasoning?: string
  /** What Cohere's models write before they call tools. */
  readonly tool_plan?: string
  readonly refusal?: string
  readonly tool_calls?: readonly { readonly name: string; readonly arguments: unknown; readonly id?: string }[]
  readonly finish_reason?: string
  readonly finish_reason_raw?: string
  readonly usage?: {
    readonly prompt_tokens?: number
    readonly completion_tokens?: number
    readonly cached_tokens?: number
    readonly cache_write_tokens?: number
    readonly reasoning_tokens?: number
    readonly upstream_total?: number
  }
  readonly signatures?: number
  /** Tokens whose probability is told. */
  readonly logprobs?: number
  readonly other?: readonly string[]
  readonly midstream_error?: unknown
  readonly error?: { readonly status: number; readonly kind?: string; readonly message?: string; readonly type?: string; readonly code?: string }
  readonly aux?: boolean
  /** Of a token count. */
  readonly input_tokens?: number
}

export interface Recording extends IndexLine {
  readonly headers: Readonly<Record<string, string>>
  /** undefined for fixtures that hold only the answer. */
  readonly requestBody: JsonObject | undefined
  readonly body: Buffer
  readonly expected: Expected
}

export const RECORDINGS_PRESENT = existsSync(`${root}index.json`)

if (!RECORDINGS_PRESENT && process.env.CI === 'true') throw new Error('CI=true, but ../shared/recordings is missing')

const index = RECORDINGS_PRESENT ? (JSON.parse(readFileSync(`${root}index.json`, 'utf8')) as readonly IndexLine[]) : []

/** The number of recorded cases in the copy this suite was written against; printed as left out when the folder is missing. */
const KNOWN_CASES = 1102

/** Recordings of one wire format (`openai-chat`, `anthropic-messages`, `gemini-generate`), read from disk when asked. */
export function recordings(api: string, filter: (line: IndexLine) => boolean = () => true): readonly IndexLine[] {
  if (!RECORDINGS_PRESENT) console.warn(`recordings are not here: all ${KNOWN_CASES} recorded cases left out (asked for ${api})`)
  return index.filter((line) => line.api === api && filter(line))
}

/** The cases of a folder of this layout; read from each case's own facts where the folder has no index. */
export function indexOf(folder: string): readonly IndexLine[] {
  const file = join(folder, 'index.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as readonly IndexLine[]
  const cases = join(folder, 'cases')
  const found = readdirSync(cases, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('meta.json'))
  return found.sort().map((path) => {
    const meta = JSON.parse(readFileSync(join(cases, path), 'utf8')) as Omit<IndexLine, 'id' | 'status' | 'response' | 'request'> & {
      response: { status: number; file: string }
    }
    const id = dirname(path).replaceAll('\\', '/')
    return { ...meta, id, status: meta.response.status, response: meta.response.file, request: existsSync(join(cases, id, 'request.json')) }
  })
}

export function load(line: IndexLine): Recording {
  return loadFrom(root, line)
}

/** @param folder the one that holds the index and the cases */
export function loadFrom(folder: string, line: IndexLine): Recording {
  const place = join(folder, 'cases', line.id, '/')
  const meta = JSON.parse(readFileSync(`${place}meta.json`, 'utf8')) as { response: { headers: Record<string, string>; file: string } }
  const requestFile = `${place}request.json`
  return {
    ...line,
    headers: meta.response.headers,
    requestBody: existsSync(requestFile) ? (JSON.parse(readFileSync(requestFile, 'utf8')) as JsonObject) : undefined,
    body: readFileSync(place + meta.response.file),
    expected: JSON.parse(readFileSync(`${place}expected.json`, 'utf8')) as Expected,
  }
}

/** The sizes at which streams are cut in tests; `whole` is one piece. */
export const CUTS = [1, 2, 3, 7, 64, Number.POSITIVE_INFINITY] as const

export function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  if (!Number.isFinite(size)) return [bytes]
  const pieces: Uint8Array[] = []
  for (let start = 0; start < bytes.length; start += size) pieces.push(bytes.subarray(start, start + size))
  return pieces
}
