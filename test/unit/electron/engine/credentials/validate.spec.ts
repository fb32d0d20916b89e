import { describe, expect, it } from 'vitest'
import type { Send, UpstreamRequest } from '../../../../../electron/engine/attempt/send.ts'
import { Secret } from '../../../../../electron/engine/credentials/secret.ts'
import { validateKey } from '../../../../../electron/engine/credentials/validate.ts'
import azure from '../../../../../electron/engine/providers/azure.ts'
import bedrock from '../../../../../electron/engine/providers/bedrock/provider.ts'

/** A provider that answers with `status` and `body`, and what it was asked. */
function place(status: number, body: string): { send: Send; asked: UpstreamRequest[] } {
  const asked: UpstreamRequest[] = []
  const send: Send = async (request) => {
    asked.push(request)
    return { status, headers: {}, body: oneChunk(body) }
  }
  return { send, asked }
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

const validate = (key: string, { send }: { send: Send }): ReturnType<typeof validateKey> =>
  validateKey(bedrock, bedrock.baseUrl ?? '', new Secret(key), send, () => Date.UTC(2026, 0, 1))

describe('a key that signs', () => {
  it('is proved by a signed call to the region it names', async () => {
    const aws = place(200, '{"asyncInvokeSummaries":[]}')
    expect(await validate('AKIDMADEUP:made-up@eu-west-1', aws)).toMatchObject({ is: 'valid' })
    expect(aws.asked[0]?.url).toBe('https://bedrock-runtime.eu-west-1.amazonaws.com/async-invoke?maxResults=1')
    expect(aws.asked[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDMADEUP\/20260101\/eu-west-1\/bedrock\/aws4_request, /)
  })

  it('is refused before any call when it is of the wrong form', async () => {
    const aws = place(200, '{}')
    expect(await validate('AKIDMADEUP:made-up', aws)).toMatchObject({ is: 'refused', message: expect.stringContaining('has no region') })
    expect(aws.asked).toHaveLength(0)
  })

  it('that AWS does not know is refused in AWS’s words', async () => {
    const verdict = await validate('AKIDMADEUP:made-up@eu-west-1', place(403, '{"message":"The security token included in the request is invalid."}'))
    expect(verdict).toMatchObject({ is: 'forbidden', message: 'Amazon Bedrock: The security token included in the request is invalid.', status: 403 })
  })
})

it('an Azure key is shown to the resource it names, or to the base URL of the user', async () => {
  const microsoft = place(200, '{"data":[{}]}')
  const validateAt = (key: string, baseUrl: string): Promise<unknown> => validateKey(azure, baseUrl, new Secret(key), microsoft.send, () => 0)
  expect(await validateAt('madeupkey@our-resource', azure.baseUrl ?? '')).toMatchObject({ is: 'valid', models: 1 })
  expect(await validateAt('madeupkey', 'https://relay.example/openai/v1')).toMatchObject({ is: 'valid' })
  expect(await validateAt('madeupkey', azure.baseUrl ?? '')).toMatchObject({ is: 'refused', message: expect.stringContaining('KEY@RESOURCE') })
  expect(await validateAt('madeupkey@evil.example/', azure.baseUrl ?? '')).toMatchObject({ is: 'refused' })
  expect(microsoft.asked.map(({ url, headers }) => [url, headers['api-key']])).toEqual([
    ['https://our-resource.openai.azure.com/openai/v1/models', 'madeupkey'],
    ['https://relay.example/openai/v1/models', 'madeupkey'],
  ])
})
