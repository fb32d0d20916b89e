import { BRITISH } from './spelling.ts'

/** Forms that no rule reaches. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    shoes: 'shoe',
    toes: 'toe',
    goods: 'goods',
    customs: 'customs',
    arms: 'arms',
    means: 'means',
    glasses: 'glasses',
    savings: 'savings',
    men: 'man',
    women: 'woman',
    children: 'child',
    people: 'people',
    mice: 'mouse',
    feet: 'foot',
    teeth: 'tooth',
    geese: 'goose',
    lives: 'life',
    wives: 'wife',
    knives: 'knife',
    leaves: 'leave',
    made: 'make',
    making: 'make',
    wrote: 'write',
    written: 'write',
    writing: 'write',
    went: 'go',
    gone: 'go',
    bought: 'buy',
    brought: 'bring',
    thought: 'think',
    taught: 'teach',
    caught: 'catch',
    sold: 'sell',
    told: 'tell',
    said: 'say',
    gave: 'give',
    given: 'give',
    giving: 'give',
    took: 'take',
    taken: 'take',
    taking: 'take',
    got: 'get',
    gotten: 'get',
    getting: 'get',
    found: 'find',
    knew: 'know',
    known: 'know',
    grew: 'grow',
    grown: 'grow',
    became: 'become',
    came: 'come',
    coming: 'come',
    becoming: 'become',
    began: 'begin',
    begun: 'begin',
    beginning: 'begin',
    broke: 'break',
    broken: 'break',
    built: 'build',
    chose: 'choose',
    chosen: 'choose',
    choosing: 'choose',
    spoke: 'speak',
    spoken: 'speak',
    stole: 'steal',
    stolen: 'steal',
    lost: 'lose',
    losing: 'lose',
    loses: 'lose',
    met: 'meet',
    paid: 'pay',
    ran: 'run',
    running: 'run',
    saw: 'see',
    seen: 'see',
    sent: 'send',
    slept: 'sleep',
    spent: 'spend',
    stood: 'stand',
    understood: 'understand',
    won: 'win',
    winning: 'win',
    wore: 'wear',
    worn: 'wear',
    fell: 'fall',
    fallen: 'fall',
    felt: 'feel',
    flew: 'fly',
    forgot: 'forget',
    forgotten: 'forget',
    kept: 'keep',
    led: 'lead',
    left: 'leave',
    leaving: 'leave',
    died: 'die',
    dying: 'die',
    dies: 'die',
    lying: 'lie',
    lied: 'lie',
    using: 'use',
    used: 'use',
    living: 'live',
    having: 'have',
    ate: 'eat',
    eaten: 'eat',
    drank: 'drink',
    drove: 'drive',
    driven: 'drive',
    driving: 'drive',
    held: 'hold',
    heard: 'hear',
    hid: 'hide',
    hidden: 'hide',
    taxes: 'tax',
    analyses: 'analysis',
    criteria: 'criterion',
    phenomena: 'phenomenon',
    indices: 'index',
    indexes: 'index',
    matrices: 'matrix',
    statuses: 'status',
    coding: 'code',
    creating: 'create',
    changing: 'change',
    dating: 'date',
    hiring: 'hire',
    earning: 'earn',
    learning: 'learn',
    learnt: 'learn',
    dreamt: 'dream',
    burnt: 'burn',
    news: 'news',
    does: 'do',
    series: 'series',
    species: 'species',
  }),
)

const ENDS_IN_AS = new Set(
  'has was gas christmas canvas bias alias texas kansas arkansas atlas pancreas whereas dallas pyjamas pajamas overseas nicholas thomas lucas'.split(' '),
)
const DOUBLED = /([bdfgklmnprt])\1$/

/** Words with an e that another word lacks: they keep it. */
const KEEPS_E = new Set('humane stripe clothe breathe bathe envelope morale locale rationale urbane divine supreme caste paste finale'.split(' '))

/**
 * The key by which forms of a word meet: number of nouns, -ed and -ing of verbs. Light, so that it never merges two words ("car", "care"; "university",
 * "universe"); -ly and other endings stay. Words of other scripts stay as they are.
 */
export function stem(lower: string): string {
  const word = BRITISH.get(lower) ?? lower
  const irregular = IRREGULAR.get(word)
  if (irregular !== undefined) return withoutLongE(irregular)
  if (word.length <= 3 || !/^[a-z]+$/.test(word)) return word
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(ss|us|is)$/.test(word) || ENDS_IN_AS.has(word)) return word
  if (/(ch|sh|x|ss|zz|o)es$/.test(word)) return word.slice(0, -2)
  if (word.endsWith('s')) return stem(word.slice(0, -1))
  if (word.endsWith('ied') && word.length > 4) return `${word.slice(0, -3)}y`
  if (word.endsWith('ed') && word.length > 4 && /[aeiouy]/.test(word.slice(0, -2)) && !word.endsWith('eed')) return verb(word.slice(0, -2))
  if (word.endsWith('ing') && word.length > 5 && /[aeiouy]/.test(word.slice(0, -3))) return verb(word.slice(0, -3))
  return withoutLongE(word)
}

/** "stopp" is stop, "hop" of "hoping" is hope, "danc" is dance; "help" and "develop" are whole. */
function verb(root: string): string {
  if (DOUBLED.test(root) && root.length > 3 && !/(ll|ss)$/.test(root)) return root.slice(0, -1)
  const lacksE = /[cvzu]$|[aeiou]s$/.test(root) || /^[^aeiouy]*[aeiouy][^aeiouwxy]$/.test(root)
  return withoutLongE(lacksE ? `${root}e` : root)
}

/** In long words the last e decides nothing: "decide", "deciding", "decided" meet without it. */
function withoutLongE(word: string): string {
  return word.length >= 6 && word.endsWith('e') && !word.endsWith('ee') && !KEEPS_E.has(word) ? word.slice(0, -1) : word
}
