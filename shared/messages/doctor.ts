/** What the doctor says of its findings: a sentence, and what helps where something is wrong. */
import type { DoctorFinding, FindingOf } from '../doctor.ts'
import type { MessageOf, Said, Sentences } from './message.ts'

const MB = 1024 * 1024

export const DOCTOR_MESSAGES = {
  'doc-version': ({ version, node, platform }: { version: string; node: string; platform: string }) => `Switchyard ${version}, Node ${node}, ${platform}.`,

  'doc-folder': ({ path, bytes }: { path: string; bytes: number }) => `${path} can be written, and holds ${size(bytes)}.`,
  'doc-folder-not-yet': ({ path }: { path: string }) => `${path} does not exist yet; the first start makes it.`,
  'doc-folder-others': ({ path }: { path: string }) => `${path} can be read by other users of this machine.`,
  'doc-folder-others-help': ({ path }: { path: string }) => `chmod 700 ${path}`,
  'doc-folder-none': ({ path }: { path: string }) => `${path} is not a folder.`,
  'doc-folder-unmade': ({ path, told }: { path: string; told: string }) => `${path} does not exist, and ${told} cannot be written.`,
  'doc-folder-bad': ({ path, told }: { path: string; told: string }) => `${path} cannot be written (${told}).`,
  'doc-folder-help': () => 'Give yourself the right to, or start with another folder: --data-dir.',

  'doc-disk': ({ bytes }: { bytes: number }) => `${size(bytes)} are free.`,
  'doc-disk-low': ({ bytes }: { bytes: number }) => `Only ${size(bytes)} are free.`,
  'doc-disk-help': () => 'Make room, or keep less: Settings, Storage & retention.',

  'doc-file': () => 'Valid, or not there.',
  'doc-file-bad': ({ why }: { why: string }) => why,
  'doc-file-help': () => 'The next start stops at it: mend the field, or move the file away.',

  'doc-database': ({ requests, bytes, ms }: { requests: number; bytes: number; ms: number }) =>
    `Whole: ${requests} requests, ${size(bytes)}; read through in ${ms} ms.`,
  'doc-database-older': ({ format, known }: { format: number; known: number }) => `Whole, of format ${format}; the next start brings it to ${known}.`,
  'doc-database-not-yet': () => 'None yet; the first start makes it.',
  'doc-database-damaged': ({ damage }: { damage: string }) => `Damaged: ${damage}`,
  'doc-database-damaged-help': () => 'Quit Switchyard and start it again: it moves the file aside, begins a new one and saves the keys’ rows.',
  'doc-database-too-new': ({ format, known }: { format: number; known: number }) =>
    `Written by a newer Switchyard (format ${format}, this one knows ${known}).`,
  'doc-database-too-new-help': () => 'Install that one, or start with another folder: --data-dir.',

  'doc-keys-keychain': ({ keychain }: { keychain: string }) => `In the ${keychain}.`,
  'doc-keys-file': () => 'In an encrypted file.',
  'doc-keys-locked': () => 'In an encrypted file, which is locked.',
  'doc-keys-locked-help': () => 'Open it on the Providers screen.',
  'doc-keys-environment': () => 'From environment variables alone.',
  'doc-keys-memory': () => 'In memory until Switchyard quits.',
  'doc-keys-nowhere': ({ keychain, why }: { keychain: string; why: Said }, say) => `Nowhere yet: the ${keychain} cannot be used: ${say(why)}`,
  'doc-keys-nowhere-help': () => 'Choose a place on the Providers screen, or with --vault file, environment or memory.',
  'doc-keys-unusable': ({ keychain, why }: { keychain: string; why: Said }, say) => `The ${keychain} cannot be used: ${say(why)}`,
  'doc-keys-unusable-help': () => 'Unlock it, or choose another place on the Providers screen or with --vault.',
  /** Behind one of those above. */
  'doc-keys-count': ({ place, stored, variables }: { place: Said; stored: number; variables: readonly string[] }, say) =>
    `${say(place)} ${stored} stored${variables.length === 0 ? '' : `; in the environment: ${variables.join(', ')}`}.`,

  'doc-endpoint-free': ({ address }: { address: string }) => `${address} is free.`,
  'doc-endpoint-listens': ({ address }: { address: string }) => `Listens at ${address}, on this machine only.`,
  'doc-endpoint-lan': ({ address, lan }: { address: string; lan: readonly string[] }) =>
    `Listens at ${address}, and for the local network at ${lan.join(', ')}.`,
  'doc-endpoint-stopped': () => 'Stopped by you: tools are turned away.',
  'doc-endpoint-stopped-help': () => 'Start it at the top of the window, or in the tray.',
  'doc-endpoint-next': ({ address }: { address: string }) => `${address} is in use by another program; the next free port is taken instead.`,
  'doc-endpoint-taken': ({ address }: { address: string }) => `${address} is in use by another program.`,
  'doc-endpoint-refused': ({ address, told }: { address: string; told: string }) => `${address} cannot be listened on (${told}).`,
  'doc-endpoint-port-help': () => 'End the other program, or choose another port with --port.',
  'doc-endpoint-silent': () => 'Does not listen: its port was taken.',
  'doc-endpoint-silent-help': () => 'Close the other program and start Switchyard again.',

  'doc-catalog': ({ day, fetched }: { day: string; fetched: boolean }) => `As of ${day}, ${fetched ? 'fetched' : 'as it came with Switchyard'}.`,
  'doc-catalog-old': ({ day, days, fetched }: { day: string; days: number; fetched: boolean }) =>
    `As of ${day}, ${days} days ago, ${fetched ? 'fetched' : 'as it came with Switchyard'}.`,
  'doc-catalog-help': () => 'Refresh it on the Models screen, or daily: Settings, General.',

  'doc-network-environment': () => 'Calls go as the environment says.',
  'doc-network-none': () => 'Calls go straight.',
  'doc-network-own': () => 'Calls go through your proxy.',
  'doc-network-ca-file': () => 'The CA file cannot be used any more: choose it anew in Settings, Network.',
  'doc-network-ca-expired': () => 'A certificate of the CA file has expired: ask for the new one.',
  'doc-network-password': () => 'The proxy’s password is not in the place for keys in use: open that place, or enter it again.',
  'doc-several': ({ all }: { all: readonly Said[] }, say) => all.map(say).join(' '),

  'doc-files': ({ open, limit }: { open: number; limit: number }) => `${open} of ${limit} in use.`,
  'doc-files-few': ({ open, limit }: { open: number; limit: number }) => `${open} of ${limit} in use; many requests at once need more.`,
  'doc-files-help': () => 'Raise the limit (ulimit -n 4096) before the start.',

  'doc-clock': ({ by }: { by: string }) => `Right, going by ${by}.`,
  'doc-clock-off': ({ by, seconds, ahead }: { by: string; seconds: number; ahead: boolean }) => `${seconds} s ${ahead ? 'ahead of' : 'behind'} ${by}.`,
  'doc-clock-help': () => 'Signatures and tokens of clouds fail by that: let the system set its clock.',
  'doc-clock-unasked': ({ by }: { by: string }) => `${by} could not be asked for the time.`,
  'doc-clock-unasked-help': () => 'Check the connection: Settings, Network.',
  'doc-clock-nobody': () => 'There is no provider with a key to ask for the time.',

  'doc-reach': ({ provider, status, ms }: { provider: string; status: number; ms: number }) => `${provider} answers (${status}) after ${ms} ms.`,
  'doc-reach-bad': ({ provider, why }: { provider: string; why: Said }, say) => `${provider} cannot be reached: ${say(why)}`,
  'doc-reach-help': () => 'Look at network, proxy and base URL: Settings, Network.',
} satisfies Sentences

