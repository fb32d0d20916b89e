/**
 * Keeps how calls leave this machine: joins the settings, the environment's proxy variables, the proxy's password out of the vault and the CA file to
 * one `Outbound`, which is replaced whole whenever one of them changes.
 */
import { readFileSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { ApiError } from '../../shared/contract.ts'
import type { CaReading, NetworkSettings, NetworkStatus } from '../../shared/network.ts'
import { type CaFile, readCaText, trusting } from './attempt/certificates.ts'
import { type Outbound, outboundOf, STRAIGHT } from './attempt/outbound.ts'
import { basicAuthorization, environmentRules, PROXY_VARIABLES, type ProxyRules, proxyOf } from './attempt/proxy.ts'
import { Secret } from './credentials/secret.ts'
import { VaultError } from './credentials/vault.ts'
import { asked, type VaultKeeper } from './credentials/vault-keeper.ts'

/** The name that the password has among the keys in the vault. */
const PASSWORD_ID = 'network-proxy-password'
/** All roots of the web together are a quarter of this. */
const CA_LIMIT_BYTES = 1024 * 1024

export interface NetworkKeeperOptions {
  readonly settings: () => NetworkSettings
  readonly save: (settings: NetworkSettings) => void
  readonly keeper: () => VaultKeeper
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly onError: (error: Error) => void
}

export class NetworkKeeper {
  readonly #options: NetworkKeeperOptions
  #outbound: Outbound = STRAIGHT
  #password: Secret | undefined
  #ca: CaFile | undefined

  constructor(options: NetworkKeeperOptions) {
    this.#options = options
    const { caFile } = options.settings()
    // once, at the start: no request is to go out before it is known whom to trust
    if (caFile !== '') this.#ca = readCaFileNow(caFile)
    if (this.#ca?.is === 'refused') options.onError(new Error(`The CA file of the settings, ${caFile}, cannot be used (${this.#ca.why}).`))
    this.#build()
  }

  /** Asked at every call. */
  current(): Outbound {
    return this.#outbound
  }

  /** Fetches the password from the vault that is in use now. */
  async load(): Promise<void> {
    const { settings, keeper, onError } = this.#options
    this.#password = undefined
    if (settings().hasProxyPassword) {
      try {
        this.#password = await keeper().current()?.get(PASSWORD_ID)
      } catch (thrown) {
        if (!(thrown instanceof VaultError)) throw thrown
        onError(thrown)
      }
    }
    this.#build()
  }

  /** Takes up settings that were changed by another way: reads the CA file anew, whatever is in it. */
  async reload(): Promise<void> {
    const { caFile } = this.#options.settings()
    this.#ca = caFile === '' ? undefined : await readCaFile(caFile)
    this.#build()
  }

  status(): NetworkStatus {
    const settings = this.#options.settings()
    return {
      ...settings,
      password: !settings.hasProxyPassword ? 'none' : this.#password === undefined ? 'missing' : 'kept',
      environment: PROXY_VARIABLES.flatMap((name) => {
        const value = this.#options.environment[name]
        return value === undefined || value === '' ? [] : [{ name, value: withoutPassword(value) }]
      }),
      ca: this.#ca && readingOf(this.#ca),
    }
  }

  /** Whether a certificate is one of the CA file. */
  readonly isOwnAuthority = (fingerprint: string): boolean =>
    this.#ca?.is === 'read' && this.#ca.certificates.some((certificate) => certificate.fingerprint === fingerprint)

  /**
   * Checks everything first, then keeps it; holds from the next call on.
   * @throws ApiError 'bad-input' naming the field, 'unavailable' where no vault takes the password
   */
  async change({ password, ...wanted }: Omit<NetworkSettings, 'hasProxyPassword'> & { readonly password?: string | undefined }): Promise<NetworkStatus> {
    if (wanted.proxy === 'own' && wanted.proxyUrl === '') throw new ApiError('bad-input', 'Name the proxy.', 'proxyUrl')
    if (wanted.proxyUser.includes(':')) throw new ApiError('bad-input', 'A user of a proxy has no colon (RFC 7617).', 'proxyUser')
    const ca = wanted.caFile === '' ? undefined : await readCaFile(wanted.caFile)
    if (ca?.is === 'refused') throw new ApiError('bad-input', `The CA file cannot be used: ${SENTENCES[ca.why]}`, 'caFile')
    const before = this.#options.settings()
    const hasProxyPassword = password === undefined ? before.hasProxyPassword : password !== ''
    if (password !== undefined && password !== '') await this.#keepPassword(new Secret(password))
    this.#options.save({ ...wanted, hasProxyPassword })
    this.#ca = ca
    // only now, so that a failure above leaves the one that is in use
    if (!hasProxyPassword && before.hasProxyPassword) await this.#dropPassword()
    this.#build()
    return this.status()
  }

  async #keepPassword(password: Secret): Promise<void> {
    const keeper = this.#options.keeper()
    const vault = keeper.current()
    if (vault === undefined) throw new ApiError('unavailable', keeper.unavailableBecause() ?? 'There is no place for the password.', 'password')
    if (!vault.writable)
      throw new ApiError(
        'unavailable',
        'Keys come from environment variables here, and so may the proxy: choose “as the environment says”, or another place for keys.',
        'password',
      )
    await asked(() => vault.set(PASSWORD_ID, password))
    this.#password = password
  }

  async #dropPassword(): Promise<void> {
    this.#password = undefined
    for (const vault of await this.#options.keeper().reachable()) await vault.delete(PASSWORD_ID).catch((error: Error) => this.#options.onError(error))
  }

  #build(): void {
    const ca = this.#ca
    const secureContext = ca?.is === 'read' ? trusting(ca.pems) : undefined
    this.#outbound = outboundOf(this.#rules(), secureContext)
  }

  #rules(): ProxyRules | undefined {
    const { proxy, proxyUrl, proxyUser, exceptions } = this.#options.settings()
    if (proxy === 'none') return undefined
    if (proxy === 'environment') return environmentRules(this.#options.environment, (credentials) => new Secret(basicAuthorization(credentials)))
    const named = proxyOf(proxyUrl, () => new Secret(''))
    if (named === undefined) return undefined
    const password = this.#password
    const authorization =
      proxyUser === '' && password === undefined ? undefined : new Secret(basicAuthorization(`${proxyUser}:${password?.use((text) => text) ?? ''}`))
    const own = { ...named, authorization }
    return { http: own, https: own, exceptions, sparesThisMachine: true }
  }
}

