import { describe, expect, it } from 'vitest'
import { readPrompt } from '../../../../../../electron/engine/routing/auto/read-prompt.ts'
import { SHIPPED_WEIGHTS } from '../../../../../../electron/engine/routing/auto/shipped-weights.ts'
import type { Task } from '../../../../../../shared/auto.ts'

const read = (text: string, more: { inToolLoop?: boolean; inputTokens?: number; tools?: number } = {}) =>
  readPrompt(SHIPPED_WEIGHTS, { text, inputTokens: 50, inToolLoop: false, tools: 0, ...more })

/** Written after training, none of them among its examples. */
const PROMPTS: readonly (readonly [Task, string])[] = [
  ['code', 'My Rust borrow checker complains that `self` is already mutably borrowed. What now?'],
  ['code', 'Write a regex that matches ISO dates but not times.'],
  ['code', 'def area(r):\n    return 3.14 * r ** 2\n\nMake this function handle negative values with an exception.'],
  ['code', 'Add pagination to this SQL query: select * from orders order by created_at'],
  ['maths', 'A tank holds 240 litres and loses 15 litres per hour. After how many hours is it empty?'],
  ['maths', 'Differentiate f(x) = x^2 * ln(x).'],
  ['maths', 'What is 17 * 23 - 4?'],
  ['knowledge', 'Who painted the ceiling of the Sistine Chapel?'],
  ['knowledge', 'Which of the following enzymes unwinds DNA?\nA. Ligase\nB. Helicase\nC. Polymerase\nD. Amylase\nAnswer:'],
  ['knowledge', 'When did the Roman Empire fall?'],
  ['translation', 'Translate this menu into Italian: soup of the day, grilled fish, apple pie.'],
  ['translation', 'Say "good luck with your exam" in Polish.'],
  ['summarising', 'Summarise the discussion below in one paragraph. Eva wants a later start, Tom prefers two shorter sessions.'],
  ['summarising', 'What are the key points of the following press release? The company will open two plants and hire 300 people.'],
  ['extraction', 'Extract the sender, the tracking number and the weight as JSON: DHL 99812, from Bo Lind, 2.4 kg.'],
  ['extraction', 'List all email addresses in this text: write to a@example.org or to b@example.org.'],
  ['classification', 'Classify the following ticket as bug, question or feature request: the export button does nothing.'],
  ['classification', 'Sentiment of "the food was cold and the waiter rude": positive, negative or neutral?'],
  ['creative', 'Write a limerick about a cat who hates Mondays.'],
  ['creative', 'Tell me a bedtime story about a shy cloud.'],
  ['chat', 'Hi! I am bored, what should I do this afternoon?'],
  ['chat', 'Thanks, you are very kind'],
  ['reasoning', 'All roses are flowers. Some flowers fade quickly. Can we conclude that some roses fade quickly?'],
  ['reasoning', 'There are three switches and one lamp in another room. How can you find out which switch it is with one visit?'],
]

describe('the task of a prompt', () => {
  it('is read right for most of what people write', () => {
    const wrong = PROMPTS.filter(([task, text]) => read(text).task !== task)
    expect(wrong.length, JSON.stringify(wrong.map(([task, text]) => [task, read(text).task, text]))).toBeLessThanOrEqual(PROMPTS.length / 5)
  })

  it('is a step of an agent in the middle of a tool loop, and long context where there is much to read', () => {
    expect(read('{"ok": true}', { inToolLoop: true }).task).toBe('agent-step')
    expect(read('What does chapter two say?', { inputTokens: 60_000 }).task).toBe('long-context')
    expect(read('What does chapter two say?', { inputTokens: 60_000, tools: 3 }).task).toBe('agent-step')
  })
})

describe('what is known of a prompt', () => {
  it('is little for another language or for noise, and much for English, code and sums', () => {
    expect(read('zxqv brrmpf wllkt qqpfh nnzrt').familiarity).toBeLessThan(0.35)
    expect(read('Bitte erkläre mir, wie eine Wärmepumpe funktioniert.').familiarity).toBeLessThan(0.35)
    expect(read('').familiarity).toBe(0)
    expect(read('What is the best way to learn to swim?').familiarity).toBeGreaterThan(0.35)
    expect(read('a[i] = b[j]; { c[k]; }').familiarity).toBe(1)
  })

  it('is found of texts of any length and any signs', () => {
    for (const text of ['', '\u0000', '😀'.repeat(5_000), 'a'.repeat(300_000), '\ud800', '((((((((((', 'A. \nB. \nC. \n']) {
      const { difficulty, gap, taskConfidence, structure } = read(text)
      expect([difficulty, gap, taskConfidence, ...structure].every(Number.isFinite)).toBe(true)
    }
  })
})
