/** A certificate authority of the test's own, made anew in each run, and a server's certificate by it. */
import { generate } from 'selfsigned'

export interface MadeUpAuthority {
  /** PEM. */
  readonly certificate: string
  /** Key and certificate for a server of these names and addresses, PEM. */
  serverFor(names: readonly string[]): Promise<{ readonly key: string; readonly cert: string }>
}

export async function madeUpAuthority(name = 'Made-up Test Authority'): Promise<MadeUpAuthority> {
  const root = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  return {
    certificate: root.cert,
    async serverFor(names) {
      const [first = 'server'] = names
      const made = await generate([{ name: 'commonName', value: first }], {
        keyType: 'ec',
        algorithm: 'sha256',
        ca: { key: root.private, cert: root.cert },
        extensions: [
          { name: 'basicConstraints', cA: false },
          { name: 'subjectAltName', altNames: names.map((value) => (/^[\d.]+$/.test(value) ? { type: 7, ip: value } : { type: 2, value })) },
        ],
      })
      return { key: made.private, cert: made.cert }
    },
  }
}
