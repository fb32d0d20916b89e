import type { RunMessage, RunParameters } from '../../shared/api/playground.ts'
import { type Attachment, TEXT_TYPE } from '../../shared/attachments.ts'
import type { JsonObject } from '../../shared/chat.ts'

export interface PlaygroundRun extends RunParameters {
  readonly model: string
  readonly messages: readonly RunMessage[]
}

/** A run of the playground as the chat completions body that every client could send. */
export function playgroundBody({ model, messages, temperature, topP, maxOutputTokens, seed, effort, tools }: PlaygroundRun): JsonObject {
  return {
    model,
    messages: messages.map(({ role, text, files = [] }): JsonObject => ({ role, content: files.length === 0 ? text : contentOf(text, files) })),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(maxOutputTokens !== undefined && { max_completion_tokens: maxOutputTokens }),
    ...(seed !== undefined && { seed }),
    ...(effort !== undefined && { reasoning_effort: effort }),
    ...(tools !== undefined &&
      tools.length > 0 && {
        tools: tools.map(({ name, description, parameters }) => ({
          type: 'function',
          function: { name, ...(description !== undefined && { description }), ...(parameters !== undefined && { parameters }) },
        })),
      }),
  }
}

/** Files stand before the question, as providers advise for long documents. */
function contentOf(text: string, files: readonly Attachment[]): readonly JsonObject[] {
  return [...files.map(partOf), ...(text === '' ? [] : [{ type: 'text', text }])]
}

function partOf({ name, mediaType, data }: Attachment): JsonObject {
  if (mediaType === TEXT_TYPE) return { type: 'text', text: `File ${JSON.stringify(name)}:\n\n${Buffer.from(data, 'base64').toString('utf8')}` }
  const url = `data:${mediaType};base64,${data}`
  return mediaType.startsWith('image/') ? { type: 'image_url', image_url: { url } } : { type: 'file', file: { filename: name, file_data: url } }
}
