import type { CredentialId, ProviderId } from '../../../shared/ids.ts'
import { Secret } from './secret.ts'
import { type Vault, VaultError } from './vault.ts'

const PREFIX = 'env:'

export type Environment = Readonly<Record<string, string | undefined>>

export interface EnvironmentSecret {
  /** `env:VARIABLE` */
  readonly id: CredentialId
  readonly variable: string
  readonly provider: ProviderId
  readonly secret: Secret
}

export function environmentId(variable: string): CredentialId {
  return PREFIX + variable
}

export function isEnvironmentId(id: CredentialId): boolean {
  return id.startsWith(PREFIX)
}

/** Reads keys from environment variables, only from those that a provider is known by, and changes none. */
export class EnvironmentVault implements Vault {
  readonly backend = 'environment'
  readonly writable = false
  readonly #secrets: readonly EnvironmentSecret[]

  /** `providers`: which provider's key a variable holds. The environment is read now and not again: a process's own does not change. */
  constructor(environment: Environment, providers: ReadonlyMap<string, ProviderId>) {
    this.#secrets = [...providers].flatMap(([variable, provider]) => {
      // Shell profiles leave blanks and empty values behind; neither is a key.
      const value = environment[variable]?.trim() ?? ''
      return value === '' ? [] : [{ id: environmentId(variable), variable, provider, secret: new Secret(value) }]
    })
  }

  /** The variables that are set, in the order of `providers`. */
  secrets(): readonly EnvironmentSecret[] {
    return this.#secrets
  }

  async get(id: CredentialId): Promise<Secret | undefined> {
    return this.#secrets.find((entry) => entry.id === id)?.secret
  }

  async set(): Promise<void> {
    throw readOnly()
  }

  async delete(): Promise<void> {
    throw readOnly()
  }
}

function readOnly(): VaultError {
  return new VaultError('read-only', { code: 'environment-only' })
}
