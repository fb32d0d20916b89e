/**
 * What a request says about the response cache, in both dialects people use: OpenRouter's headers (https://openrouter.ai/docs/features/response-caching)
 * and `Cache-Control` (RFC 9111, section 5.2.1).
 */
import { Failure } from '../../../shared/failure.ts'
import type { Ms } from '../../../shared/ids.ts'
import type { CacheWish as RuleWish } from '../../../shared/routing-config.ts'

export interface CacheWish {
  /** Asked for, or asked to be left alone; undefined: says nothing. */
  readonly use: boolean | undefined
  readonly ttlSeconds: number | undefined
  /** The entry is to be made anew. */
  readonly clear: boolean
  /** The answer must be a fresh one. */
  readonly noCache: boolean
  /** Nothing of this exchange is to be kept. */
  readonly noStore: boolean
  /** An older answer is not wanted. */
  readonly maxAgeMs: Ms | undefined
}

const SILENT: CacheWish = { use: undefined, ttlSeconds: undefined, clear: false, noCache: false, noStore: false, maxAgeMs: undefined }
/** OpenRouter's bounds. */
const MOST_TTL_SECONDS = 86_400

/** @throws Failure 'bad-request' naming the header */
export function cacheWish(headers: Readonly<Record<string, string | undefined>>): CacheWish {
  const use = headers['x-openrouter-cache']
  const ttl = headers['x-openrouter-cache-ttl']
  const clear = headers['x-openrouter-cache-clear']
  const control = headers['cache-control']
  // nearly every request: no object is made for it
  if (use === undefined && ttl === undefined && clear === undefined && control === undefined) return SILENT
  const directives = control === undefined ? SILENT : cacheControl(control)
  return {
    ...directives,
    use: use === undefined ? undefined : truth('X-OpenRouter-Cache', use),
    ttlSeconds: ttl === undefined ? undefined : seconds('X-OpenRouter-Cache-TTL', ttl, 1, MOST_TTL_SECONDS),
    clear: clear !== undefined && truth('X-OpenRouter-Cache-Clear', clear),
  }
}

/** What a rule or preset of the user's own says, where the request itself says nothing. */
export function underRule(wish: CacheWish, rule: RuleWish | undefined): CacheWish {
  return rule === undefined ? wish : { ...wish, use: wish.use ?? rule.enabled, ttlSeconds: wish.ttlSeconds ?? rule.ttlSeconds }
}

function cacheControl(value: string): CacheWish {
  let wish = SILENT
  for (const directive of value.toLowerCase().split(',')) {
    const [name = '', argument = ''] = directive.trim().split('=', 2)
    if (name === 'no-cache') wish = { ...wish, noCache: true }
    else if (name === 'no-store') wish = { ...wish, noStore: true }
    else if (name === 'max-age')
      wish = { ...wish, maxAgeMs: seconds('Cache-Control: max-age', argument.trim().replace(/^"(.*)"$/, '$1'), 0, Number.MAX_SAFE_INTEGER / 1000) * 1000 }
    // others are for caches between us and the provider, of which there are none
  }
  return wish
}

function truth(header: string, value: string): boolean {
  const said = value.trim().toLowerCase()
  if (said === 'true') return true
  if (said === 'false') return false
  throw new Failure('bad-request', `The header ${header} must be true or false, not '${shown(value)}'.`, { param: header })
}

function seconds(header: string, value: string, least: number, most: number): number {
  const said = value.trim()
  const count = /^\d{1,15}$/.test(said) ? Number(said) : Number.NaN
  if (count >= least && count <= most) return count
  const range = most === MOST_TTL_SECONDS ? `from ${least} to ${most}` : `from ${least} on`
  throw new Failure('bad-request', `The header ${header} must be a whole number of seconds ${range}, not '${shown(value)}'.`, { param: header })
}

function shown(value: string): string {
  return value.slice(0, 60)
}
