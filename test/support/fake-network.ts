/** The network's settings of the fake engine; made up throughout. */
import type { networkApi } from '../../shared/api/network.ts'
import type { Handlers } from '../../shared/contract.ts'
import type { NetworkSettings } from '../../shared/network.ts'

const YEAR_MS = 365 * 86_400_000

export function fakeNetwork(settings: () => NetworkSettings, save: (changed: NetworkSettings) => void): Handlers<typeof networkApi> {
  const reading = (path: string) =>
    path.endsWith('.pem')
      ? {
          is: 'read' as const,
          certificates: [
            {
              subject: 'Example Corp Root CA',
              issuer: 'Example Corp Root CA',
              validFrom: Date.UTC(2024, 0, 1),
              validTo: Date.UTC(2024, 0, 1) + 10 * YEAR_MS,
              fingerprint: 'AB:CD',
              isAuthority: true,
            },
            {
              subject: 'Old Proxy',
              issuer: 'Old Root',
              validFrom: Date.UTC(2015, 0, 1),
              validTo: Date.UTC(2016, 0, 1),
              fingerprint: 'EF:01',
              isAuthority: false,
            },
          ],
        }
      : { is: 'refused' as const, why: 'no-pem' as const }
  const status = () => {
    const now = settings()
    return {
      ...now,
      password: now.hasProxyPassword ? ('kept' as const) : ('none' as const),
      environment: [{ name: 'https_proxy', value: 'http://…@proxy.example:3128' }],
      ca: now.caFile === '' ? undefined : reading(now.caFile),
    }
  }
  return {
    'network.get': status,
    'network.set': ({ password, ...wanted }) => {
      save({ ...wanted, hasProxyPassword: password === undefined ? settings().hasProxyPassword : password !== '' })
      return status()
    },
    'network.readCa': ({ path }) => reading(path),
    'network.check': ({ url }) => {
      const { host, hostname } = new URL(url)
      const { proxy } = settings()
      const way = { is: 'way' as const, proxy: proxy === 'own' ? 'proxy.example:8080' : undefined }
      if (hostname === 'nowhere.example') return { url, steps: [way], fault: { is: 'dns' as const, host, code: 'ENOTFOUND' } }
      if (hostname === 'inspected.example')
        return {
          url,
          steps: [way, { is: 'resolved' as const, host, addresses: ['192.0.2.7'] }, { is: 'connected' as const, host: `${host}:443`, ms: 12 }],
          fault: {
            is: 'certificate' as const,
            code: 'SELF_SIGNED_CERT_IN_CHAIN',
            subject: hostname,
            issuer: 'Example Corp Root CA',
            validTo: Date.UTC(2034, 0, 1),
          },
        }
      return {
        url,
        steps: [
          way,
          { is: 'resolved' as const, host, addresses: ['192.0.2.7'] },
          { is: 'connected' as const, host: `${host}:443`, ms: 12 },
          { is: 'secured' as const, subject: hostname, issuer: 'Made-up Web CA', validTo: Date.UTC(2030, 0, 1), byOwnAuthority: false },
          { is: 'answered' as const, status: 401 },
        ],
        fault: undefined,
      }
    },
  }
}
