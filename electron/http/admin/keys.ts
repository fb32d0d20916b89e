import type { CredentialSummary, keysApi, Validation } from '../../../shared/api/keys.ts'
import { ApiError, type Handlers } from '../../../shared/contract.ts'
import { Failure } from '../../../shared/failure.ts'
import { Secret } from '../../engine/credentials/secret.ts'
import { validateKey } from '../../engine/credentials/validate.ts'
import { VaultError } from '../../engine/credentials/vault.ts'
import type { AdminStages } from './stages.ts'

export function keysHandlers(stages: AdminStages): Handlers<typeof keysApi> {
  const { credentials, keeper, live } = stages

  const check = async (id: string): Promise<Validation> => {
    const known = find(credentials.list(), id)
    const provider = stages.providers().get(known.provider)
    const baseUrl = provider && stages.baseUrl(provider)
    if (provider === undefined || baseUrl === undefined) throw new ApiError('not-found', `The provider '${known.provider}' is not there any more.`)
    const validation = await validateKey(provider, baseUrl, await credentials.open(id), stages.send, stages.now)
    const at = stages.now()
    if (validation.is === 'valid') credentials.mark(id, { is: 'ready', checkedAt: at })
    else if (validation.is === 'refused' || validation.is === 'forbidden') credentials.mark(id, { is: 'refused', message: validation.message, at })
    else if (validation.is === 'out-of-credit') credentials.mark(id, { is: 'out-of-credit', message: validation.message, at })
    changed()
    return validation
  }
  const changed = (): void => {
    live.changed('keys')
    live.changed('models')
  }
  const checked = async (credential: CredentialSummary): Promise<{ credential: CredentialSummary; validation: Validation }> => {
    const validation = await check(credential.id)
    return { credential: find(credentials.list(), credential.id), validation }
  }

  return {
    'vault.status': () => keeper.statusWithKeychain(),
    'vault.choose': ({ backend, passphrase }) =>
      vaulted(async () => {
        const status = await keeper.choose(backend, passphrase)
        changed()
        return status
      }),
    'vault.unlock': ({ passphrase }) =>
      vaulted(async () => {
        const status = await keeper.unlock(passphrase)
        changed()
        return status
      }),
    'keys.list': () => credentials.list(),
    'keys.add': async ({ provider, label, secret }) => {
      const definition = stages.providers().get(provider)
      if (definition === undefined) throw new ApiError('bad-input', `There is no provider '${provider}'.`, 'provider')
      if (definition.authorization.kind === 'none') throw new ApiError('bad-input', `${definition.name} takes no key.`, 'provider')
      return vaulted(async () => checked(await credentials.add({ provider, label, secret: new Secret(secret) })))
    },
    'keys.validate': ({ id }) => vaulted(() => check(id)),
    'keys.rename': async ({ id, label }) => {
      const renamed = await credentials.rename(id, label)
      changed()
      return renamed
    },
    'keys.replace': ({ id, secret }) => vaulted(async () => checked(await credentials.replace(id, new Secret(secret)))),
    'keys.removeFormer': ({ id }) =>
      vaulted(async () => {
        await credentials.removeFormer(id)
        changed()
        return null
      }),
    'keys.reorder': async ({ provider, ids }) => {
      const ordered = await credentials.reorder(provider, ids)
      changed()
      return ordered
    },
    'keys.delete': ({ id }) =>
      vaulted(async () => {
        await credentials.delete(id)
        changed()
        return null
      }),
    'keys.environment': () => credentials.environment(),
    'keys.import': ({ variable }) => vaulted(async () => checked(await credentials.import(variable))),
  }
}

function find(list: readonly CredentialSummary[], id: string): CredentialSummary {
  const found = list.find((credential) => credential.id === id)
  if (found === undefined) throw new ApiError('not-found', 'This key is not there any more.')
  return found
}

/** What a vault or a key pool says of itself is written for people and may be shown. */
async function vaulted<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    if (thrown instanceof VaultError)
      throw new ApiError(
        thrown.reason === 'wrong-passphrase' ? 'refused' : 'unavailable',
        thrown.message,
        thrown.reason === 'wrong-passphrase' ? 'passphrase' : undefined,
      )
    if (thrown instanceof Failure && thrown.kind !== 'internal') throw new ApiError('unavailable', thrown.message)
    throw thrown
  }
}
