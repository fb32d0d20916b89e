import { describe, expect, it, vi } from 'vitest'
import { Network } from '../../../../../electron/engine/routing/network.ts'
import { Failure } from '../../../../../shared/failure.ts'

const failed = (code: string): Failure => new Failure('upstream-unreachable', 'x', { cause: Object.assign(new Error(code), { code }) })

describe('whether this machine has a network', () => {
  it('is told once when it goes, and once when it comes back', () => {
    const told = vi.fn()
    const network = new Network(told)
    network.reached('openai', 0)
    expect(told).not.toHaveBeenCalled()
    network.isOurs(failed('ENETUNREACH'), 'openai', 10)
    network.isOurs(failed('ENETUNREACH'), 'anthropic', 20)
    expect(network.offlineSince).toBe(10)
    expect(told).toHaveBeenCalledTimes(1)
    network.reached('openai', 30)
    network.reached('openai', 40)
    expect(network.offlineSince).toBeUndefined()
    expect(told).toHaveBeenCalledTimes(2)
  })

  it('is forgotten when somebody knows better, and what was heard before does not count again', () => {
    const told = vi.fn()
    const network = new Network(told)
    network.isOurs(failed('ECONNRESET'), 'openai', 10)
    network.isOurs(failed('ECONNRESET'), 'anthropic', 20)
    expect(network.offlineSince).toBe(20)
    network.forget()
    expect(network.offlineSince).toBeUndefined()
    expect(told).toHaveBeenCalledTimes(2)
    // one that fails alone is that one's fault
    network.isOurs(failed('ECONNRESET'), 'openai', 30)
    expect(network.offlineSince).toBeUndefined()
  })
})
