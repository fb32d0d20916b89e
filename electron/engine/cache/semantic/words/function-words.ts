/** Words that carry grammar rather than content. Those that change an answer (not, only, before, than, my ...) are left out on purpose: guards read them. */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''))

export const FUNCTION_WORDS = words(`
  a an the this that these those there here
  am is are was were be been being do does did doing done have has had having
  can could will would shall should may might must ought
  i you we one oneself me us
  of in on at for to by with about as into onto upon within via per regarding concerning
  and or but so then also too just really actually basically even still yet else
  what which who whom whose when where why how whether if
  some any such very quite rather pretty much many lot lots
  it its itself myself yourself ourselves
  please kindly hi hello hey thanks thank
  than from between among amongst versus vs
  etc eg ie ok okay well
`)

/** Prepositions that say which part a phrase plays. Synonyms share a role. */
export const ROLES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    from: 'from',
    to: 'to',
    into: 'to',
    onto: 'to',
    by: 'by',
    than: 'than',
    before: 'before',
    after: 'after',
    with: 'with',
    without: 'without',
    against: 'against',
    over: 'over',
    under: 'under',
    of: 'of',
    in: 'in',
    on: 'in',
    at: 'in',
    within: 'in',
    during: 'in',
    for: 'for',
    as: 'as',
    about: 'about',
    via: 'with',
    using: 'with',
    through: 'through',
    between: 'between',
    among: 'between',
  }),
)

/** Words for nobody in particular or for whoever asks: "how do I", "how does one". */
export const ASKERS = words('i you we one someone somebody anyone anybody people person')

/** Third persons: whom they mean is known only from the words around them, so they count as content. */
export const PRONOUNS = words('he she him her his hers they them their theirs it its')

export const POSSESSIVES = words('my your our his her their its mine yours ours')

/** Words without much of a topic. Alone they neither make two questions different nor the same. */
export const LIGHT_WORDS = words(`
  thing stuff way kind type sort good best great nice better useful effective proper right possible different various several certain specific particular
  actual real general main major common popular simple easy quick
  get like make use need want know find try go do take give help work let start learn become understand think mean happen exist
  question answer idea example detail information info fact reason case
  people person someone world life time now currently nowadays today ever always usually generally often
  available related important necessary interesting exactly properly correctly effectively easily quickly
`)

/** Words that widen or narrow what is asked. */
export const SCOPE = words(
  'only just solely merely all every each both entire whole any most majority half almost nearly except including even especially mainly mostly someone somebody anyone anybody everyone everybody others',
)
