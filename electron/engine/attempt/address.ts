/**
 * Where an address leads: out into the world, to the user's own network or machine, or to a place that no model is served from and that hands
 * out secrets to whoever asks (the metadata services of clouds). Addresses given by people and by models are looked at before and while they are called,
 * since a name may lead elsewhere the second time it is asked.
 * Ranges: IANA special-purpose registries (RFC 6890 and its updates); metadata addresses: each cloud's documentation.
 */
import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Failure } from '../../../shared/failure.ts'

export type Reach = 'public' | 'this-machine' | 'private-network' | 'forbidden'

const THIS_MACHINE = listOf(['127.0.0.0/8', '::1/128'])
const PRIVATE = listOf(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7', 'fec0::/10'])
const FORBIDDEN = listOf([
  // link-local, where AWS, Azure, Google Cloud, DigitalOcean and others answer with credentials at 169.254.169.254
  '169.254.0.0/16',
  'fe80::/10',
  // the same of AWS over IPv6, of Alibaba Cloud, of Oracle Cloud
  'fd00:ec2::254/128',
  '100.100.100.200/32',
  '192.0.0.192/32',
  // nowhere, everywhere, and what is not handed out
  '0.0.0.0/8',
  '::/128',
  '224.0.0.0/4',
  'ff00::/8',
  '240.0.0.0/4',
  '255.255.255.255/32',
])
/** Names by which metadata services are known inside a cloud. */
const FORBIDDEN_NAMES = /^(metadata|instance-data)(\.|$)|\.metadata\.|^metadata\.google\.internal$/i

/** An address by its digits. IPv4 in IPv6's clothes (mapped, NAT64, 6to4) counts as what it wears underneath. */
export function reachOfAddress(address: string): Reach {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  const inside = embeddedIpv4(plain)
  if (inside !== undefined) return reachOfAddress(inside)
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4'
  if (FORBIDDEN.check(plain, family)) return 'forbidden'
  if (THIS_MACHINE.check(plain, family)) return 'this-machine'
  return PRIVATE.check(plain, family) ? 'private-network' : 'public'
}

/** What a URL's host name tells by itself; undefined for a name that only a resolver can tell more of. Takes the `hostname` of a parsed URL, which has folded 0x7f.1 and the like already. */
export function reachOfHostname(hostname: string): Reach | undefined {
  const plain = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (isIP(plain) !== 0) return reachOfAddress(plain)
  if (FORBIDDEN_NAMES.test(plain)) return 'forbidden'
  return plain === 'localhost' || plain.endsWith('.localhost') ? 'this-machine' : undefined
}

/** The widest-reaching danger among a name's addresses: a name with one public and one private address counts as private. */
export async function reachOf(hostname: string, resolve: (hostname: string) => Promise<readonly string[]> = resolved): Promise<Reach> {
  const known = reachOfHostname(hostname)
  if (known !== undefined) return known
  const reaches = new Set((await resolve(hostname)).map(reachOfAddress))
  return (['forbidden', 'this-machine', 'private-network'] as const).find((reach) => reaches.has(reach)) ?? 'public'
}

/** A `lookup` for sockets that gives out no address outside `allowed`, so that what was checked is what is called. */
export function lookupWithin(allowed: ReadonlySet<Reach>): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0)
      const refused = addresses.find(({ address }) => !allowed.has(reachOfAddress(address)))
      if (refused !== undefined) return callback(refusal(hostname, reachOfAddress(refused.address)), '', 0)
      if (options.all === true) return (callback as (error: null, addresses: LookupAddress[]) => void)(null, addresses)
      const [first] = addresses
      if (first === undefined) return callback(refusal(hostname, 'forbidden'), '', 0)
      callback(null, first.address, first.family)
    })
  }
}

/** In words for whoever gave the address. */
export function refusal(hostname: string, reach: Reach): Failure {
  return new Failure('upstream-unreachable', { code: 'leads-to', host: hostname, reach })
}

async function resolved(hostname: string): Promise<readonly string[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>()
  lookup(hostname, { all: true }, (error, addresses) => (error === null ? resolve(addresses.map(({ address }) => address)) : reject(error)))
  return promise
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix = ''] = range.split('/')
    list.addSubnet(address, Number(prefix), address.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}

/** RFC 4291 2.5.5.2 (::ffff:0:0/96), RFC 6052 (64:ff9b::/96), RFC 8215 (64:ff9b:1::/48, mostly with /96 prefixes), RFC 3056 (2002::/16), and the deprecated ::/96. */
function embeddedIpv4(address: string): string | undefined {
  if (isIP(address) !== 6) return undefined
  const groups = groupsOf(address)
  const [first, second, third, fourth, fifth, sixth, seventh = 0, eighth = 0] = groups
  const tail = dotted(seventh, eighth)
  const leadsWithZeros = first === 0 && second === 0 && third === 0 && fourth === 0 && fifth === 0
  if (leadsWithZeros && sixth === 0xffff) return tail
  if (leadsWithZeros && sixth === 0 && (seventh !== 0 || eighth > 1)) return tail
  if (first === 0x64 && second === 0xff9b && third === 0 && fourth === 0 && fifth === 0 && sixth === 0) return tail
  if (first === 0x64 && second === 0xff9b && third === 1) return tail
  return first === 0x2002 ? dotted(second ?? 0, third ?? 0) : undefined
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** The eight groups of an IPv6 address as numbers; the URL parser normalises everything but a dotted tail, which is folded here. */
function groupsOf(address: string): readonly number[] {
  const folded = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => `${((+a << 8) | +b).toString(16)}:${((+c << 8) | +d).toString(16)}`)
  const [head = '', tail] = folded.split('::')
  const numbers = (text: string): number[] => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)))
  const left = numbers(head)
  if (tail === undefined) return left
  const right = numbers(tail)
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right]
}
