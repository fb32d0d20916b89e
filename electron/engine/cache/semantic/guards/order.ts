import type { Alignment } from '../alignment.ts'
import type { Reading, Word } from '../reading.ts'
import type { Guard } from './guard.ts'

/** Roles that say who does what to whom, or from where to where. */
const DIRECTED = new Set(['from', 'to', 'by', 'than', 'before', 'after', 'against', 'over', 'under', 'with', 'without'])

/** From or to, by or to, before or after: a phrase keeps its part. */
export const direction: Guard = {
  name: 'direction',
  check(a, b, { pairs }) {
    for (const [one, other] of pairs) {
      if (one.role === other.role || one.role === '' || other.role === '') continue
      if (DIRECTED.has(one.role) && DIRECTED.has(other.role)) return `"${one.lower}" plays another part: ${one.role} and ${other.role}`
    }
    const [byA, byB] = [hasAgent(a), hasAgent(b)]
    return byA !== byB ? `only one says by whom or by what` : undefined
  },
}

const hasAgent = ({ tokens }: Reading): boolean => tokens.some(({ lower }) => lower === 'by')

/** Where "and" or "or" joins two words, either may come first. */
function areJoined(one: Word, other: Word, { tokens }: Reading): boolean {
  const [first, second] = one.at < other.at ? [one, other] : [other, one]
  const between = tokens.slice(first.at + 1, second.at)
  return between.some(({ lower }) => /^(and|or|vs|versus|nor)$/.test(lower))
}

/** The same words in another order ask something else, unless "and" joins them or each keeps the preposition it had. */
export const order: Guard = {
  name: 'word order',
  check(a, b, { pairs }: Alignment) {
    const inOrder = pairs.toSorted(([one], [other]) => one.at - other.at)
    for (let index = 0; index < inOrder.length; index++) {
      for (let next = index + 1; next < inOrder.length; next++) {
        const [first, firstThere] = inOrder[index] as readonly [Word, Word]
        const [second, secondThere] = inOrder[next] as readonly [Word, Word]
        if (firstThere.at < secondThere.at || first.key === second.key) continue
        if (first.kind !== 'word' && first.kind !== 'name' && second.kind !== 'word' && second.kind !== 'name')
          return `order differs: ${first.lower}, ${second.lower}`
        if (areJoined(first, second, a) && areJoined(firstThere, secondThere, b)) continue
        if (first.role === firstThere.role && second.role === secondThere.role && first.role !== second.role) continue
        return `order differs: ${first.lower}, ${second.lower}`
      }
    }
    return undefined
  },
}

const COMPARATIVE = /^(?:more|less|fewer|most|least|better|worse|best|worst|[a-z]{2,}(?:er|est|ier|iest))$/
const NOT_COMPARATIVE =
  /^(?:other|another|either|neither|whether|never|ever|over|under|after|however|together|rather|per|her|number|user|computer|server|paper|water|power|letter|order|matter|member|mother|father|brother|sister|teacher|doctor|writer|driver|winter|summer|center|career|engineer|developer|programmer|interest|request|test|rest|west|best|forest|invest|honest|guest|suggest|player|manager|consumer|customer|career|paper|answer|offer|lawyer|officer|character|chapter|master|register|soldier|cancer|killer|dinner|finger|flower|tower|river|silver|weather|leather|feather|offer|enter|consider|remember|discover|recover|deliver|wonder|transfer|differ|refer|prefer|suffer|trigger|twitter|messenger|december|october|november|september|easter|minister|fever|liver|layer|buyer|seller|owner|dealer|leader|reader|speaker|worker|singer|dancer|farmer|partner|container|docker|router|browser|parser|compiler|filter|buffer|pointer|integer|header|folder|pair|newer)$/

/** Comparatives and superlatives that stand on one side alone. */
export const comparatives: Guard = {
  name: 'comparatives',
  check(_a, _b, { onlyA, onlyB }) {
    const found = [...onlyA, ...onlyB].filter(
      ({ kind, lower, isName }) =>
        kind === 'word' && !isName && COMPARATIVE.test(lower) && !NOT_COMPARATIVE.test(lower) && lower !== 'best' && lower !== 'better',
    )
    return found.length === 0 ? undefined : `only one compares: ${found.map(({ lower }) => lower).join(', ')}`
  },
}
