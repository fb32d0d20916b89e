/** Everyday adjectives that are compared ("cheaper", "cheapest"), so that "teacher" and "interest" are not taken for comparisons. */
const GRADABLE = new Set(
  `big large small little tall short long high low wide narrow deep shallow thick thin heavy light fat fast quick slow early late old new young hot cold warm cool dry wet hard soft easy simple
  tough rough smooth strong weak rich poor cheap costly dear pricey safe dangerous risky clean dirty dark bright loud quiet calm nice kind mean cruel rude funny sad happy lucky smart clever wise dumb stupid
  crazy weird strange odd rare common close near far great good bad fine fair sharp dull tight loose full empty busy lazy scary creepy ugly pretty cute lovely hot sexy tasty sweet bitter sour salty spicy fresh
  healthy sick fit lean tiny huge vast fancy neat dense sparse clear pure rare raw ripe mild harsh tricky nasty messy noisy cosy cozy silly angry hungry thirsty sleepy friendly lonely deadly bold brave proud shy
  strict broad brief cold mad sick sound steep stiff straight swift tender tidy true vague wealthy worthy`.split(/\s+/),
)

const IRREGULAR = new Set('more less fewer most least better worse best worst farther further farthest furthest elder eldest'.split(' '))

/** "cheaper", "easiest", "more". */
export function compares(lower: string): boolean {
  if (IRREGULAR.has(lower)) return true
  const base = /^(.{2,})(?:er|est)$/.exec(lower)?.[1]
  if (base === undefined) return false
  return (
    GRADABLE.has(base) ||
    GRADABLE.has(`${base}e`) ||
    (base.endsWith('i') && GRADABLE.has(`${base.slice(0, -1)}y`)) ||
    (base.at(-1) === base.at(-2) && GRADABLE.has(base.slice(0, -1)))
  )
}