export type DoctorMessage = MessageOf<typeof DOCTOR_MESSAGES>

/** A finding in words, and what helps. */
export interface DoctorWords {
  readonly says: DoctorMessage
  readonly helps?: DoctorMessage
}

const MOST_DAMAGE = 3

export function doctorWords(finding: DoctorFinding): DoctorWords {
  switch (finding.of) {
    case 'version':
      return { says: { code: 'doc-version', version: finding.version, node: finding.node, platform: finding.platform } }
    case 'data-folder':
      return folderWords(finding)
    case 'disk': {
      const { freeBytes: bytes } = finding
      return finding.is === 'ok' ? { says: { code: 'doc-disk', bytes } } : { says: { code: 'doc-disk-low', bytes }, helps: { code: 'doc-disk-help' } }
    }
    case 'settings.json':
    case 'routing.json':
      return finding.why === undefined ? { says: { code: 'doc-file' } } : { says: { code: 'doc-file-bad', why: finding.why }, helps: { code: 'doc-file-help' } }
    case 'database':
      return databaseWords(finding)
    case 'keys':
      return keysWords(finding)
    case 'endpoint':
      return endpointWords(finding)
    case 'catalog': {
      const { asOf: day, days, fetched } = finding
      return finding.is === 'ok'
        ? { says: { code: 'doc-catalog', day, fetched } }
        : { says: { code: 'doc-catalog-old', day, days, fetched }, helps: { code: 'doc-catalog-help' } }
    }
    case 'network':
      return {
        says:
          finding.wrong.length === 0
            ? { code: `doc-network-${finding.proxy}` }
            : { code: 'doc-several', all: finding.wrong.map((wrong): DoctorMessage => ({ code: `doc-network-${wrong}` })) },
      }
    case 'open-files': {
      const { open, limit } = finding
      return finding.is === 'ok'
        ? { says: { code: 'doc-files', open, limit } }
        : { says: { code: 'doc-files-few', open, limit }, helps: { code: 'doc-files-help' } }
    }
    case 'clock':
      return clockWords(finding)
    case 'reach': {
      const { provider } = finding
      return finding.is === 'ok'
        ? { says: { code: 'doc-reach', provider, status: finding.status, ms: finding.ms } }
        : { says: { code: 'doc-reach-bad', provider, why: finding.why }, helps: { code: 'doc-reach-help' } }
    }
  }
}

