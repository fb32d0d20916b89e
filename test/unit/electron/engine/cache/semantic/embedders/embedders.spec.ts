import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cosine } from '../../../../../../../electron/engine/cache/semantic/embedders/embedder.ts'
import { endpointEmbedder } from '../../../../../../../electron/engine/cache/semantic/embedders/endpoint.ts'
import { lexicalEmbedder } from '../../../../../../../electron/engine/cache/semantic/embedders/lexical.ts'
import { localEmbedder } from '../../../../../../../electron/engine/cache/semantic/embedders/local.ts'
import { fetchModel, MODELS, type ModelOffer } from '../../../../../../../electron/engine/cache/semantic/embedders/model-files.ts'
import { type SemanticThread, semanticThread } from '../../../../../../../electron/engine/cache/semantic/worker/thread.ts'

/** A model written for this test: three files and no weights. */
const OFFER: ModelOffer = {
  id: 'tiny',
  repository: 'someone/tiny',
  revision: 'r1',
  files: ['config.json', 'onnx/model_quantized.onnx'],
  megabytes: 1,
  leastSimilarity: 0.9,
}
const CONTENT: Readonly<Record<string, string>> = { 'config.json': '{"tiny":true}', 'onnx/model_quantized.onnx': 'weights' }
const sha = (kind: 'sha1' | 'sha256', text: string): string => createHash(kind).update(text).digest('hex')