const SENTENCES: Readonly<Record<Extract<CaReading, { is: 'refused' }>['why'], string>> = {
  'not-absolute': 'give its whole path.',
  'not-found': 'there is no such file.',
  'not-readable': 'it cannot be read.',
  'too-large': 'it is larger than 1 MB.',
  'no-pem': 'it is no PEM file (-----BEGIN CERTIFICATE-----).',
  'private-key': 'it holds a private key, which belongs in no such file.',
  broken: 'one of its certificates cannot be read.',
  none: 'it holds no certificate.',
}

/** Reads and checks a PEM file. Never throws: what is wrong is the answer. */
export async function readCaFile(path: string): Promise<CaFile> {
  if (!isAbsolute(path)) return { is: 'refused', why: 'not-absolute' }
  try {
    const { size } = await stat(path)
    return size > CA_LIMIT_BYTES ? { is: 'refused', why: 'too-large' } : readCaText(await readFile(path, 'latin1'))
  } catch (thrown) {
    return unread(thrown)
  }
}

function readCaFileNow(path: string): CaFile {
  try {
    return readCaText(readFileSync(path, 'latin1'))
  } catch (thrown) {
    return unread(thrown)
  }
}

function unread(thrown: unknown): CaFile {
  return { is: 'refused', why: (thrown as NodeJS.ErrnoException).code === 'ENOENT' ? 'not-found' : 'not-readable' }
}

/** What may be shown of it. */
export function readingOf(ca: CaFile): CaReading {
  return ca.is === 'read' ? { is: 'read', certificates: ca.certificates } : ca
}

function withoutPassword(value: string): string {
  return value.replace(/\/\/[^/@]*@/, '//…@').replace(/^[^/@\s,]*:[^/@\s,]*@/, '…@')
}
