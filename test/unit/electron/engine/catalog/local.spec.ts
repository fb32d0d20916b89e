import { describe, expect, it } from 'vitest'
import { readModelList, readOllamaTags } from '../../../../../electron/engine/catalog/local.ts'

// origin: written from documentation (https://docs.ollama.com/api/tags, https://lmstudio.ai/docs/developer/openai-compat/models)
const tags = {
  models: [
    { name: 'gemma3:latest', model: 'gemma3:latest', size: 3338801804, details: { family: 'gemma3', families: ['gemma3'], parameter_size: '4.3B' } },
    { name: 'nomic-embed-text:latest', model: 'nomic-embed-text:latest', details: { family: 'nomic-bert', families: ['nomic-bert'] } },
    { name: 'gpt-oss:120b-cloud', model: 'gpt-oss:120b-cloud', remote_host: 'https://ollama.com:443', details: { family: '', families: null } },
  ],
}

describe("Ollama's list", () => {
  it('names the models that can talk', () => {
    expect(readOllamaTags(tags)).toEqual([{ id: 'gemma3:latest' }, { id: 'gpt-oss:120b-cloud' }])
  })

  it('may be empty, which is something other than no list', () => {
    expect(readOllamaTags({ models: [] })).toEqual([])
    for (const stranger of [undefined, null, 'ok', [], {}, { models: 'none' }]) expect(readOllamaTags(stranger)).toBeUndefined()
  })

  it('leaves out rows that cannot be read', () => {
    expect(readOllamaTags({ models: [null, 3, {}, { name: '' }, { name: 'phi4' }] })).toEqual([{ id: 'phi4' }])
  })
})

describe('a list in the format of OpenAI', () => {
  it('gives ids, and names and context lengths where a server adds them', () => {
    const body = {
      object: 'list',
      data: [
        { id: 'qwen/qwen3-4b', object: 'model', owned_by: 'organization_owner' },
        { id: 'granite', type: 'llm', max_context_length: 131_072 },
        { id: 'nomic', type: 'embeddings' },
        { id: 'meta-llama/llama-4', name: 'Llama 4', context_length: 1_000_000 },
        { id: 'claude-haiku-4-5', display_name: 'Claude Haiku 4.5', type: 'model' },
        { id: 'odd', context_length: '8k' },
      ],
    }
    expect(readModelList(body)).toEqual([
      { id: 'qwen/qwen3-4b' },
      { id: 'granite', context: 131_072 },
      { id: 'meta-llama/llama-4', name: 'Llama 4', context: 1_000_000 },
      { id: 'claude-haiku-4-5', name: 'Claude Haiku 4.5' },
      { id: 'odd' },
    ])
  })

  it('is not taken from a stranger on the port', () => {
    for (const stranger of [undefined, '<html>', { models: [] }, { data: {} }]) expect(readModelList(stranger)).toBeUndefined()
  })
})