/** The hub's two routes, as its documentation describes them. */
function hub(content: Readonly<Record<string, string>> = CONTENT, asked: string[] = []): typeof fetch {
  const tree = [
    { type: 'file', path: 'config.json', oid: sha('sha1', `blob 13\0{"tiny":true}`) },
    { type: 'file', path: 'onnx/model_quantized.onnx', oid: 'of-the-pointer', lfs: { oid: sha('sha256', 'weights'), size: 7 } },
  ]
  return (async (url: string | URL | Request) => {
    asked.push(String(url))
    if (String(url) === 'https://huggingface.co/api/models/someone/tiny/tree/r1?recursive=true') return Response.json(tree)
    const file = /resolve\/r1\/(.+)$/.exec(String(url))?.[1] ?? ''
    return content[file] === undefined ? new Response('no', { status: 404 }) : new Response(content[file])
  }) as typeof fetch
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semantic-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const yes = async (): Promise<boolean> => true

describe('a model on disk', () => {
  it('is brought once, with consent, and checked', async () => {
    const asked: string[] = []
    const place = await fetchModel(OFFER, { folder, fetch: hub(CONTENT, asked), consent: yes })
    expect(readFileSync(join(place, 'onnx/model_quantized.onnx'), 'utf8')).toBe('weights')
    expect(asked).toHaveLength(3)
    await fetchModel(OFFER, { folder, fetch: hub(CONTENT, asked), consent: async () => expect.fail('was asked again') })
    expect(asked).toHaveLength(3)
  })

  it('asks nobody for anything without consent', async () => {
    const asked: string[] = []
    await expect(fetchModel(OFFER, { folder, fetch: hub(CONTENT, asked), consent: async () => false })).rejects.toThrow('you did not agree')
    expect(asked).toEqual([])
  })

  it.each([
    ['a large file', { ...CONTENT, 'onnx/model_quantized.onnx': 'weighty' }, 'onnx/model_quantized.onnx of someone/tiny is not what the hub lists'],
    ['a small file', { ...CONTENT, 'config.json': '{"tiny":null}' }, 'config.json of someone/tiny is not what the hub lists'],
    ['a missing file', { 'config.json': CONTENT['config.json'] ?? '' }, 'answered 404'],
  ])('refuses %s that is not as listed', async (_what, content, why) => {
    await expect(fetchModel(OFFER, { folder, fetch: hub(content), consent: yes })).rejects.toThrow(why)
  })

  it('is brought again when a file was changed on disk', async () => {
    const place = await fetchModel(OFFER, { folder, fetch: hub(), consent: yes })
    writeFileSync(join(place, 'config.json'), 'changed')
    const asked: string[] = []
    await fetchModel(OFFER, { folder, fetch: hub(CONTENT, asked), consent: yes })
    expect(asked).toHaveLength(3)
  })

  it('is offered with a name, a size and a threshold', () => {
    expect(MODELS.map(({ id, megabytes, leastSimilarity }) => [id, megabytes > 1, leastSimilarity > 0.9])).toEqual([
      ['all-minilm-l6-v2', true, true],
      ['bge-small-en-v1.5', true, true],
    ])
  })
})

describe('a local model', () => {
  let thread: SemanticThread
  beforeEach(() => {
    thread = semanticThread()
  })
  afterEach(() => thread.close())

  /** Stands in for transformers.js: the vector of a text is its length and the number of its words, and it says which folder it was given. */
  function fakeRuntime(): string {
    const place = join(folder, 'runtime', 'node_modules', '@huggingface', 'transformers')
    mkdirSync(place, { recursive: true })
    writeFileSync(join(place, 'package.json'), JSON.stringify({ name: '@huggingface/transformers', type: 'module', exports: './index.js' }))
    writeFileSync(
      join(place, 'index.js'),
      `import { existsSync } from 'node:fs'
export const env = {}
export async function pipeline(task, model, { dtype, local_files_only }) {
  if (env.allowRemoteModels || !local_files_only || dtype !== 'q8' || task !== 'feature-extraction') throw new Error('asked for the wrong thing')
  if (!existsSync(env.localModelPath + '/' + model + '/config.json')) throw new Error('no model there')
  return async (texts) => ({ dims: [texts.length, 2], data: texts.flatMap((text) => [text.length, text.split(' ').length]) })
}
`,
    )
    return join(folder, 'runtime')
  }

  it('is brought, loaded in the thread and asked there', async () => {
    const embedder = localEmbedder(OFFER, { folder, fetch: hub(), consent: yes, thread, runtime: fakeRuntime() })
    const [one, other] = await embedder.embed(['abc', 'a b c d'])
    expect(embedder.id).toBe('tiny')
    expect(one?.[0]).toBeCloseTo(3 / Math.hypot(3, 1), 5)
    expect(other?.[1]).toBeCloseTo(4 / Math.hypot(7, 4), 5)
  })

  it('says what is missing when the package is not there, and tries again next time', async () => {
    const runtime = join(folder, 'runtime')
    mkdirSync(runtime)
    const embedder = localEmbedder(OFFER, { folder, fetch: hub(), consent: yes, thread, runtime })
    await expect(embedder.embed(['abc'])).rejects.toThrow('local embeddings need the package @huggingface/transformers; install it in')
    fakeRuntime()
    expect(await embedder.embed(['abc'])).toHaveLength(1)
  })
})

describe('an embedding endpoint', () => {
  it('is asked in portions and answers unit vectors in order', async () => {
    const portions: number[] = []
    const embedder = endpointEmbedder('openai/text-embedding-3-small', async (texts) => {
      portions.push(texts.length)
      return texts.map((text) => [Number(text), 1])
    })
    const vectors = await embedder.embed(Array.from({ length: 130 }, (_, index) => String(index)))
    expect(portions).toEqual([64, 64, 2])
    expect(vectors[129]?.[0]).toBeCloseTo(129 / Math.hypot(129, 1), 5)
  })

  it.each<[string, readonly (readonly number[])[], string]>([
    ['too few vectors', [[1]], 'answered 1 vectors for 2 texts'],
    ['no numbers', [[1], [Number.NaN]], 'a vector that holds no numbers'],
    ['vectors of two lengths', [[1], [1, 2]], 'vectors of different lengths'],
  ])('is refused with %s', async (_what, answer, why) => {
    await expect(endpointEmbedder('x/y', async () => answer).embed(['a', 'b'])).rejects.toThrow(why)
  })
})

describe('the lexical embedder', () => {
  it('puts like questions near each other and others far apart', async () => {
    const [asked, like, misspelled, other] = await lexicalEmbedder.embed([
      'How do I reverse a list in Python?',
      'how to reverse lists in python',
      'How do I revers a list in Pyhton?',
      'Which mountain is the tallest in Africa?',
    ])
    const to = (vector: Float32Array | undefined): number => cosine(asked ?? new Float32Array(0), vector ?? new Float32Array(0))
    expect(to(asked)).toBeCloseTo(1, 5)
    expect(to(like)).toBeGreaterThan(0.9)
    expect(to(misspelled)).toBeGreaterThan(to(other) + 0.3)
    expect(to(other)).toBeLessThan(0.2)
  })
})
