/**
 * What shadow runs have shown of the models they asked: how often such an answer was as good as the one the client got, as far as anybody can tell. The
 * user's own word about the shadow counts first; without one, whether both say the same. That is a floor: two good answers may differ. Pure.
 */
import type { Estimated, ShadowPoint } from '../../shared/api/auto.ts'
import type { Evidence } from '../../shared/auto.ts'
import type { EndpointId } from '../../shared/ids.ts'
import type { AnswerRecord, UsageRecord } from '../../shared/ledger.ts'
import { agree } from './cache/agreement.ts'
import { estimated, wilson } from './routing/auto/report.ts'

/** A request and its shadow, as far as they were kept. */
export interface ShadowedRequest {
  /** Of the shadow run. */
  readonly name: string
  readonly original: AnswerRecord
  readonly shadow: AnswerRecord
  readonly record: Pick<UsageRecord, 'id' | 'servedBy' | 'cost' | 'simulated'>
}

interface Compared {
  readonly model: EndpointId
  readonly quality: number
  readonly judged: boolean
  readonly cost: number | undefined
}

export function shadowPoints(requests: readonly ShadowedRequest[], evidence: readonly Evidence[]): readonly ShadowPoint[] {
  const said = new Map(evidence.flatMap(({ request, quality }) => (request === undefined ? [] : [[request, quality] as const])))
  const compared = requests.flatMap(({ name, original, shadow, record }): readonly (readonly [string, Compared])[] => {
    const { id, servedBy, cost, simulated } = record
    if (servedBy === undefined || simulated) return []
    const judged = said.get(id)
    const one: Compared = { model: servedBy, quality: judged ?? Number(saysTheSame(original, shadow)), judged: judged !== undefined, cost }
    return [[`${name}\n${servedBy}`, one]]
  })
  return [...Map.groupBy(compared, ([key]) => key)].map(([key, rows]) => {
    const all = rows.map(([, one]) => one)
    const share = all.reduce((sum, { quality }) => sum + quality, 0) / all.length
    return {
      name: key.slice(0, key.indexOf('\n')),
      model: (all[0] as Compared).model,
      requests: all.length,
      judged: all.filter(({ judged }) => judged).length,
      quality: wilson(share, all.length),
      cost: costOf(all),
    }
  })
}

/** undefined: of none the cost is known. */
function costOf(all: readonly Compared[]): Estimated | undefined {
  const known = all.flatMap(({ cost }) => (cost === undefined ? [] : [cost]))
  return known.length === 0 ? undefined : estimated(known)
}

/** The same words mostly, or calls of the same tools. */
function saysTheSame(one: AnswerRecord, other: AnswerRecord): boolean {
  const calls = ({ toolCalls }: AnswerRecord): string => toolCalls.map(({ name }) => name).join(' ')
  if (calls(one) !== calls(other)) return false
  return (one.text.trim() === '' && other.text.trim() === '' && one.toolCalls.length > 0) || agree(one.text, other.text)
}
