/**
 * Keeps `process.nextTick` fast. Node makes an object for each tick, with a literal whose keys are computed. V8 remembers the shapes such a literal goes
 * through only while one of its objects is alive: if a full garbage collection comes between two ticks, the shapes are new afterwards, the literal counts
 * as megamorphic from then on, and each tick costs four times as much for as long as the process runs. A request takes a dozen. One tick that is held for
 * good keeps the shapes alive. To be imported before anything else.
 */
import { executionAsyncResource } from 'node:async_hooks'

/** One tick, once it has run. Not a variable: a bundler drops what is written and never read. */
export const heldTicks: object[] = []

process.nextTick(() => {
  heldTicks.push(executionAsyncResource())
})
