import type { SideCall } from '../../../shared/chat.ts'
import { readCompaction } from './compact.ts'
import { readCount } from './count-tokens.ts'
import { readEmbeddings } from './embed.ts'
import type { ReadQuestion } from './side-call.ts'

/** Who reads what clients ask beside conversations. */
export function questionOf(dialect: SideCall): ReadQuestion {
  switch (dialect) {
    case 'openai-embeddings':
    case 'gemini-embeddings':
    case 'ollama-embeddings':
      return readEmbeddings
    case 'anthropic-count-tokens':
    case 'gemini-count-tokens':
    case 'openai-input-tokens':
      return readCount
    case 'openai-compaction':
      return readCompaction
  }
}
