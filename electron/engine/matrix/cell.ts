/** One cell of a matrix: its question, its answer through the pipeline of every request, and how that fares against the checks. */

import { setTimeout as delay } from 'node:timers/promises'
import type { CheckResult, MatrixCell, MatrixSpec } from '../../../shared/api/matrix.ts'
import type { RunEvent, RunMessage, RunSummary } from '../../../shared/api/playground.ts'
import { type JsonObject, totalOutput } from '../../../shared/chat.ts'
import type { CheckMessage } from '../../../shared/messages/checks.ts'
import type { NanoUsd } from '../../../shared/money.ts'
import { fill } from '../../../shared/template.ts'
import { playgroundBody } from '../playground-body.ts'
import { type Checker, judgement, readVerdict } from './checks.ts'

export type Converse = (body: JsonObject, signal: AbortSignal) => AsyncIterable<RunEvent>

/** A provider that says "too many" is asked again this often, after as long as it wishes. */
const TRIES_WHEN_LIMITED = 4
const LIMITED_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 60_000
/** A longer answer is kept up to here; a matrix is read side by side. */
const LONGEST_ANSWER = 200_000

export interface Position {
  readonly place: number
  readonly prompt: number
  readonly row: number
  readonly model: number
}

/** Places are counted over prompts, then rows, then models. */
export function positionOf(place: number, { models, rows }: Pick<MatrixSpec, 'models' | 'rows'>): Position {
  const perPrompt = Math.max(1, rows.length) * models.length
  const within = place % perPrompt
  return { place, prompt: Math.floor(place / perPrompt), row: Math.floor(within / models.length), model: within % models.length }
}

export function messagesAt({ prompt, row }: Position, spec: MatrixSpec): readonly RunMessage[] {
  const values = spec.rows[row] ?? {}
  const { system = '', text = '' } = spec.prompts[prompt] ?? {}
  const question: RunMessage = { role: 'user', text: fill(text, values) }
  return system.trim() === '' ? [question] : [{ role: 'system', text: fill(system, values) }, question]
}

/** Answers and checks one cell. undefined: `signal` aborted before it was done. */
export async function runCell(
  position: Position,
  spec: MatrixSpec,
  checkers: readonly Checker[],
  converse: Converse,
  signal: AbortSignal,
): Promise<Omit<MatrixCell, 'serial'> | undefined> {
  const messages = messagesAt(position, spec)
  const said = await ask(playgroundBody({ ...spec.parameters, model: spec.models[position.model] ?? '', messages }), converse, signal)
  if (said === undefined) return undefined
  const { answer, summary } = said
  const costs: (NanoUsd | undefined)[] = [summary.cost]
  const judge = async (model: string, criterion: string, question: string, given: string): Promise<CheckResult> => {
    const verdict = await ask(playgroundBody({ model, messages: [{ role: 'user', text: judgement(criterion, question, given) }] }), converse, signal)
    if (verdict === undefined) return { passed: false, why: { code: 'not-judged' } satisfies CheckMessage }
    costs.push(verdict.summary.cost)
    return verdict.summary.outcome === 'ok'
      ? readVerdict(verdict.answer)
      : {
          passed: false,
          why: { code: 'judge-failed', said: verdict.summary.said ?? verdict.summary.message ?? verdict.summary.outcome } satisfies CheckMessage,
        }
  }
  const question = messages.at(-1)?.text ?? ''
  const checks: CheckResult[] = []
  if (summary.outcome === 'ok') for (const checker of checkers) checks.push(await checker(question, answer, judge))
  if (signal.aborted) return undefined
  return {
    ...position,
    outcome: summary.outcome,
    message: summary.message,
    ...(summary.said !== undefined && { said: summary.said }),
    answer: answer.slice(0, LONGEST_ANSWER),
    firstEventMs: summary.firstEventMs,
    totalMs: summary.totalMs,
    tokensOut: totalOutput(summary.tokens),
    cost: sumOf(costs),
    checks,
  }
}

async function ask(body: JsonObject, converse: Converse, signal: AbortSignal): Promise<{ readonly answer: string; readonly summary: RunSummary } | undefined> {
  for (let tries = 1; ; tries++) {
    let answer = ''
    let summary: RunSummary | undefined
    const calls = new Map<number, { readonly name: string; readonly arguments: string }>()
    for await (const event of converse(body, signal)) {
      if (event.type === 'text') answer += event.text
      else if (event.type === 'tool-call') calls.set(event.index, { name: event.name, arguments: event.arguments })
      else if (event.type === 'ended') summary = event.summary
    }
    if (signal.aborted || summary === undefined) return undefined
    if (summary.outcome !== 'rate-limited' || tries === TRIES_WHEN_LIMITED) {
      return { answer: answer === '' && calls.size > 0 ? JSON.stringify([...calls.values()]) : answer, summary }
    }
    const waitMs = Math.min(LONGEST_WAIT_MS, summary.retryAfterSeconds === undefined ? LIMITED_WAIT_MS : summary.retryAfterSeconds * 1000)
    await delay(waitMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return undefined
  }
}

/** undefined when a part of it is not known. */
function sumOf(costs: readonly (NanoUsd | undefined)[]): NanoUsd | undefined {
  return costs.reduce<NanoUsd | undefined>((sum, cost) => (sum === undefined || cost === undefined ? undefined : ((sum + cost) as NanoUsd)), 0 as NanoUsd)
}
