import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const module = fileURLToPath(new URL('../../../electron/tick-shape.ts', import.meta.url))

/** Whether a tick before and one after full collections are of one shape, as V8 itself says. */
const PROGRAM = `
  import { executionAsyncResource } from 'node:async_hooks'
  const { heldTicks } = await import(${JSON.stringify(module)})
  await new Promise((resolve) => process.nextTick(resolve))
  for (let round = 0; round < 4; round++) {
    await new Promise((resolve) => setImmediate(resolve))
    gc()
  }
  process.nextTick(() => console.log(heldTicks.length, %HaveSameMap(heldTicks[0], executionAsyncResource())))
`

it('holds one tick, and the ticks after a full collection have its shape', () => {
  const flags = ['--expose-gc', '--allow-natives-syntax', '--input-type=module', '--eval', PROGRAM]
  expect(execFileSync(process.execPath, flags, { encoding: 'utf8' }).trim()).toBe('1 true')
})
