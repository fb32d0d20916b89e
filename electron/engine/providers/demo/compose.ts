/**
 * What the simulated models say. Each has a manner of its own, so that a comparison shows something before the first key is there; all of them
 * say first that they are simulated, quote the question, and tell what happens with a real key. The same request gives the same answer.
 *
 * The one answer without that first line is JSON that a schema asked for, which has to be nothing but JSON; its texts say `simulated` instead.
 */

import { hash, pick, type Question, readQuestion } from './question.ts'
import type { DemoRequest, DemoTool } from './request.ts'
import { fitting, numbersIn } from './schema.ts'

export interface DemoAnswer {
  readonly reasoning: string
  readonly text: string
  readonly toolCall: { readonly id: string; readonly name: string; readonly arguments: string } | undefined
}

export const LABEL = '*Simulated answer: no model was asked.*'

export function compose(request: DemoRequest, prompt: string): DemoAnswer {
  const question = readQuestion(prompt)
  const tool = request.model === 'clerk' && request.toolResults.length === 0 ? wanted(request.tools, prompt) : undefined
  if (tool) return { reasoning: '', text: '', toolCall: call(tool, question, prompt) }
  if (request.schema !== undefined) return { reasoning: '', text: json(request, question, prompt), toolCall: undefined }
  const reasoning = request.model === 'scholar' ? ponder(request, question) : ''
  return { reasoning, text: `${LABEL}\n\n${manners[request.model](request, question)}`, toolCall: undefined }
}

const manners: Readonly<Record<DemoRequest['model'], (request: DemoRequest, question: Question) => string>> = {
  swift: (request, question) => {
    const opening = pick(['Short version:', 'In one breath:', 'Quickly:'], question.seed, 1)
    return `${opening} ${asked(question)}, and a real model would ${question.kind.wouldDo}. ${spaced(again(request))}Add a key under Providers and the same prompt goes to one.`
  },

  steady: (request, question) => `## What you sent

> ${question.quote || '(an empty message)'}

${[`It reads like **${question.kind.looksLike}**, ${count(question.words, 'word')} long.`, noticed(question), again(request)].filter(Boolean).join(' ')}

## What would happen next

1. Switchyard finds the provider of the model you chose and takes your key from the keychain.
2. The real model would ${question.kind.wouldDo}.
3. Its answer streams in here, while time, tokens and cost are written down.

## What the numbers mean

| Number | In this answer | With your own key |
| --- | --- | --- |
| Time to first token | made up | measured |
| Tokens | characters divided by four | the provider's own count |
| Cost | $0.00 | from a dated price list |

## The same from your code

\`\`\`ts
const answer = await client.chat.completions.create({
  model: 'demo/steady', // later: any provider/model
  messages: [{ role: 'user', content: ${JSON.stringify(question.quote || 'Hello')} }],
})
\`\`\`

When you compare real answers to this, look for:

- ${question.kind.lookFor}
- ${pick(['what each model leaves out', 'how each model treats what it cannot know', 'which answer is shorter and still complete'], question.seed, 2)}`,

  scholar: (
    request,
    question,
  ) => `You asked: “${question.quote || 'nothing yet'}”. ${spaced(again(request))}I am a stand-in with fixed phrases, so I can't answer it. I can show you how a long answer after some thinking looks, and say what I would want from a real one.

**On the question.** It reads like ${question.kind.looksLike}. ${spaced(noticed(question))}A careful model would ${question.kind.wouldDo}; a hurried one would repeat the question back to you with confidence. ${pick(
    [
      'The difference rarely shows in the first line and nearly always in the third paragraph.',
      'Both can sound equally sure, which is why reading two answers side by side teaches more than reading one twice.',
      'Length is no sign of either, as this answer is here to demonstrate.',
    ],
    question.seed,
    3,
  )}

**On comparing.** Put the same prompt before two or more models and look for ${question.kind.lookFor}. Hide the names and vote blind: most of us prefer the model that we expected to prefer. Run it more than once as well, because a single answer is an anecdote.

**On thinking.** What came before this text is reasoning. Models that reason charge for it as output, and a short answer after long reasoning costs more than its length suggests. Switchyard shows both counts apart, and adds them up in one cost.

**On cost.** This answer is free, since nobody was asked. With a key of yours, Switchyard multiplies the provider's own token counts by a dated price list in whole billionths of a dollar, and it says *unknown* where it does not know.

**On keys.** A key stays in your system's keychain. It leaves only inside the request to the provider it belongs to.

${pick(['That is all a stand-in can honestly say.', 'Beyond this I would be making things up.', 'The rest belongs to a model that can think.'], question.seed, 4)}`,

  clerk: (request, question) => {
    const results = request.toolResults.map((result) => `- the tool answered: “${readQuestion(result).quote || '(nothing)'}”`)
    if (results.length > 0) {
      return `Your tool has been called and its answer received:\n\n${results.join('\n')}\n\nA real model would now ${question.kind.wouldDo}, with that in hand. The round trip of call, result and answer works.`
    }
    return `- Received: “${question.quote || '(an empty message)'}”\n- Filed under: ${question.kind.looksLike}, ${count(question.words, 'word')}\n- Status: waiting for a real model\n\n${spaced(again(request))}Offer me a tool and I will call it; send a JSON schema and I will fill it in. That way you can test both without a key.`
  },
}

