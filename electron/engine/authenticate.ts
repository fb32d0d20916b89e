import { timingSafeEqual } from 'node:crypto'
import type { Dialect } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { ClientKeys } from './credentials/client-keys.ts'
import type { Caller } from './request.ts'

/**
 * A key for the first minute, printed in the README and the same everywhere: it opens the simulated `demo/*` models and nothing else, so it is no
 * secret. The setting `demoKey` turns it off.
 */
export const DEMO_KEY = 'sk-switchyard-demo'

/** Tools that only speak Ollama often have no field for a key, since Ollama itself asks for none. */
const ENVIRONMENT_CALLER: Caller = { id: 'environment', name: 'Environment key', opens: 'everything' }

export interface AuthenticationFacts {
  readonly clientKeys: ClientKeys
  readonly demoKeyAllowed: () => boolean
  /** `SWITCHYARD_CLIENT_KEY`: one more client key, for containers and scripts. */
  readonly environmentKey: string | undefined
  /** While the keys of earlier runs are being read; undefined once they are known. */
  readonly loading: () => Promise<void> | undefined
}

/** @throws Failure 'unauthenticated', in words that say what to do */
export function authenticator(facts: AuthenticationFacts): (presented: string | undefined, dialect?: Dialect) => Caller | Promise<Caller> {
  const environmentKey = facts.environmentKey === undefined || facts.environmentKey === '' ? undefined : Buffer.from(facts.environmentKey)
  const known = (key: { id: string; name: string }): Caller => ({ id: key.id, name: key.name, opens: 'everything' })
  const authenticate = (presented: string | undefined, dialect?: Dialect): Caller | Promise<Caller> => {
    if (presented === undefined || presented === '') {
      throw new Failure('unauthenticated', { code: 'wants-client-key', demoKey: DEMO_KEY, ollama: dialect?.startsWith('ollama-') === true })
    }
    // first, so that where there is such a key, its requests need no hash
    if (environmentKey !== undefined && isEqual(Buffer.from(presented), environmentKey)) return ENVIRONMENT_CALLER
    if (presented === DEMO_KEY) {
      if (facts.demoKeyAllowed()) return { id: 'demo', name: 'Demo key', opens: 'simulated-models' }
      throw new Failure('unauthenticated', { code: 'demo-key-off' })
    }
    // only keys that people have made need the database
    const loading = facts.loading()
    if (loading !== undefined) return loading.then(() => authenticate(presented, dialect))
    const found = facts.clientKeys.verify(presented)
    if (found !== undefined) return known(found)
    return facts.clientKeys.verifySlow(presented).then((late) => {
      if (late !== undefined) return known(late)
      throw new Failure('unauthenticated', { code: 'unknown-client-key' })
    })
  }
  return authenticate
}

/** In a time that tells how long the key is, and nothing of what it says. */
function isEqual(presented: Buffer, key: Buffer): boolean {
  return presented.length === key.length && timingSafeEqual(presented, key)
}
