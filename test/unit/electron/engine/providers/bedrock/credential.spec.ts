import { describe, expect, it } from 'vitest'
import { readCredential } from '../../../../../../electron/engine/providers/bedrock/credential.ts'
import type { Failure } from '../../../../../../shared/failure.ts'

const keys = { accessKeyId: 'AKIDMADEUP', secretAccessKey: 'made/up+secret' }

describe('a key for Bedrock', () => {
  it.each([
    ['a pair', 'AKIDMADEUP:made/up+secret@eu-central-1', { kind: 'signing', region: 'eu-central-1', keys }],
    [
      'a pair with its session',
      ' AKIDMADEUP:made/up+secret:tok==@us-gov-west-1\n',
      { kind: 'signing', region: 'us-gov-west-1', keys: { ...keys, sessionToken: 'tok==' } },
    ],
    ['JSON', JSON.stringify({ ...keys, region: 'us-east-1' }), { kind: 'signing', region: 'us-east-1', keys }],
    [
      'JSON as the AWS command line writes it',
      JSON.stringify({ Version: 1, AccessKeyId: keys.accessKeyId, SecretAccessKey: keys.secretAccessKey, SessionToken: 't', Region: 'us-east-1' }),
      { kind: 'signing', region: 'us-east-1', keys: { ...keys, sessionToken: 't' } },
    ],
    ['a Bedrock API key', 'ABSKmadeup=@ap-southeast-2', { kind: 'bearer', region: 'ap-southeast-2', apiKey: 'ABSKmadeup=' }],
  ])('may be %s', (_what, pasted, expected) => {
    expect(readCredential(pasted)).toEqual(expected)
  })

  it.each([
    ['has no region', 'AKIDMADEUP:made/up+secret'],
    ['has no region', JSON.stringify(keys)],
    ['has a region that is not', 'AKIDMADEUP:made/up+secret@evil.example/x'],
    ['has a region that is not', JSON.stringify({ ...keys, region: 'us-east-1.evil.example' })],
    ['is empty', '@us-east-1'],
    ['can be read', 'AKIDMADEUP:made/up+secret:a:b@us-east-1'],
    ['can be read', 'AKIDMADEUP:@us-east-1'],
    ['not valid', '{"accessKeyId":"AKIDMADEUP","secretAccessKey":"made/up+secret"'],
    ['no secretAccessKey', JSON.stringify({ accessKeyId: 'AKIDMADEUP', region: 'us-east-1' })],
  ])('that %s is refused in words that hold nothing of it', (what, pasted) => {
    let refused: Failure | undefined
    try {
      readCredential(pasted)
    } catch (thrown) {
      refused = thrown as Failure
    }
    expect(refused?.kind).toBe('credential-refused')
    expect(refused?.message).toContain(what)
    expect(JSON.stringify([refused?.message, refused?.cause])).not.toMatch(/AKIDMADEUP|made\/up|evil/)
  })
})
