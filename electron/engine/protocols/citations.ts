/**
 * Sources of what a model said, out of every format's own way to name them. A reader keeps the provider's words as an opaque event, which serves
 * clients of the same format; for all others this adds the same as `citation` events. Only sources with an address: nobody else knows the documents
 * that a client has sent, and tools have named theirs already.
 */
import type { ChatEvent, Citation, JsonObject } from '../../../shared/chat.ts'
import { arrayOf, isObject, known, numberOf, objectOf, textOf } from './json.ts'
import type { AnswerReader, SseEvent, UpstreamFormat } from './protocol.ts'

type Opaque = Extract<ChatEvent, { type: 'opaque' }>

/** `format` as it is read for a client of another one. */
export function withCitations<Format extends Pick<UpstreamFormat, 'reader' | 'readWhole'>>(format: Format): Format {
  return {
    ...format,
    reader: () => new CitingReader(format.reader()),
    readWhole: (body: JsonObject) => new Citing().add(format.readWhole(body)),
  }
}

class CitingReader implements AnswerReader {
  readonly #reader: AnswerReader
  readonly #citing = new Citing()

  constructor(reader: AnswerReader) {
    this.#reader = reader
  }

  get usageOnly(): boolean {
    return this.#reader.usageOnly
  }

  read(event: SseEvent): readonly ChatEvent[] {
    return this.#citing.add(this.#reader.read(event))
  }

  end(): readonly ChatEvent[] {
    return this.#citing.add(this.#reader.end())
  }
}

class Citing {
  #text = ''
  /** Where the running block of text began; Anthropic cites a block as a whole. */
  #blockStart = 0
  /** Of the running block, until its end is known. */
  #pending: Citation[] = []
  /** Gemini tells its sources again and again, each time all of them. */
  readonly #told = new Set<string>()

  add(events: readonly ChatEvent[]): readonly ChatEvent[] {
    const cited: ChatEvent[] = []
    let hasCited = false
    for (const event of events) {
      if (event.type === 'text-delta') this.#text += event.text
      else if (event.type === 'opaque' && event.value.type === 'citations_delta') {
        const citation = anthropicCitation(objectOf(event.value.citation))
        if (citation !== undefined) this.#pending.push(citation)
      } else if (event.type !== 'usage' && event.type !== 'response-start') {
        const ended = this.#endBlock()
        const found = event.type === 'opaque' ? this.#found(event) : []
        hasCited ||= ended.length + found.length > 0
        cited.push(...ended.map((citation) => told(citation, 'anthropic-messages')))
        cited.push(event)
        if (event.type === 'opaque') cited.push(...found.map((citation) => told(citation, event.protocol)))
        continue
      }
      cited.push(event)
    }
    return hasCited ? cited : events
  }

