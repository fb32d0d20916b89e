/**
 * What a prompt can ask of the simulated models, so that failover, timeouts and the Stop button can be seen without a broken provider. Each
 * stands on a line of its own in the newest user message and may end in `for <model>`, which spares the others:
 *
 *     demo: fail 429            answers with that error status (400 to 599); 429 and 503 come with Retry-After
 *     demo: fail 503 for swift  fails on demo/swift only, so that a fallback answers
 *     demo: hang                never begins
 *     demo: stall               begins, then falls silent
 *     demo: break               begins, then the connection ends without a finish
 *     demo: slow                ten times slower
 *
 * Such lines are not part of the question; a line that asks for something else is read as text.
 */
import type { DemoModel } from './models.ts'

export type Directive =
  | { readonly does: 'fail'; readonly status: number }
  | { readonly does: 'hang' }
  | { readonly does: 'stall' }
  | { readonly does: 'break' }
  | { readonly does: 'slow' }

const LINE = /^[ \t]*demo:[ \t]*(?:fail[ \t]+(?<status>[45]\d\d)|(?<word>hang|stall|break|slow))(?:[ \t]+for[ \t]+(?:demo\/)?(?<model>\w+))?[ \t]*$/gim

/** The directives for `model`, and the prompt without any of them. */
export function readDirectives(prompt: string, model: DemoModel): { readonly directives: readonly Directive[]; readonly question: string } {
  const directives: Directive[] = []
  for (const match of prompt.matchAll(LINE)) {
    const { status, word, model: only } = match.groups ?? {}
    if (only !== undefined && only.toLowerCase() !== model) continue
    if (status !== undefined) directives.push({ does: 'fail', status: Number(status) })
    else directives.push({ does: word?.toLowerCase() as 'hang' | 'stall' | 'break' | 'slow' })
  }
  return { directives, question: prompt.replace(LINE, '').trim() }
}
