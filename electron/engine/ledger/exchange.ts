/** What is kept beside a row for whoever looks at it later. */
import type { RequestId } from '../../../shared/ids.ts'
import type { Exchange } from '../../../shared/ledger.ts'
import type { RoutePlan } from '../../../shared/routing.ts'
import type { AnswerSummary } from './answer-summary.ts'
import { type ToldBytes, utf8 } from './told-bytes.ts'

/** What went to a provider: the address, the body, and the fields that it could not carry. */
export interface Sent {
  readonly url: string
  readonly body: Uint8Array
  readonly dropped: readonly string[]
}

/** Request headers worth keeping; the client's key is in none of them. */
const KEPT_HEADERS = [
  'user-agent',
  'content-type',
  'content-length',
  'anthropic-version',
  'anthropic-beta',
  'x-title',
  'http-referer',
  'x-session-id',
  'cache-control',
  'x-openrouter-cache',
  'x-openrouter-cache-ttl',
  'x-openrouter-cache-clear',
  'x-stainless-lang',
  'x-stainless-package-version',
] as const

/** What passed, in the form in which it passed. */
export interface Passed {
  readonly id: RequestId
  /** As the client sent them, lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  readonly sent: Sent | undefined
  readonly plan: RoutePlan | undefined
  /** undefined: nobody answered. */
  readonly answer: AnswerSummary | undefined
  readonly told: ToldBytes
}

export function exchangeOf({ id, headers, body, sent, plan, answer, told }: Passed, limitBytes: number): Exchange {
  const requestHeaders: Record<string, string> = {}
  for (const name of KEPT_HEADERS) {
    const value = headers[name]
    if (value !== undefined) requestHeaders[name] = value
  }
  const truncated: Exchange['truncated'][number][] = []
  if (body.length > limitBytes) truncated.push('requestBody')
  if (sent !== undefined && sent.body.length > limitBytes) truncated.push('sentBody')
  if (answer?.truncated === true) truncated.push('answer')
  if (told.isCut) truncated.push('response')
  const response = told.record
  return {
    id,
    requestHeaders,
    requestBody: utf8(body, limitBytes),
    sentBody: sent && utf8(sent.body, limitBytes),
    sentTo: sent?.url,
    plan,
    answer: answer?.record,
    ...(response !== undefined && { response }),
    dropped: sent?.dropped ?? [],
    truncated,
  }
}
