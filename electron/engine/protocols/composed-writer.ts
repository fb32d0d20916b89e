/** The writer of a dialect whose stream events carry their own name in `type`: a composer decides what to say, this puts it on the wire. */
import type { ChatEvent } from '../../../shared/chat.ts'
import type { Failure } from '../../../shared/failure.ts'
import type { AnswerWriter } from './protocol.ts'
import { sse } from './sse.ts'

type NamedEvent = Readonly<Record<string, unknown>> & { readonly type: string }

export interface AnswerComposer {
  take(event: ChatEvent): readonly NamedEvent[]
  end(): readonly NamedEvent[]
  fail(failure: Failure): readonly NamedEvent[]
}

export class ComposedWriter implements AnswerWriter {
  readonly #composer: AnswerComposer

  constructor(composer: AnswerComposer) {
    this.#composer = composer
  }

  write(event: ChatEvent): string {
    return render(this.#composer.take(event))
  }

  end(): string {
    return render(this.#composer.end())
  }

  fail(failure: Failure): string {
    return render(this.#composer.fail(failure))
  }
}

function render(events: readonly NamedEvent[]): string {
  let text = ''
  for (const event of events) text += sse(JSON.stringify(event), event.type)
  return text
}
