/** Sources of an answer as Gemini names them: each once, and which words rest on which. https://ai.google.dev/api/generate-content#GroundingMetadata */
import type { Citation, JsonObject } from '../../../../shared/chat.ts'

/** Gemini counts bytes of UTF-8. */
export function groundingOf(citations: readonly Citation[], text: string): JsonObject {
  const places = new Map<string, number>()
  const groundingChunks: JsonObject[] = []
  const groundingSupports: JsonObject[] = []
  for (const { url, title, start, end } of citations) {
    const place = places.get(url) ?? groundingChunks.push({ web: { uri: url, title: title ?? url } }) - 1
    places.set(url, place)
    if (start === undefined || end === undefined || end <= start) continue
    const said = text.slice(start, end)
    const startIndex = Buffer.byteLength(text.slice(0, start))
    groundingSupports.push({ segment: { startIndex, endIndex: startIndex + Buffer.byteLength(said), text: said }, groundingChunkIndices: [place] })
  }
  return { groundingChunks, groundingSupports }
}
