/**
 * A long conversation made short by its provider, for clients of OpenAI's Responses. The result is encrypted, so only OpenAI's own models can make
 * it and go on from it. https://platform.openai.com/docs/api-reference/responses/compact
 */
import type { JsonObject } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import { asBuffer } from '../as-buffer.ts'
import { arrayOf, objectOf, stringAt, textOf } from '../protocols/json.ts'
import { readUsage } from '../protocols/openai-responses/usage.ts'
import { patchTopLevel } from '../protocols/relay-body.ts'
import type { Caller } from '../request.ts'
import type { StoredResponses } from '../stored-responses.ts'
import { type Question, type SideIncoming, viewOfModel } from './side-call.ts'

/** Stored answers that the request refers to are put into it first. @throws Failure 'bad-request' naming the field */
export async function readCompaction(
  body: JsonObject,
  incoming: SideIncoming,
  caller: Caller,
  { responses }: { readonly responses: Pick<StoredResponses, 'recall'> },
): Promise<Question> {
  const view = viewOfModel(
    stringAt(body.model, 'model'),
    arrayOf(body.models).flatMap((name) => textOf(name) ?? []),
  )
  const sent = { ...body, store: false }
  const { body: recalled } = await responses.recall(sent, caller)
  const { store: _store, ...refilled } = recalled
  const bytes = recalled === sent ? incoming.body : Buffer.from(JSON.stringify(refilled))
  return {
    view,
    // its items are read as they are written
    paid: { ...view, messages: [{ role: 'user', parts: [{ type: 'text', text: asBuffer(bytes).toString('utf8') }] }] },
    async ask({ endpoint }, post) {
      if (endpoint.provider !== 'openai') {
        throw new Failure(
          'unsupported-parameter',
          `${endpoint.id} cannot compact a conversation: only OpenAI's own models can. Have the model sum the conversation up with an ordinary request, and go on from that.`,
          { param: 'model' },
        )
      }
      const edits = { model: endpoint.upstreamModel, models: undefined, provider: undefined }
      const { json, bytes: answered, headers } = await post({ path: '/responses/compact', bytes: patchTopLevel(bytes, edits), dropped: [] })
      const tokens = readUsage(objectOf(json.usage))
      return { body: answered, headers, estimated: false, dropped: [], ...(tokens === undefined ? {} : { tokens }) }
    },
  }
}
