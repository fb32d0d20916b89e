/** What automatic routing learns of a request from its text: what is asked, how hard it looks, and how sure that is. Pure, one reading. */
import { TASKS, type Task } from '../../../../shared/auto.ts'
import { lengthScale } from './learning/linear.ts'
import { STRUCTURE, type StructureName, structureOf } from './structure.ts'
import { scoreHead, standardise, type Weights } from './weights.ts'
import { hashesOf } from './words.ts'

/** The part of a conversation that decides. */
export interface AskedText {
  /** The newest thing the user said. */
  readonly text: string
  readonly inputTokens: number
  /** The model is in the middle of work with tools: the last message is a tool's result. */
  readonly inToolLoop: boolean
  readonly tools: number
}

export interface PromptReading {
  readonly task: Task
  readonly taskConfidence: number
  /** In spreads of the training questions. */
  readonly difficulty: number
  /** How much further than usual able models are ahead here, in spreads. */
  readonly gap: number
  /** 0 unknown ground, 1 like what was trained on. */
  readonly familiarity: number
  readonly structure: Float64Array
  readonly hashes: Uint32Array
}

/** From here on where things stand in the text matters more than what is asked. */
const LONG_CONTEXT_TOKENS = 32_000
const MOST_CHARACTERS = 8_000
/** Difficulty beyond this is a guess. */
const MOST_SPREADS = 2.5

export function readPrompt(weights: Weights, { text, inputTokens, inToolLoop, tools }: AskedText): PromptReading {
  const read = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 2_000)}\n${text.slice(-2_000)}` : text
  const structure = structureOf(read)
  const hashes = hashesOf(read)
  const standardised = standardise(weights, structure)
  const scale = lengthScale(hashes)
  const factor = (head: Weights['difficulty']): number =>
    Math.max(-MOST_SPREADS, Math.min(MOST_SPREADS, (scoreHead(head, standardised, hashes, scale) - head.centre) / head.spread))
  const difficulty = factor(weights.difficulty)
  const shared = { difficulty, gap: factor(weights.gap), familiarity: familiarityOf(structure), structure, hashes }
  if (inToolLoop) return { ...shared, task: 'agent-step', taskConfidence: 1 }
  if (inputTokens > LONG_CONTEXT_TOKENS) return { ...shared, task: tools > 0 ? 'agent-step' : 'long-context', taskConfidence: 1 }
  const [task, taskConfidence] = taskOf(weights, text, standardised, hashes, scale)
  return { ...shared, task, taskConfidence }
}

/** Of English prose about a third are words of the two short lists; a tenth means another language, or no language. */
const EVERYDAY_SHARE = 0.3
/** So many signs of code, or digits, among the characters are ground of their own that was trained on. */
const CODE_SHARE = 0.03
const DIGIT_SHARE = 0.1

function familiarityOf(structure: Float64Array): number {
  const at = (name: StructureName): number => structure[STRUCTURE.indexOf(name)] as number
  if (at('code-signs') >= CODE_SHARE || at('digits') >= DIGIT_SHARE) return 1
  return Math.min(1, (at('function-words') + at('common-words')) / EVERYDAY_SHARE)
}

/** Heads answer around 0 and 1; this makes a half-way lead worth about nine to one. */
const SHARPNESS = 6

/** Words that name a task outright, looked for in the first and last lines; worth half of a head's whole range. */
const CUES: readonly (readonly [Task, RegExp])[] = [
  [
    'translation',
    /\btranslat(?:e|ion)\b|\b(?:in|into|to) (?:german|french|spanish|japanese|italian|portuguese|chinese|english|dutch|korean|polish|arabic|russian)\b/,
  ],
  ['summarising', /\bsummar(?:y|i[sz]e|ies)\b|\btl;?dr\b|\bkey (?:points|takeaways)\b|\bcondense\b/],
  ['extraction', /\b(?:extract|pull (?:out|all)|parse|list (?:all|every)|fill in)\b|\bas json\b/],
  ['classification', /\bclassif(?:y|ication)\b|\bsentiment\b|\bspam\b|\bwhich (?:category|label)\b|\bpositive (?:or|,) negative\b|\blabel (?:the|this|each)\b/],
  ['creative', /\b(?:story|poem|haiku|lyrics|slogan|tagline|toast|screenplay|limerick|blog post|brainstorm)\b/],
  [
    'code',
    /```|\b(?:python|javascript|typescript|java|rust|golang|c\+\+|sql|bash|regex|react|node|css|html|kotlin|swift|docker|git|npm|api|function(?! of)|compiler|stack trace|refactor|unit tests?|bug|deadlock|async)\b/,
  ],
  ['maths', /\b(?:integral|derivative|equation|solve for|prove that|probability|simplify|square root|how many|how much)\b|\d\s?[*+×÷/^]\s?\d/],
  ['chat', /^\W*(?:hi|hello|hey|thanks|thank you|good (?:morning|evening)|ok|okay|sure|cool)\b|\b(?:i feel|i am nervous|any (?:advice|tips))\b/],
]
const CUE_WEIGHT = 0.5
/** A cue stands where the instruction is, not deep in a passage. */
const CUE_CHARACTERS = 300

function cuesIn(text: string): ReadonlySet<Task> {
  const lower = (text.length <= 2 * CUE_CHARACTERS ? text : `${text.slice(0, CUE_CHARACTERS)}\n${text.slice(-CUE_CHARACTERS)}`).toLowerCase()
  return new Set(CUES.filter(([, pattern]) => pattern.test(lower)).map(([task]) => task))
}

function taskOf(weights: Weights, text: string, standardised: Float64Array, hashes: Uint32Array, scale: number): readonly [Task, number] {
  const cues = cuesIn(text)
  let best: Task = TASKS[2] as Task
  let most = Number.NEGATIVE_INFINITY
  const scores = weights.tasks.map(([task, head]) => {
    const score = scoreHead(head, standardised, hashes, scale) + (cues.has(task) ? CUE_WEIGHT : 0)
    if (score > most) {
      most = score
      best = task
    }
    return score
  })
  const sum = scores.reduce((total, score) => total + Math.exp(SHARPNESS * (score - most)), 0)
  return [best, sum > 0 ? 1 / sum : 0]
}
