import { describe, expect, it, vi } from 'vitest'

const { networks } = vi.hoisted(() => ({ networks: { current: {} as Record<string, unknown> } }))
vi.mock('node:os', () => ({ networkInterfaces: () => networks.current, hostname: () => 'Studio' }))

import { lanAddresses, namesOfThisMachine } from '../../../../electron/http/lan.ts'

const at = (address: string, more: object = {}) => [{ address, family: 'IPv4', internal: false, ...more }]

describe('the doors to the local network', () => {
  it('are at private addresses alone, never at one the world can reach', () => {
    networks.current = {
      lo: at('127.0.0.1', { internal: true }),
      eth0: [...at('192.168.1.20'), { address: 'fe80::1', family: 'IPv6', internal: false }],
      wan: at('203.0.113.9'),
      vpn: at('10.8.0.2'),
      tail: at('100.100.1.1'),
      link: at('169.254.10.1'),
      gone: undefined,
    }
    expect(lanAddresses()).toEqual(['192.168.1.20', '10.8.0.2', '100.100.1.1'])
  })

  it('answer to the machine’s own names too', () => {
    expect(namesOfThisMachine()).toEqual(['studio', 'studio.local'])
  })
})
