/** The sentence models that can be taken, each pinned to one commit and its files to their sums. */

export interface ModelFile {
  /** In the repository, and in the model's folder. */
  readonly path: string
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
}

/** What the first use of a model will load, and how a sentence's vector is read out of it. */
export interface ModelOffer {
  readonly id: string
  /** On the hub. */
  readonly repository: string
  /** A commit, so that the files cannot change under us. */
  readonly revision: string
  /** SPDX */
  readonly licence: string
  readonly files: readonly ModelFile[]
  /** The mean of all tokens, or the first token alone: as the model was trained. */
  readonly pooling: 'mean' | 'cls'
  /** Where matches begin to be worth a look; a start, evidence decides. */
  readonly leastSimilarity: number
}

export const HUB = 'https://huggingface.co'

/** Both exports carry this one file, byte for byte. */
const TOKENIZER_CONFIG: ModelFile = {
  path: 'tokenizer_config.json',
  bytes: 366,
  sha256: '9261e7d79b44c8195c1cada2b453e55b00aeb81e907a6664974b4d7776172ab3',
}

/**
 * Sizes and sums as several public projects that pin the same commits state them, all alike (among others shivammittal274/tensor-mcp:install.ps1 for MiniLM);
 * nobody of us has loaded the real files. A wrong sum here could only refuse a right file.
 * Pooling by https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2 and https://huggingface.co/BAAI/bge-small-en-v1.5.
 */
export const MODELS: readonly ModelOffer[] = [
  {
    id: 'all-minilm-l6-v2',
    repository: 'Xenova/all-MiniLM-L6-v2',
    revision: '751bff37182d3f1213fa05d7196b954e230abad9',
    licence: 'Apache-2.0',
    files: [
      { path: 'config.json', bytes: 650, sha256: '7135149f7cffa1a573466c6e4d8423ed73b62fd2332c575bf738a0d033f70df7' },
      { path: 'tokenizer.json', bytes: 711_661, sha256: 'da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0' },
      TOKENIZER_CONFIG,
      { path: 'onnx/model_quantized.onnx', bytes: 22_972_370, sha256: 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1' },
    ],
    pooling: 'mean',
    leastSimilarity: 0.92,
  },
  {
    id: 'bge-small-en-v1.5',
    repository: 'Xenova/bge-small-en-v1.5',
    revision: 'ea104dacec62c0de699686887e3f920caeb4f3e3',
    licence: 'MIT',
    files: [
      { path: 'config.json', bytes: 683, sha256: 'fa73f90bf92c8cace1fbcb709626306f2bdbc9ea3e5b5f94b440df9b6aa56350' },
      { path: 'tokenizer.json', bytes: 711_396, sha256: 'd241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66' },
      TOKENIZER_CONFIG,
      { path: 'onnx/model_quantized.onnx', bytes: 34_014_426, sha256: '6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4' },
    ],
    pooling: 'cls',
    leastSimilarity: 0.94,
  },
]

/** Names the vectors: another commit may make others. */
export function vectorsOf({ id, revision }: Pick<ModelOffer, 'id' | 'revision'>): string {
  return `${id}@${revision.slice(0, 8)}`
}

export function bytesOf({ files }: Pick<ModelOffer, 'files'>): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}
