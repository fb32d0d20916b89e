/**
 * `npm run report:twins`: the same scenario as several providers' own clients sent it. One's request is translated for the other and compared with
 * what the other's client really sent. Prints Markdown; exit code 1 when text, tools, images or results were lost, or reasoning without a word.
 * `--dir FOLDER` as in report:recordings.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { JsonObject } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import { formatOf } from '../support/formats.ts'
import { type IndexLine, indexOf, loadFrom, SHARED_DIR } from '../support/recordings.ts'
import { type Comparison, compareTwins, placesIn } from './compare-twins.ts'
import { markdownTable } from './markdown.ts'

const { values } = parseArgs({ options: { dir: { type: 'string', default: `${SHARED_DIR}recordings` } } })
if (!existsSync(values.dir)) {
  console.error(`There is no folder ${values.dir}. Nothing was compared.`)
  process.exit(1)
}

interface Sent {
  readonly line: IndexLine
  readonly body: JsonObject
}

/** A request that its provider took: what it refused shows nobody how to write one. */
const sent: readonly Sent[] = indexOf(values.dir).flatMap((line) => {
  if (!line.request || line.status >= 400) return []
  const { requestBody: body } = loadFrom(values.dir, line)
  return body === undefined ? [] : [{ line, body }]
})
const places = new Map<string, Set<string>>()
for (const { line, body } of sent) {
  const known = places.get(line.api) ?? new Set()
  for (const place of placesIn(body)) known.add(place)
  places.set(line.api, known)
}

interface Pair {
  readonly from: Sent
  readonly to: Sent
  readonly result: Comparison
}

/** Formats that only providers speak: there is nobody whose request could be translated. */
const WITHOUT_CLIENTS: Readonly<Record<string, string>> = {
  'bedrock-converse': 'bedrock-converse is spoken by a provider and by no client here, so there is no request to translate; pairs the other way are compared',
}

const pairs: Pair[] = []
const leftOut = new Map<string, number>()
const leaveOut = (reason: string): void => void leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1)

for (const [twin, group] of Map.groupBy(sent, ({ line }) => line.twin)) {
  if (twin === null || twin === undefined) continue
  for (const from of group) for (const to of group) if (from.line.provider !== to.line.provider) compare(from, to)
}

function compare(from: Sent, to: Sent): void {
  const source = formatOf(from.line.api)
  const target = formatOf(to.line.api)
  // Ollama itself is asked on /api/chat, whatever its client asked on
  const isDoor = to.line.api === 'ollama-generate'
  if (source?.readRequest === undefined || target === undefined || isDoor) {
    if (source?.readRequest === undefined) leaveOut(WITHOUT_CLIENTS[from.line.api] ?? `no client speaks ${from.line.api} here`)
    else leaveOut(isDoor ? 'no provider is asked in ollama-generate: Ollama takes the same on /api/chat' : `no writer for ${to.line.api}`)
    return
  }
  const model = from.line.model ?? 'some-model'
  try {
    const view = source.readRequest(from.body, { model, stream: from.line.streaming })
    const its = { provider: to.line.provider, model: to.line.model ?? 'some-model', stream: to.line.streaming, body: to.body }
    pairs.push({ from, to, result: compareTwins(view, { format: target, places: places.get(to.line.api) ?? new Set(), ...its }) })
  } catch (thrown) {
    const kept = keptElsewhere(thrown)
    if (kept !== undefined) {
      leaveOut(kept)
      return
    }
    const words = thrown instanceof Failure ? `${thrown.kind}: ${thrown.message}` : String(thrown)
    pairs.push({ from, to, result: { losses: [`everything (${words})`], dropped: [], differences: [], unseenPlaces: [] } })
  }
}

/** Why a request cannot be read without what its provider keeps for its client; undefined for other failures. */
function keptElsewhere(thrown: unknown): string | undefined {
  if (!(thrown instanceof Failure)) return undefined
  const field = [thrown.param ?? ''].find(
    (name) => /^(?:previous_response_id|conversation|prompt|background)$/.test(name) || /item_reference/.test(thrown.message),
  )
  return field === undefined ? undefined : `goes on from what only its provider has (${field})`
}

console.log('## Requests translated for another provider, beside what its own client sent\n')
const groups = Map.groupBy(pairs, ({ from, to }) => `${from.line.api} | ${to.line.provider} | ${to.line.api}`)
const count = (some: readonly Pair[], of: keyof Comparison): string => String(some.filter(({ result }) => result[of].length > 0).length)
console.log(
  markdownTable(
    ['from', 'to provider', 'to api', 'pairs', 'lost something', 'named as left out', 'differ', 'with places no client filled'],
    [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, some]) => [
        ...name.split(' | '),
        String(some.length),
        count(some, 'losses'),
        count(some, 'dropped'),
        count(some, 'differences'),
        count(some, 'unseenPlaces'),
      ]),
  ),
)

function list(title: string, of: keyof Comparison, fold: (pair: Pair, entry: string) => string): void {
  const entries = pairs.flatMap((pair) => pair.result[of].map((entry) => ({ pair, text: fold(pair, entry) })))
  if (entries.length === 0) return
  console.log(`\n## ${title}\n`)
  const folded = [...Map.groupBy(entries, ({ text }) => text)].sort(([, a], [, b]) => b.length - a.length)
  for (const [text, some] of folded) {
    const { from, to } = some[0]?.pair ?? {}
    console.log(`- ${text} (${some.length}; such as ${from?.line.id} for ${to?.line.provider})`)
  }
}
list('Places that no recorded client of the api filled', 'unseenPlaces', ({ to }, place) => `${to.line.api}: ${place}`)
list('Named as left out', 'dropped', ({ to }, name) => `${to.line.api}: ${name}`)
list('Different', 'differences', ({ to }, difference) => `${to.line.api}: ${difference}`)
list('Lost', 'losses', ({ to }, loss) => `${to.line.provider}, ${to.line.api}: ${loss}`)
if (leftOut.size > 0) console.log('\n## Left out\n')
for (const [reason, pairCount] of leftOut) console.log(`- ${reason}: ${pairCount} pairs`)

const lost = pairs.filter(({ result }) => result.losses.length > 0)
const left = [...leftOut.values()].reduce((sum, pairCount) => sum + pairCount, 0)
console.log(
  `\n${pairs.length} pairs of twins: ${pairs.length - lost.length} kept all text, tools, images, results and reasoning, ${lost.length} lost some, ${left} left out.`,
)
process.exitCode = lost.length > 0 ? 1 : 0
