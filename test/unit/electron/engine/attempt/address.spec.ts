import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookupWithin, type Reach, reachOf, reachOfAddress, reachOfHostname } from '../../../../../electron/engine/attempt/address.ts'

const hostOf = (url: string): string => new URL(url).hostname

describe('where an address leads', () => {
  it.each<[string, Reach]>([
    ['8.8.8.8', 'public'],
    ['172.32.0.1', 'public'],
    ['100.128.0.1', 'public'],
    ['2606:4700::1111', 'public'],
    ['127.0.0.1', 'this-machine'],
    ['127.8.9.10', 'this-machine'],
    ['::1', 'this-machine'],
    ['10.0.0.1', 'private-network'],
    ['172.16.0.1', 'private-network'],
    ['192.168.1.20', 'private-network'],
    ['100.64.0.1', 'private-network'],
    ['fd12:3456::1', 'private-network'],
    ['64:ff9b:1::a00:1', 'private-network'],
    ['64:ff9b:1::a9fe:a9fe', 'forbidden'],
    ['64:ff9b:1:2::808:808', 'public'],
    ['169.254.169.254', 'forbidden'],
    ['fe80::1', 'forbidden'],
    ['fe80::1%eth0', 'forbidden'],
    ['fd00:ec2::254', 'forbidden'],
    ['100.100.100.200', 'forbidden'],
    ['0.0.0.0', 'forbidden'],
    ['::', 'forbidden'],
    ['224.0.0.1', 'forbidden'],
    ['255.255.255.255', 'forbidden'],
    // IPv4 in other clothes
    ['::ffff:169.254.169.254', 'forbidden'],
    ['::ffff:a9fe:a9fe', 'forbidden'],
    ['::ffff:127.0.0.1', 'this-machine'],
    ['::127.0.0.1', 'this-machine'],
    ['64:ff9b::a9fe:a9fe', 'forbidden'],
    ['64:ff9b::808:808', 'public'],
    ['2002:a9fe:a9fe::1', 'forbidden'],
    ['2002:c0a8:101::', 'private-network'],
  ])('%s: %s', (address, reach) => {
    expect(reachOfAddress(address)).toBe(reach)
  })

  it.each<[string, Reach | undefined]>([
    ['http://2852039166/', 'forbidden'],
    ['http://0xa9fea9fe/', 'forbidden'],
    ['http://0251.0376.0251.0376/', 'forbidden'],
    ['http://169.254.43518/', 'forbidden'],
    ['http://[::ffff:169.254.169.254]/', 'forbidden'],
    ['http://metadata.google.internal/', 'forbidden'],
    ['http://metadata/', 'forbidden'],
    ['http://instance-data.ec2.internal/', 'forbidden'],
    ['http://127.1/', 'this-machine'],
    ['http://localhost./', 'this-machine'],
    ['http://models.localhost/', 'this-machine'],
    ['https://api.openai.com/', undefined],
    ['https://metadatabase.example/', undefined],
  ])('%s as a URL writes it: %s', (url, reach) => {
    expect(reachOfHostname(hostOf(url))).toBe(reach)
  })

  it('knows every IPv4 address in IPv6’s clothes for what it is', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(reachOfAddress(`::ffff:${address}`)).toBe(reachOfAddress(address))
        expect(reachOfAddress(`64:ff9b::${address}`)).toBe(reachOfAddress(address))
      }),
    )
  })

  it('takes the worst of a name’s addresses', async () => {
    expect(await reachOf('two-faced.example', async () => ['8.8.8.8', '192.168.1.1'])).toBe('private-network')
    expect(await reachOf('two-faced.example', async () => ['8.8.8.8', '192.168.1.1', '169.254.169.254'])).toBe('forbidden')
    expect(await reachOf('honest.example', async () => ['8.8.8.8'])).toBe('public')
  })
})

it('a socket gets no address outside what is allowed, also when a name has changed since it was looked at', async () => {
  const server = createServer((_request, response) => response.end('here'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const call = (allowed: readonly Reach[]): Promise<string> =>
    new Promise((resolve) => {
      const asked = request({ host: 'localhost', port, family: 4, agent: false, lookup: lookupWithin(new Set(allowed)) }, (response) => {
        response.resume()
        resolve(String(response.statusCode))
      })
      asked.on('error', (error) => resolve(error.message))
      asked.end()
    })
  expect(await call(['public', 'this-machine'])).toBe('200')
  expect(await call(['public'])).toBe('localhost leads to this machine. It is not called.')
  server.close()
})