function ponder(request: DemoRequest, question: Question): string {
  const instructions =
    request.instructions === '' ? '' : ` There are instructions too ("${readQuestion(request.instructions).quote}"), which a real model would follow.`
  return `(Simulated reasoning.) The question begins "${question.quote || 'with nothing'}" and has ${count(question.words, 'word')}. It looks like ${question.kind.looksLike}.${instructions} I have no knowledge to draw on, so pretending to answer would be worse than useless. ${pick(
    [
      'Better to show what a long answer looks like.',
      'Better to explain what the person will see with a real model.',
      'Better to say plainly what to look for when comparing.',
    ],
    question.seed,
    5,
  )} Structure: the question, comparing, thinking, cost, keys. Then stop.`
}

function asked(question: Question): string {
  return question.quote === '' ? 'you sent an empty message' : `you asked “${question.quote}”`
}

function noticed(question: Question): string {
  if (question.topics.length === 0) return ''
  return `The words that stand out are ${question.topics.map((topic) => `*${topic}*`).join(', ')}.`
}

function again(request: DemoRequest): string {
  return request.turn > 1 ? `This is turn ${request.turn} of the conversation, and I have seen every one before it.` : ''
}

function spaced(sentence: string): string {
  return sentence === '' ? '' : `${sentence} `
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** The tool whose name or description shares most words with the prompt; in doubt the first. */
function wanted(tools: readonly DemoTool[], prompt: string): DemoTool | undefined {
  const words = new Set(prompt.toLowerCase().match(/\p{L}{3,}/gu))
  const overlap = (tool: DemoTool) => (`${tool.name} ${tool.description}`.toLowerCase().match(/\p{L}{3,}/gu) ?? []).filter((word) => words.has(word)).length
  return tools.reduce<DemoTool | undefined>((best, tool) => (best && overlap(best) >= overlap(tool) ? best : tool), undefined)
}

function call(tool: DemoTool, question: Question, prompt: string): NonNullable<DemoAnswer['toolCall']> {
  const filled = fitting({ type: 'object', ...tool.parameters }, { words: question.quote, numbers: numbersIn(prompt) })
  return { id: `call_demo_${hash(`${tool.name} ${prompt}`).toString(16).padStart(8, '0')}`, name: tool.name, arguments: JSON.stringify(filled) }
}

function json(request: DemoRequest, question: Question, prompt: string): string {
  const schema = request.schema ?? {}
  const anything = Object.keys(schema).length === 0
  return JSON.stringify(
    anything
      ? { simulated: true, question: question.quote, looksLike: question.kind.looksLike }
      : fitting(schema, { words: question.quote, numbers: numbersIn(prompt) }),
    undefined,
    2,
  )
}
