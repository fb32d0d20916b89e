/** What the simulated models can tell about a question without understanding it: a few of its words, what it looks like, a number to vary by. */

export interface Question {
  /** The first few words, on one line, safe inside Markdown. */
  readonly quote: string
  /** Its longest words, at most three, in their order. */
  readonly topics: readonly string[]
  readonly words: number
  readonly kind: Kind
  /** The same for the same question. */
  readonly seed: number
}

export interface Kind {
  /** `It reads like ...` */
  readonly looksLike: string
  /** `A real model would ...` */
  readonly wouldDo: string
  /** `Look for ...` when comparing answers. */
  readonly lookFor: string
}

const KINDS: readonly (Kind & { readonly pattern: RegExp })[] = [
  {
    pattern: /^\W*(hi|hello|hey|good (morning|evening|day)|hallo|moin|bonjour|hola|test(ing)?|ping)\b[^?]{0,40}$/i,
    looksLike: 'a greeting',
    wouldDo: 'greet you back and ask what you are working on',
    lookFor: 'how soon the first word arrives, since there is little else to tell models apart',
  },
  {
    pattern: /```|\b(code|function|bug|typescript|javascript|python|rust|golang|sql|regex|compile|refactor|stack trace|unit tests?|api|css|html)\b/i,
    looksLike: 'a programming task',
    wouldDo: 'write the code, and say which cases it leaves out',
    lookFor: 'code that runs as it stands, edge cases that are named, and no invented library calls',
  },
  {
    pattern: /\b(compare|versus|vs\.?|difference between|better than|pros and cons|trade-?offs?)\b/i,
    looksLike: 'a comparison',
    wouldDo: 'set both sides against the same measures and end with a recommendation',
    lookFor: 'whether both sides get the same measures, and whether the verdict follows from them',
  },
  {
    pattern: /\b(translate|translation|in (french|german|spanish|italian|japanese|chinese|english))\b/i,
    looksLike: 'a translation',
    wouldDo: 'give the translation first and mention what does not carry over',
    lookFor: 'tone and idiom more than single words',
  },
  {
    pattern: /\b(summari[sz]e|summary|tl;?dr|shorten|key points)\b/i,
    looksLike: 'a request to summarise',
    wouldDo: 'keep the claims, drop the ornaments and leave the figures as they are',
    lookFor: 'figures that survived, and claims that were not in the source',
  },
  {
    pattern: /\b(poem|haiku|story|song|lyrics|slogan|email|letter|essay|blog post|write me|draft)\b/i,
    looksLike: 'a piece of writing',
    wouldDo: 'draft it in the tone you asked for',
    lookFor: 'the first sentence: that is where drafts differ most',
  },
  {
    pattern: /\b(how (many|much|long|far)|calculate|sum|average|percent|probability|\d+ ?[-+*/x] ?\d+)\b/i,
    looksLike: 'a calculation',
    wouldDo: 'show the steps and then the result',
    lookFor: 'steps that lead to the result instead of decorating it',
  },
  {
    pattern: /\b(why|explain|how does|how do|what is|what are|what does)\b/i,
    looksLike: 'a question that wants an explanation',
    wouldDo: 'begin with the one-sentence answer and build the explanation on it',
    lookFor: 'whether the first sentence already answers',
  },
]

const ANYTHING: Kind = {
  looksLike: 'an open request',
  wouldDo: 'settle what you are after and answer that first',
  lookFor: 'which answer you would send on without editing',
}

/** Long words that say what to do rather than what it is about. */
const ERRANDS = new Set(
  'about again answer because before between could compare describe difference explain paragraph paragraphs please provide sentence sentences should summarise summarize their there these those translate using versus where which while without would write'.split(
    ' ',
  ),
)

const QUOTED_WORDS = 9
const QUOTED_CHARACTERS = 72

export function readQuestion(prompt: string): Question {
  const plain = prompt
    .replace(/[`*_|<>[\]#\\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const words = plain === '' ? [] : plain.split(' ')
  const start = [...words.slice(0, QUOTED_WORDS).join(' ')].slice(0, QUOTED_CHARACTERS).join('').trimEnd()
  return {
    quote: start.length < plain.length ? `${start} …` : start,
    topics: longest(words),
    words: words.length,
    kind: KINDS.find(({ pattern }) => pattern.test(prompt)) ?? ANYTHING,
    seed: hash(prompt),
  }
}

function longest(words: readonly string[]): readonly string[] {
  const clean = words
    .map((word) => word.replace(/^\P{L}+|\P{L}+$/gu, ''))
    .filter((word) => word.length >= 5 && word.length <= 24 && !ERRANDS.has(word.toLowerCase()))
  const top = new Set([...new Set(clean)].sort((first, second) => second.length - first.length).slice(0, 3))
  return [...top].sort((first, second) => clean.indexOf(first) - clean.indexOf(second))
}

/** FNV-1a over UTF-16 units: enough to vary a phrase, and the same everywhere. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value >>> 0
}

/** The same of `choices` for the same seed. `salt` keeps several picks of one answer apart. */
export function pick(choices: readonly [string, ...string[]], seed: number, salt: number): string {
  return choices[(Math.imul(seed ^ salt, 0x9e3779b1) >>> 8) % choices.length] ?? choices[0]
}
