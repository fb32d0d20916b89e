/**
 * transformers.js itself, as it is shipped, in the thread it runs in. The model is made by the test and holds no trained weights: it shows that tokens are
 * read, vectors pooled and scaled as said, and says nothing of how well a real model proposes.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { EmbedderError } from '../../../../../../../electron/engine/cache/semantic/embedders/embedder.ts'
import { ModelError } from '../../../../../../../electron/engine/cache/semantic/embedders/model-files.ts'
import { type ModelOffer, vectorsOf } from '../../../../../../../electron/engine/cache/semantic/embedders/models.ts'
import { type SemanticThread, semanticThread } from '../../../../../../../electron/engine/cache/semantic/worker/thread.ts'
import { offerOf } from '../../../../../../support/fake-hub.ts'
import { MADE_VOCABULARY, madeModelFiles } from '../../../../../../support/made-embedding-model.ts'
import { temporaryFolder } from '../../../../../../support/temporary-folder.ts'

let thread: SemanticThread
let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  thread = semanticThread()
  folder = temporaryFolder()
})
afterEach(async () => {
  await thread.close()
  folder[Symbol.dispose]()
})

function place(files: ReadonlyMap<string, Uint8Array>): string {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true })
    writeFileSync(join(folder.path, path), bytes)
  }
  return folder.path
}

/** By hand: the rows of the tokens, their mean or the first, scaled to length 1. */
function expected(tokens: readonly string[], pooling: ModelOffer['pooling']): readonly number[] {
  const rows = (pooling === 'cls' ? ['[CLS]'] : ['[CLS]', ...tokens, '[SEP]']).map((token) => MADE_VOCABULARY[token] ?? [])
  const mean = [0, 1, 2, 3].map((column) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0) / rows.length)
  const length = Math.hypot(...mean)
  return mean.map((value) => value / length)
}

const CASES: readonly (readonly [text: string, tokens: readonly string[]])[] = [
  ['How do I undo my commit?', ['how', 'do', 'i', 'undo', 'my', 'commit', '?']],
  ['UNDO commits', ['undo', 'commit', '##s']],
  ['Bake a cake', ['bake', 'a', 'cake']],
  ['zebra cake', ['[UNK]', 'cake']],
  ['', []],
]

it.each(['mean', 'cls'] as const)('makes the vectors that %s pooling by hand makes, padded or alone, each time the same', async (pooling) => {
  const files = madeModelFiles()
  const offer = offerOf(files, { pooling })
  await thread.loadModel(place(files), offer)
  const together = await thread.embed(
    vectorsOf(offer),
    CASES.map(([text]) => text),
  )
  expect(together).toHaveLength(CASES.length)
  for (const [at, [text, tokens]] of CASES.entries()) {
    const [alone] = await thread.embed(vectorsOf(offer), [text])
    for (const vector of [together[at], alone]) {
      const by = expected(tokens, pooling)
      expect(vector).toHaveLength(4)
      for (const [column, value] of by.entries()) expect(vector?.[column]).toBeCloseTo(value, 5)
    }
    // not a bit differs from one call to the next
    expect((await thread.embed(vectorsOf(offer), [text]))[0]).toEqual(alone)
  }
})

it('starts nothing out of a changed file, names it and deletes it', async () => {
  const files = madeModelFiles()
  const folderOfModel = place(files)
  writeFileSync(join(folderOfModel, 'tokenizer.json'), '{}')
  const failed = await thread.loadModel(folderOfModel, offerOf(files)).catch((thrown: unknown) => thrown)
  expect(failed).toBeInstanceOf(ModelError)
  expect((failed as ModelError).problem).toEqual({ code: 'wrong-file', file: 'tokenizer.json' })
  expect(existsSync(join(folderOfModel, 'tokenizer.json'))).toBe(false)
  expect(existsSync(join(folderOfModel, 'config.json'))).toBe(true)
})

it('says what the runtime has against a model whose bytes are right', async () => {
  const files = new Map([...madeModelFiles(), ['onnx/model_quantized.onnx', new TextEncoder().encode('no graph')]])
  const failed = await thread.loadModel(place(files), offerOf(files)).catch((thrown: unknown) => thrown)
  expect((failed as ModelError).problem).toMatchObject({ code: 'unusable', why: expect.stringMatching(/protobuf|graph|model/i) })
})

it('asks nothing of the network for a file that is missing', async () => {
  const files = new Map([...madeModelFiles()].filter(([path]) => path !== 'tokenizer.json'))
  const failed = await thread.loadModel(place(files), offerOf(files)).catch((thrown: unknown) => thrown)
  expect((failed as ModelError).problem).toMatchObject({ code: 'unusable', why: expect.stringContaining('local_files_only') })
})

it('holds one model at a time, and answers for no other', async () => {
  const files = madeModelFiles()
  const [mean, cls] = [offerOf(files), offerOf(files, { id: 'other-model', pooling: 'cls' })]
  const folderOfModel = place(files)
  await thread.loadModel(folderOfModel, mean)
  await thread.loadModel(folderOfModel, cls)
  await expect(thread.embed(vectorsOf(mean), ['cake'])).rejects.toThrow(EmbedderError)
  expect(await thread.embed(vectorsOf(cls), ['cake'])).toHaveLength(1)
  thread.unloadModel()
  await expect(thread.embed(vectorsOf(cls), ['cake'])).rejects.toThrow('is not loaded')
  await thread.loadModel(folderOfModel, cls)
  expect(await thread.embed(vectorsOf(cls), ['cake'])).toHaveLength(1)
})
