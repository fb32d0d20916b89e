/**
 * Certificates of the user's own authorities, read from a PEM file (RFC 7468), and trusted besides the usual roots. A company that looks into TLS
 * signs with one of its own; Electron's fuses leave NODE_EXTRA_CA_CERTS without effect, so that there has to be a setting.
 */
import { X509Certificate } from 'node:crypto'
import type { SecureContext } from 'node:tls'
import type { CaReading, CertificateFacts } from '../../../shared/network.ts'

// Not imported: most runs need none of it.
const tls = process.getBuiltinModule('node:tls')

export type CaFile =
  | { readonly is: 'read'; readonly certificates: readonly CertificateFacts[]; readonly pems: readonly string[] }
  | Extract<CaReading, { is: 'refused' }>

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g

export function readCaText(text: string): CaFile {
  const blocks = [...text.matchAll(BLOCK)]
  if (blocks.length === 0) return { is: 'refused', why: 'no-pem' }
  const certificates: CertificateFacts[] = []
  const pems: string[] = []
  for (const [index, [pem, label = '']] of blocks.entries()) {
    // a key has no business in a file that is handed around; whoever chose it took the wrong file
    if (label.endsWith('PRIVATE KEY')) return { is: 'refused', why: 'private-key', block: index + 1 }
    if (label !== 'CERTIFICATE' && label !== 'TRUSTED CERTIFICATE' && label !== 'X509 CERTIFICATE') continue
    try {
      const read = new X509Certificate(pem)
      certificates.push(certificateOf(read))
      // as it is written anew, whatever label it bore
      pems.push(read.toString())
    } catch {
      return { is: 'refused', why: 'broken', block: index + 1 }
    }
  }
  return certificates.length === 0 ? { is: 'refused', why: 'none' } : { is: 'read', certificates, pems }
}

/** Made once for all connections: reading some 150 roots takes milliseconds. */
export function trusting(pems: readonly string[]): SecureContext {
  return tls.createSecureContext({ ca: [...tls.getCACertificates('default'), ...pems] })
}

function certificateOf(read: X509Certificate): CertificateFacts {
  return {
    subject: nameIn(read.subject),
    issuer: nameIn(read.issuer),
    validFrom: read.validFromDate.getTime(),
    validTo: read.validToDate.getTime(),
    fingerprint: read.fingerprint256,
    isAuthority: read.ca,
  }
}

/** A distinguished name comes as `CN=...` lines. */
function nameIn(distinguished: string): string {
  const lines = distinguished.split('\n')
  return lines.find((line) => line.startsWith('CN='))?.slice(3) ?? lines.join(', ')
}