  #endBlock(): readonly Citation[] {
    const pending = this.#pending
    const place = { start: this.#blockStart, end: this.#text.length }
    this.#blockStart = this.#text.length
    if (pending.length === 0) return pending
    this.#pending = []
    return pending.map((citation) => ({ ...citation, ...place })).filter((citation) => this.#isNew(citation))
  }

  #found({ protocol, value }: Opaque): readonly Citation[] {
    return citationsOf(protocol, value, this.#text).filter((citation) => this.#isNew(citation))
  }

  #isNew({ url, start, end }: Citation): boolean {
    const key = `${start ?? ''} ${end ?? ''} ${url}`
    if (this.#told.has(key)) return false
    this.#told.add(key)
    return true
  }
}

function told(citation: Citation, origin: Opaque['protocol']): ChatEvent {
  return { type: 'citation', citation, origin }
}

function citationsOf(protocol: Opaque['protocol'], value: JsonObject, text: string): readonly Citation[] {
  switch (protocol) {
    case 'openai-chat':
      return objectsIn(value.annotations).flatMap((annotation) => openAiCitation(objectOf(annotation.url_citation)))
    case 'openai-responses': {
      const annotation = objectOf(value.annotation)
      return annotation?.type === 'url_citation' ? openAiCitation(annotation) : []
    }
    case 'gemini':
      return geminiCitations(objectOf(objectOf(value.candidate)?.groundingMetadata), text)
    case 'cohere-v2':
      return objectsIn(value.citations).flatMap(cohereCitations)
    case 'bedrock-converse':
      return bedrockCitation(objectOf(value.citation))
    default:
      return []
  }
}

function objectsIn(value: JsonObject[string] | undefined): readonly JsonObject[] {
  return arrayOf(value).filter(isObject)
}

/** Chat completions nest it, Responses do not; the fields are the same. */
function openAiCitation(cited: JsonObject | undefined): readonly Citation[] {
  const url = textOf(cited?.url)
  if (cited === undefined || url === undefined) return []
  const place = { start: numberOf(cited.start_index), end: numberOf(cited.end_index) }
  return [{ url, ...known({ title: textOf(cited.title), quote: textOf(cited.content), ...place }) }]
}

/** Search results of the web, and those that a client's tool gave with an address as their source. */
function anthropicCitation(cited: JsonObject | undefined): Citation | undefined {
  const url = textOf(cited?.url) ?? addressIn(cited?.source)
  return url === undefined ? undefined : { url, ...known({ title: textOf(cited?.title), quote: textOf(cited?.cited_text) }) }
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Citation.html */
function bedrockCitation(cited: JsonObject | undefined): readonly Citation[] {
  const url = textOf(objectOf(objectOf(cited?.location)?.web)?.url) ?? addressIn(cited?.source)
  const quote = objectsIn(cited?.sourceContent).flatMap(({ text }) => textOf(text) ?? [])
  return url === undefined ? [] : [{ url, ...known({ title: textOf(cited?.title), quote: quote.length === 0 ? undefined : quote.join('\n') }) }]
}

function addressIn(source: JsonObject[string] | undefined): string | undefined {
  return typeof source === 'string' && /^https?:\/\//i.test(source) ? source : undefined
}

/** https://docs.cohere.com/reference/chat: the fields of a document or of a tool's result are whatever the client has put there. */
function cohereCitations({ start, end, sources }: JsonObject): readonly Citation[] {
  return objectsIn(sources).flatMap((source) => {
    const document = objectOf(source.document) ?? objectOf(source.tool_output)
    const url = addressIn(document?.url) ?? addressIn(document?.link)
    if (url === undefined) return []
    return [{ url, ...known({ title: textOf(document?.title), quote: textOf(document?.snippet), start: numberOf(start), end: numberOf(end) }) }]
  })
}

/** https://ai.google.dev/api/generate-content#GroundingMetadata: chunks are sources, supports say which of them which words rest on. */
function geminiCitations(grounding: JsonObject | undefined, text: string): readonly Citation[] {
  const sources = arrayOf(grounding?.groundingChunks).map((chunk) => {
    const place = objectOf(objectOf(chunk)?.web) ?? objectOf(objectOf(chunk)?.retrievedContext) ?? objectOf(objectOf(chunk)?.maps)
    return { url: addressIn(place?.uri), title: textOf(place?.title) }
  })
  const positions = new CharacterPositions(text)
  const used = new Set<number>()
  const citations = objectsIn(grounding?.groundingSupports).flatMap((support) => {
    const segment = objectOf(support.segment)
    return arrayOf(support.groundingChunkIndices).flatMap((index) => {
      const source = typeof index === 'number' ? sources[index] : undefined
      if (source?.url === undefined) return []
      used.add(Number(index))
      // protobuf JSON leaves zeros out
      const start = positions.ofByte(numberOf(segment?.startIndex) ?? 0)
      const end = positions.ofByte(numberOf(segment?.endIndex) ?? 0)
      return [{ url: source.url, start, end, ...known({ title: source.title }) }]
    })
  })
  const others = sources.flatMap(({ url, title }, index) => (url === undefined || used.has(index) ? [] : [{ url, ...known({ title }) }]))
  return [...citations, ...others]
}

/** Gemini counts bytes of UTF-8, everybody else characters. */
class CharacterPositions {
  readonly #text: string
  #bytes: Buffer | undefined

  constructor(text: string) {
    this.#text = text
  }

  ofByte(byte: number): number {
    this.#bytes ??= Buffer.from(this.#text, 'utf8')
    return this.#bytes.length === this.#text.length ? Math.min(byte, this.#text.length) : this.#bytes.toString('utf8', 0, byte).length
  }
}
