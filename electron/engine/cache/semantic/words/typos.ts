/** Real words that a slip of the finger turns into each other: never taken for a misspelling. */
const CONFUSABLE = new Set(
  `desert dessert; stationary stationery; complement compliment; prefect perfect; united untied; casual causal; martial marital; relive relieve; dinner diner; contact contract; country county; conversation conservation; lighting lightning; costing coasting; starting staring; campaign champaign; expects excepts; covert convert; planed planned; elicit illicit;
  affect effect; access excess; accept except; adverse averse; allusion illusion; assure ensure; ensure insure; canvas canvass; censor sensor; council counsel; decent descent; device devise; advice advise;
  discreet discrete; formally formerly; immoral immortal; ingenious ingenuous; minister minster; morale moral; personal personnel; precede proceed; sacred scared; salon saloon; statue statute; trough through;
  thorough through; weather whether; angels angles; barely barley; bellow below; carat carrot; carton cartoon; cannon canon; sheet sheath; breath breathe; cloths clothes; emigrate immigrate; eminent imminent;
  human humane; urban urbane; lightening lightning; officer office; poplar popular; rational rationale; artist artiste; costume custom; envelop envelope; historic history; humus hummus; local locale; mantel mantle; metal mettle; patience patients;
  silicon silicone; tenor tenure; vacation vocation; venal venial; viral virile; integer integrate; latter later; looser loser; filling filing; starring staring; scrapped scraped; hopping hoping; robbed robed; bitter biter; silver sliver; adapter adopter; prescribe proscribe; stimulate simulate; prostate prostrate; interstate intestate; costume costumer; customer costumer; mediation medication; meditation mediation; inflation inflammation; commuter computer; comment commend; content contend; contest context; adoption adaption; organic orgasmic`
    .split(';')
    .map((pair) => pair.trim()),
)

const SHORTEST = 6
const VOWELS = 'aeiouy'

/**
 * Whether one is most likely the other misspelled, the first letter standing: letters swapped, or a letter doubled or not. With `lenient` also a vowel
 * wrong, missing or too many, and any letter missing from a long word; then "nitrate" and "nitrite" pass too, so only where other evidence is at hand.
 * A changed consonant never counts, for names of functions and of people differ by one ("strcpy", "strcmp").
 */
export function isMisspelling(one: string, other: string, lenient = false): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short.length < SHORTEST || long.length - short.length > 1 || short[0] !== long[0] || !/^[a-z]+$/.test(one + other)) return false
  let at = 1
  while (at < short.length && short[at] === long[at]) at++
  if (CONFUSABLE.has(`${one} ${other}`) || CONFUSABLE.has(`${other} ${one}`)) return false
  if (short.length === long.length) {
    if (short.slice(at + 1) === long.slice(at + 1)) return lenient && isVowel(short[at]) && isVowel(long[at]) && short.length - at > ENDING
    return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
  }
  if (short.slice(at) !== long.slice(at + 1)) return false
  // a final letter tells words apart ("human", "humane"), unless it is a double one ("instal", "install")
  const doubled = long[at] === long[at - 1]
  if (at === short.length) return doubled && long[at] !== 's'
  return doubled || (lenient && (isVowel(long[at]) || short.length >= LONG))
}

/** A vowel this near to the end is an ending: "ethane", "ethene"; "lactose", "lactase". */
const ENDING = 4
/** In words this long any single letter may be missing or too many. */
const LONG = 7

const isVowel = (letter: string | undefined): boolean => letter !== undefined && VOWELS.includes(letter)
