/**
 * A sentence model made here, in the files and shapes of a real one: a tokenizer, a config and an ONNX graph that looks every token up in a table. It holds
 * no trained weights and knows no language; what transformers.js should make of it can be worked out by hand.
 */

/** One row of the table a token. The special tokens come first, as BERT's vocabularies have them. */
export const MADE_VOCABULARY: Readonly<Record<string, readonly number[]>> = {
  '[PAD]': [9, 9, 9, 9],
  '[UNK]': [0, 0, 0, 1],
  '[CLS]': [0.5, 0, 0, 0],
  '[SEP]': [0, 0.5, 0, 0],
  '?': [0, 0, 0, 0],
  how: [0.1, 0, 0, 0],
  do: [0.1, 0, 0, 0],
  i: [0, 0.1, 0, 0],
  a: [0, 0, 0.1, 0],
  my: [0, 0, 0.1, 0],
  undo: [2, 1, 0, 0],
  revert: [2, 1, 0, 0],
  commit: [0, 1, 2, 0],
  '##s': [0, 0, 0, 0.25],
  bake: [-2, 0, 1, -1],
  cake: [-1, -2, 0, -2],
}

/** What a model of this vocabulary consists of, by path in its repository. */
export function madeModelFiles(vocabulary: Readonly<Record<string, readonly number[]>> = MADE_VOCABULARY): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const json = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value))
  return new Map([
    ['config.json', json({ architectures: ['BertModel'], model_type: 'bert', vocab_size: Object.keys(vocabulary).length, hidden_size: 4 })],
    ['tokenizer.json', json(tokenizer(Object.keys(vocabulary)))],
    ['tokenizer_config.json', json({ tokenizer_class: 'BertTokenizer', do_lower_case: true, model_max_length: 128, ...SPECIAL_NAMES })],
    ['onnx/model_quantized.onnx', lookUpGraph(Object.values(vocabulary))],
  ])
}

const SPECIAL_NAMES = { cls_token: '[CLS]', sep_token: '[SEP]', pad_token: '[PAD]', unk_token: '[UNK]' }

/** The format of the `tokenizers` library: https://huggingface.co/docs/tokenizers/api/tokenizer */
function tokenizer(words: readonly string[]): unknown {
  const id = (word: string): number => words.indexOf(word)
  const special = (name: string): unknown => ({
    id: id(name),
    content: name,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })
  const piece = (name: string): unknown => ({ SpecialToken: { id: name, type_id: 0 } })
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: Object.values(SPECIAL_NAMES).map(special),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [piece('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, piece('[SEP]')],
      pair: [],
      special_tokens: Object.fromEntries(['[CLS]', '[SEP]'].map((name) => [name, { id: name, ids: [id(name)], tokens: [name] }])),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(words.map((word, at) => [word, at])),
    },
  }
}

/**
 * last_hidden_state = Gather(table, input_ids), with the three inputs that BERT exports have. Field numbers are those of onnx.proto3:
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
 */
function lookUpGraph(rows: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const columns = rows[0]?.length ?? 0
  const table = new Uint8Array(new Float32Array(rows.flat()).buffer)
  const shape = (dimensions: readonly Uint8Array[]): Uint8Array => message(...dimensions.map((dimension) => bytes(1, dimension)))
  const free = (name: string): Uint8Array => text(2, name)
  const value = (name: string, element: number, dimensions: readonly Uint8Array[]): Uint8Array =>
    message(text(1, name), bytes(2, message(bytes(1, message(number(1, element), bytes(2, shape(dimensions)))))))
  const tokens = [free('batch'), free('tokens')]
  const graph = message(
    bytes(1, message(text(1, 'table'), text(1, 'input_ids'), text(2, 'last_hidden_state'), text(4, 'Gather'))),
    text(2, 'look-up'),
    bytes(5, message(number(1, rows.length), number(1, columns), number(2, FLOAT), text(8, 'table'), bytes(9, table))),
    ...['input_ids', 'attention_mask', 'token_type_ids'].map((name) => bytes(11, value(name, INT64, tokens))),
    bytes(12, value('last_hidden_state', FLOAT, [...tokens, number(1, columns)])),
  )
  return message(number(1, 8), text(2, 'made by a test'), bytes(7, graph), bytes(8, message(text(1, ''), number(2, 13))))
}

const FLOAT = 1
const INT64 = 7

// Protocol buffers as far as this needs them: https://protobuf.dev/programming-guides/encoding/
function varint(whole: number): Uint8Array<ArrayBuffer> {
  const made: number[] = []
  let rest = whole
  for (; rest > 127; rest = Math.floor(rest / 128)) made.push((rest % 128) + 128)
  return Uint8Array.from([...made, rest])
}

function message(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts))
}

const number = (field: number, whole: number): Uint8Array => message(varint(field * 8), varint(whole))
const bytes = (field: number, content: Uint8Array): Uint8Array => message(varint(field * 8 + 2), varint(content.length), content)
const text = (field: number, content: string): Uint8Array => bytes(field, new TextEncoder().encode(content))