function folderWords(finding: FindingOf<'data-folder'>): DoctorWords {
  const { path } = finding
  if (finding.is === 'ok') return { says: { code: 'doc-folder', path, bytes: finding.bytes } }
  const { why } = finding
  switch (why) {
    case 'not-yet':
      return { says: { code: 'doc-folder-not-yet', path } }
    case 'others-read':
      return { says: { code: 'doc-folder-others', path }, helps: { code: 'doc-folder-others-help', path } }
    case 'no-folder':
      return { says: { code: 'doc-folder-none', path }, helps: { code: 'doc-folder-help' } }
    case 'not-to-be-made':
      return { says: { code: 'doc-folder-unmade', path, told: finding.told }, helps: { code: 'doc-folder-help' } }
    case 'not-writable':
      return { says: { code: 'doc-folder-bad', path, told: finding.told }, helps: { code: 'doc-folder-help' } }
  }
}

function databaseWords(finding: FindingOf<'database'>): DoctorWords {
  if (finding.is === 'warn') return { says: { code: 'doc-database-not-yet' } }
  if (finding.is === 'ok') {
    const { requests, bytes, ms, format, known } = finding
    return { says: format < known ? { code: 'doc-database-older', format, known } : { code: 'doc-database', requests, bytes, ms } }
  }
  if (finding.why === 'damaged') {
    const damage = finding.damage.slice(0, MOST_DAMAGE).join('; ')
    return { says: { code: 'doc-database-damaged', damage }, helps: { code: 'doc-database-damaged-help' } }
  }
  const { format, known } = finding
  return { says: { code: 'doc-database-too-new', format, known }, helps: { code: 'doc-database-too-new-help' } }
}

function keysWords({ is, backend, locked, keychain: { name: keychain, reason }, stored, variables }: FindingOf<'keys'>): DoctorWords {
  const why: Said = reason ?? { code: 'keychain-silent' }
  const counted = (place: DoctorMessage): DoctorMessage => ({ code: 'doc-keys-count', place, stored, variables })
  switch (backend) {
    case 'keychain':
      return is === 'bad'
        ? { says: counted({ code: 'doc-keys-unusable', keychain, why }), helps: { code: 'doc-keys-unusable-help' } }
        : { says: counted({ code: 'doc-keys-keychain', keychain }) }
    case 'file':
      return locked ? { says: counted({ code: 'doc-keys-locked' }), helps: { code: 'doc-keys-locked-help' } } : { says: counted({ code: 'doc-keys-file' }) }
    case 'environment':
      return { says: counted({ code: 'doc-keys-environment' }) }
    case 'memory':
      return { says: counted({ code: 'doc-keys-memory' }) }
    case undefined:
      return { says: counted({ code: 'doc-keys-nowhere', keychain, why }), helps: { code: 'doc-keys-nowhere-help' } }
  }
}

function endpointWords(finding: FindingOf<'endpoint'>): DoctorWords {
  switch (finding.state) {
    case 'free':
      return { says: { code: 'doc-endpoint-free', address: finding.address } }
    case 'listens': {
      const { address, lan } = finding
      return { says: lan.length === 0 ? { code: 'doc-endpoint-listens', address } : { code: 'doc-endpoint-lan', address, lan } }
    }
    case 'stopped':
      return { says: { code: 'doc-endpoint-stopped' }, helps: { code: 'doc-endpoint-stopped-help' } }
    case 'next-port':
      return { says: { code: 'doc-endpoint-next', address: finding.address } }
    case 'taken':
      return { says: { code: 'doc-endpoint-taken', address: finding.address }, helps: { code: 'doc-endpoint-port-help' } }
    case 'refused':
      return { says: { code: 'doc-endpoint-refused', address: finding.address, told: finding.code }, helps: { code: 'doc-endpoint-port-help' } }
    case 'silent':
      return { says: { code: 'doc-endpoint-silent' }, helps: { code: 'doc-endpoint-silent-help' } }
  }
}

function clockWords(finding: FindingOf<'clock'>): DoctorWords {
  const { by } = finding
  if (by === undefined) return { says: { code: 'doc-clock-nobody' } }
  if (finding.is === 'unknown') return { says: { code: 'doc-clock-unasked', by }, helps: { code: 'doc-clock-unasked-help' } }
  if (finding.is === 'ok') return { says: { code: 'doc-clock', by } }
  const { aheadMs } = finding
  return { says: { code: 'doc-clock-off', by, seconds: Math.round(Math.abs(aheadMs) / 1000), ahead: aheadMs > 0 }, helps: { code: 'doc-clock-help' } }
}

function size(bytes: number): string {
  return bytes < 1024 * MB ? `${Math.round(bytes / MB)} MB` : `${(bytes / MB / 1024).toFixed(1)} GB`
}
