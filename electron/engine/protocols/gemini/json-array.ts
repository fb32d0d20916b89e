/**
 * streamGenerateContent without `alt=sse`: the same responses as one JSON list that grows, `[{...},\r\n{...}]`. The content type is
 * application/json.
 */
import type { ChatEvent } from '../../../../shared/chat.ts'
import type { Failure } from '../../../../shared/failure.ts'
import type { AnswerWriter } from '../protocol.ts'

export const JSON_ARRAY_TYPE = 'application/json'

/** Frames the JSON texts of a stream as the items of a list: `item` for each, then `end` once. */
export class JsonArrayFrames {
  #items = 0

  item(json: string): string {
    return (this.#items++ === 0 ? '[' : ',\r\n') + json
  }

  end(): string {
    return this.#items === 0 ? '[]' : ']'
  }
}

/** This dialect's writer, framed for a client that did not ask for `alt=sse`. */
export function asJsonArray(writer: AnswerWriter): AnswerWriter {
  const frames = new JsonArrayFrames()
  const reframe = (events: string): string =>
    events
      .split('\n\n')
      .filter((event) => event.startsWith('data: '))
      .map((event) => frames.item(event.slice('data: '.length)))
      .join('')
  return {
    write: (event: ChatEvent) => reframe(writer.write(event)),
    end: () => reframe(writer.end()) + frames.end(),
    fail: (failure: Failure) => reframe(writer.fail(failure)) + frames.end(),
  }
}
