/** An answer that comes as fast as one asks for: Markdown of the kind that models write, a token an event. */
import type { RunEvent } from '../../../shared/api/playground.ts'

const PARAGRAPH = 'A **lock** lets one thread in at a time; a semaphore lets in as many as it was told to, and `signal` may come from any of them.\n\n'
const LIST = '- the owner releases it\n- a counter may be raised by anybody\n- both put the thread to sleep\n\n'
const CODE = '```ts\nconst gate = new Semaphore(3)\nawait gate.run(() => fetch(address))\n```\n\n'
const TOKENS = [PARAGRAPH, LIST, PARAGRAPH, CODE].join('').match(/\s*\S{1,5}/g) ?? []

const TICK_MS = 10

export async function* flood(model: string, tokensPerSecond: number, seconds: number, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const begun = performance.now()
  yield { type: 'started', id: `flood-${model}-${begun}` }
  yield { type: 'answering', servedBy: model, simulated: true, attempts: 1 }
  let said = 0
  while (!signal.aborted && performance.now() - begun < seconds * 1000) {
    const due = Math.floor(((performance.now() - begun) / 1000) * tokensPerSecond)
    for (; said < due; said++) yield { type: 'text', text: TOKENS[said % TOKENS.length] ?? '' }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS))
  }
  const totalMs = performance.now() - begun
  const summary = { outcome: 'ok', message: undefined, retryAfterSeconds: undefined, finish: 'stop', firstEventMs: 1, totalMs, cost: undefined } as const
  yield { type: 'ended', summary: { ...summary, tokens: { input: 10, output: said } } }
}
