import { describe, expect, it } from 'vitest'
import { type Exit, exitCodeOf, neverStarted, run } from '../../../../electron/start/child.ts'

const node = (script: string): Promise<Exit> => run(process.execPath, ['-e', script], { stdio: 'ignore' })

describe('a program that we run', () => {
  it('lends us its exit code', async () => {
    expect(exitCodeOf(await node('process.exit(7)'))).toBe(7)
  })

  it('gives 128 and the signal’s number when a signal ended it', async () => {
    expect(exitCodeOf(await node('process.kill(process.pid, "SIGTERM")'))).toBe(143)
  })

  it('hears the signals that we hear, and is waited for', async () => {
    const before = process.listenerCount('SIGTERM')
    const running = run(
      process.execPath,
      ['-e', 'process.on("SIGTERM", () => process.exit(5)); process.kill(process.ppid, "SIGTERM"); setInterval(() => {}, 1000)'],
      { stdio: 'ignore' },
    )
    expect(exitCodeOf(await running)).toBe(5)
    expect(process.listenerCount('SIGTERM')).toBe(before)
  })

  it('rejects when it cannot be run at all', async () => {
    await expect(run('/nowhere/electron', [])).rejects.toThrow('ENOENT')
  })
})

describe('a program that never started', () => {
  it.each<[string, Partial<Exit>, boolean]>([
    ['a missing shared library', { code: 127 }, true],
    ['no right to run it', { code: 126 }, true],
    ['no sandbox to be had', { signal: 'SIGTRAP', afterMs: 300 }, true],
    ['a crash at the start', { signal: 'SIGSEGV', afterMs: 2_000 }, true],
    ['a crash after an hour', { signal: 'SIGSEGV', afterMs: 3_600_000 }, false],
    ['being told to go', { signal: 'SIGTERM', afterMs: 300 }, false],
    ['its own failure', { code: 1, afterMs: 300 }, false],
    ['a normal end', { code: 0 }, false],
  ])('is told apart: %s', (_what, exit, expected) => {
    expect(neverStarted({ code: null, signal: null, afterMs: 0, ...exit })).toBe(expected)
  })
})
