/** What automatic routing learns of a request from its text: what is asked, how hard it looks, and how sure that is. Pure, one reading. */
import { TASKS, type Task } from '../../../../shared/auto.ts'
import { lengthScale } from './learning/linear.ts'
import { structureOf } from './structure.ts'
import { familiarity, scoreHead, standardise, type Weights } from './weights.ts'
import { hashesOf, wordsOf } from './words.ts'

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
  const hashes = hashesOf(wordsOf(read))
  const standardised = standardise(weights, structure)
  const scale = lengthScale(hashes)
  const raw = (scoreHead(weights.difficulty, standardised, hashes, scale) - weights.centre) / weights.spread
  const difficulty = Math.max(-MOST_SPREADS, Math.min(MOST_SPREADS, raw))
  const known = familiarity(weights.difficulty, hashes)
  const shared = { difficulty, familiarity: known, structure, hashes }
  if (inToolLoop) return { ...shared, task: 'agent-step', taskConfidence: 1 }
  if (inputTokens > LONG_CONTEXT_TOKENS) return { ...shared, task: tools > 0 ? 'agent-step' : 'long-context', taskConfidence: 1 }
  const [task, taskConfidence] = taskOf(weights, standardised, hashes, scale)
  return { ...shared, task, taskConfidence }
}

/** Heads answer around 0 and 1; this makes a half-way lead worth about nine to one. */
const SHARPNESS = 6

function taskOf(weights: Weights, standardised: Float64Array, hashes: Uint32Array, scale: number): readonly [Task, number] {
  let best: Task = TASKS[2] as Task
  let most = Number.NEGATIVE_INFINITY
  const scores = weights.tasks.map(([task, head]) => {
    const score = scoreHead(head, standardised, hashes, scale)
    if (score > most) {
      most = score
      best = task
    }
    return score
  })
  const sum = scores.reduce((total, score) => total + Math.exp(SHARPNESS * (score - most)), 0)
  return [best, sum > 0 ? 1 / sum : 0]
}
