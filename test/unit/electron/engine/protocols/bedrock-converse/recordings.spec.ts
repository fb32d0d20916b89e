import { describe, expect, it } from 'vitest'
import { bedrockConverse } from '../../../../../../electron/engine/protocols/bedrock-converse/bedrock-converse.ts'
import type { FailureKind } from '../../../../../../shared/failure.ts'
import { load, RECORDINGS_PRESENT, recordings } from '../../../../../support/recordings.ts'
import { readStream } from './meaning.ts'

const cases = recordings('bedrock-converse')

describe.runIf(RECORDINGS_PRESENT)('recorded Converse answers', () => {
  it.each(cases.filter((line) => line.status === 200 && line.streaming))('are never complete when cut short: $id', (line) => {
    const { body } = load(line)
    for (const share of [0.2, 0.5, 0.8]) {
      const pieces = [body.subarray(0, Math.floor(body.length * share))]
      expect(() => readStream(pieces)).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
    }
  })

  it.each(cases.filter((line) => line.status >= 400))('that are errors have their kind: $id', (line) => {
    const { status, headers, body, expected } = load(line)
    const kinds: Readonly<Record<string, FailureKind>> = {
      auth: 'credential-refused',
      model_not_found: 'model-missing',
      unsupported_parameter: 'unsupported-parameter',
      invalid_request: 'bad-request',
    }
    const failure = bedrockConverse.classify(status, headers, body.toString('utf8'))
    expect(failure.kind).toBe(kinds[expected.error?.kind ?? ''])
    expect(failure.message).toBe(expected.error?.message)
    expect(failure.upstreamStatus).toBe(status)
  })
})
