/** How to point each tool at the local endpoint, as text to copy. Pure: the screen fills in address, key and model. */

export interface SnippetFacts {
  /** `http://127.0.0.1:4747`, without a path. */
  readonly address: string
  readonly key: string
  /** `provider/model`, an alias, or a `demo/` model. */
  readonly model: string
}

export interface Snippet {
  readonly id: string
  readonly title: string
  /** What to do with it, in a line. */
  readonly note: string
  readonly language: 'shell' | 'python' | 'typescript'
  readonly text: (facts: SnippetFacts) => string
}

const QUESTION = 'Say hello in one word.'

export const SNIPPETS: readonly Snippet[] = [
  { id: 'curl', title: 'curl', note: 'Paste into a terminal.', language: 'shell', text: curl },
  { id: 'openai-python', title: 'OpenAI Python', note: 'pip install openai', language: 'python', text: openaiPython },
  { id: 'openai-typescript', title: 'OpenAI TypeScript', note: 'npm install openai', language: 'typescript', text: openaiTypescript },
  { id: 'anthropic-python', title: 'Anthropic Python', note: 'pip install anthropic', language: 'python', text: anthropicPython },
  { id: 'anthropic-typescript', title: 'Anthropic TypeScript', note: 'npm install @anthropic-ai/sdk', language: 'typescript', text: anthropicTypescript },
  { id: 'google-genai', title: 'Google Gen AI', note: 'npm install @google/genai', language: 'typescript', text: googleGenai },
  {
    id: 'claude-code',
    title: 'Claude Code',
    note: 'In the shell from which you start claude. Any model that calls tools will do.',
    language: 'shell',
    text: claudeCode,
  },
]

/** Where OpenAI clients expect the API. Anthropic's and Google's add their own path to the bare address. */
export function openaiBase(address: string): string {
  return `${address}/v1`
}

function curl({ address, key, model }: SnippetFacts): string {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: QUESTION }] })
  return [
    `curl ${openaiBase(address)}/chat/completions`,
    `-H ${shellWord(`authorization: Bearer ${key}`)}`,
    "-H 'content-type: application/json'",
    `-d ${shellWord(body)}`,
  ].join(' \\\n  ')
}

function openaiPython({ address, key, model }: SnippetFacts): string {
  return `from openai import OpenAI

client = OpenAI(
    base_url=${literal(openaiBase(address))},
    api_key=${literal(key)},
)

answer = client.chat.completions.create(
    model=${literal(model)},
    messages=[{"role": "user", "content": ${literal(QUESTION)}}],
)
print(answer.choices[0].message.content)`
}

function openaiTypescript({ address, key, model }: SnippetFacts): string {
  return `import OpenAI from 'openai'

const client = new OpenAI({
  baseURL: ${literal(openaiBase(address))},
  apiKey: ${literal(key)},
})

const answer = await client.chat.completions.create({
  model: ${literal(model)},
  messages: [{ role: 'user', content: ${literal(QUESTION)} }],
})
console.log(answer.choices[0]?.message.content)`
}

function anthropicPython({ address, key, model }: SnippetFacts): string {
  return `from anthropic import Anthropic

client = Anthropic(
    base_url=${literal(address)},
    api_key=${literal(key)},
)

message = client.messages.create(
    model=${literal(model)},
    max_tokens=1024,
    messages=[{"role": "user", "content": ${literal(QUESTION)}}],
)
print(message.content)`
}

function anthropicTypescript({ address, key, model }: SnippetFacts): string {
  return `import Anthropic from '@anthropic-ai/sdk'

const client = new Anthropic({
  baseURL: ${literal(address)},
  apiKey: ${literal(key)},
})

const message = await client.messages.create({
  model: ${literal(model)},
  max_tokens: 1024,
  messages: [{ role: 'user', content: ${literal(QUESTION)} }],
})
console.log(message.content)`
}

/** Clients differ in whether they ask for v1 or v1beta by themselves, so the snippet says it. */
function googleGenai({ address, key, model }: SnippetFacts): string {
  return `import { GoogleGenAI } from '@google/genai'

const client = new GoogleGenAI({
  apiKey: ${literal(key)},
  httpOptions: { baseUrl: ${literal(address)}, apiVersion: 'v1beta' },
})

const answer = await client.models.generateContent({
  model: ${literal(model)},
  contents: ${literal(QUESTION)},
})
console.log(answer.text)`
}

function claudeCode({ address, key, model }: SnippetFacts): string {
  return [
    `export ANTHROPIC_BASE_URL=${shellWord(address)}`,
    `export ANTHROPIC_AUTH_TOKEN=${shellWord(key)}`,
    `export ANTHROPIC_MODEL=${shellWord(model)}`,
    'claude',
  ].join('\n')
}

/** A string literal that Python and TypeScript read alike. */
function literal(text: string): string {
  return JSON.stringify(text)
}

/** One word for a POSIX shell, bare where that is safe. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
