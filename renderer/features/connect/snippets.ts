/** How to point each tool at the local endpoint, as text to copy. Pure: the screen fills in address, key and model. */
import { claudeCodeEnvironment, claudeCodeSettings, codexToml, continueYaml, litellmProxy, openWebUiDocker, tunnel, vsCode, zed } from './config-snippets.ts'
import { literal, openaiBase, PROVIDER, type SnippetFacts, type SnippetLanguage, shellWord } from './snippet-text.ts'

export interface Snippet {
  readonly id: SnippetId
  /** The tool's own name. */
  readonly title: string
  readonly language: SnippetLanguage
  /** OpenAI clients take the version in the path; Anthropic's and Google's add it by themselves. */
  readonly base: 'with-version' | 'bare'
  readonly text: (facts: SnippetFacts) => string
  /** Another way to the same end, for who sets the tool up by a file or runs it elsewhere. */
  readonly also?: { readonly id: AlsoId; readonly language: SnippetLanguage; readonly text: (facts: SnippetFacts) => string } | undefined
}

export type AlsoId = 'claude-code-settings' | 'codex-config' | 'cursor-tunnel' | 'open-webui-docker' | 'litellm-proxy'

const QUESTION = 'Say hello in one word.'

function snippet(
  id: SnippetId,
  title: string,
  language: SnippetLanguage,
  text: Snippet['text'],
  base: Snippet['base'] = 'with-version',
  also?: Snippet['also'],
): Snippet {
  return { id, title, language, base, text, also }
}

export type SnippetId =
  | ('claude-code' | 'codex' | 'cursor' | 'continue' | 'cline' | 'aider' | 'open-webui' | 'vs-code' | 'zed')
  | ('langchain' | 'vercel-ai' | 'litellm' | 'openai-python' | 'openai-typescript' | 'anthropic-python' | 'anthropic-typescript')
  | ('google-genai' | 'google-genai-python' | 'langchain-typescript' | 'fetch' | 'curl')

/** Tools first, then libraries. What to do with each stands in texts.ts, by its id. */
export const SNIPPETS: readonly Snippet[] = [
  snippet('curl', 'curl', 'shell', curl),
  snippet('fetch', 'fetch', 'typescript', fetchTypescript),
  snippet('claude-code', 'Claude Code', 'shell', claudeCode, 'bare', { id: 'claude-code-settings', language: 'json', text: claudeCodeSettings }),
  snippet('codex', 'Codex', 'shell', codex, 'with-version', { id: 'codex-config', language: 'toml', text: codexToml }),
  snippet('cursor', 'Cursor', 'fields', fields, 'with-version', { id: 'cursor-tunnel', language: 'shell', text: tunnel }),
  snippet('continue', 'Continue', 'yaml', continueYaml),
  snippet('cline', 'Cline', 'fields', fields),
  snippet('aider', 'aider', 'shell', aider),
  snippet('open-webui', 'Open WebUI', 'shell', openWebUi, 'with-version', { id: 'open-webui-docker', language: 'shell', text: openWebUiDocker }),
  snippet('vs-code', 'VS Code', 'json', vsCode),
  snippet('zed', 'Zed', 'json', zed),
  snippet('openai-python', 'OpenAI Python', 'python', openaiPython),
  snippet('openai-typescript', 'OpenAI TypeScript', 'typescript', openaiTypescript),
  snippet('anthropic-python', 'Anthropic Python', 'python', anthropicPython, 'bare'),
  snippet('anthropic-typescript', 'Anthropic TypeScript', 'typescript', anthropicTypescript, 'bare'),
  snippet('google-genai', 'Gemini TypeScript', 'typescript', googleGenai, 'bare'),
  snippet('google-genai-python', 'Gemini Python', 'python', googleGenaiPython, 'bare'),
  snippet('langchain', 'LangChain Python', 'python', langchain),
  snippet('langchain-typescript', 'LangChain TypeScript', 'typescript', langchainTypescript),
  snippet('vercel-ai', 'Vercel AI SDK', 'typescript', vercelAi),
  snippet('litellm', 'LiteLLM', 'python', litellm, 'with-version', { id: 'litellm-proxy', language: 'yaml', text: litellmProxy }),
]

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

/** A key of Anthropic's own in the environment would be asked about and go before ours. */
function claudeCode(facts: SnippetFacts): string {
  const exported = Object.entries(claudeCodeEnvironment(facts)).map(([name, value]) => `export ${name}=${shellWord(value)}`)
  return ['unset ANTHROPIC_API_KEY', ...exported, 'claude'].join('\n')
}

/** By flags, so that the user's own config.toml stays as it is. Codex speaks Responses alone. */
function codex({ address, key, model }: SnippetFacts): string {
  const provider = `model_providers.${PROVIDER}`
  return [
    `export SWITCHYARD_API_KEY=${shellWord(key)}`,
    [
      'codex',
      `-c model_provider=${PROVIDER}`,
      `-c ${provider}.name=Switchyard`,
      `-c ${shellWord(`${provider}.base_url=${openaiBase(address)}`)}`,
      `-c ${provider}.env_key=SWITCHYARD_API_KEY`,
      `-c ${provider}.wire_api=responses`,
      `-m ${shellWord(model)}`,
    ].join(' \\\n  '),
  ].join('\n')
}

/** LiteLLM inside it takes the first part of a name for the API to speak. */
function aider({ address, key, model }: SnippetFacts): string {
  return [
    `export OPENAI_API_BASE=${shellWord(openaiBase(address))}`,
    `export OPENAI_API_KEY=${shellWord(key)}`,
    `aider --model ${shellWord(`openai/${model}`)}`,
  ].join('\n')
}

function openWebUi({ address, key, model }: SnippetFacts): string {
  return [
    `export OPENAI_API_BASE_URL=${shellWord(openaiBase(address))}`,
    `export OPENAI_API_KEY=${shellWord(key)}`,
    `export DEFAULT_MODELS=${shellWord(model)}`,
    'open-webui serve',
  ].join('\n')
}

/** For tools that are set up in a window of theirs. */
function fields({ address, key, model }: SnippetFacts): string {
  return [`Base URL  ${openaiBase(address)}`, `API key   ${key}`, `Model ID  ${model}`].join('\n')
}

function langchain({ address, key, model }: SnippetFacts): string {
  return `from langchain_openai import ChatOpenAI

model = ChatOpenAI(
    base_url=${literal(openaiBase(address))},
    api_key=${literal(key)},
    model=${literal(model)},
)
print(model.invoke(${literal(QUESTION)}).content)`
}

function langchainTypescript({ address, key, model }: SnippetFacts): string {
  return `import { ChatOpenAI } from '@langchain/openai'

const model = new ChatOpenAI({
  model: ${literal(model)},
  apiKey: ${literal(key)},
  configuration: { baseURL: ${literal(openaiBase(address))} },
})

const answer = await model.invoke(${literal(QUESTION)})
console.log(answer.text)`
}

function fetchTypescript({ address, key, model }: SnippetFacts): string {
  return `const response = await fetch(${literal(`${openaiBase(address)}/chat/completions`)}, {
  method: 'POST',
  headers: { authorization: ${literal(`Bearer ${key}`)}, 'content-type': 'application/json' },
  body: JSON.stringify({
    model: ${literal(model)},
    messages: [{ role: 'user', content: ${literal(QUESTION)} }],
  }),
})
const answer = await response.json()
console.log(answer.choices[0].message.content)`
}

function litellm({ address, key, model }: SnippetFacts): string {
  return `from litellm import completion

answer = completion(
    model=${literal(`openai/${model}`)},
    api_base=${literal(openaiBase(address))},
    api_key=${literal(key)},
    messages=[{"role": "user", "content": ${literal(QUESTION)}}],
)
print(answer.choices[0].message.content)`
}

function vercelAi({ address, key, model }: SnippetFacts): string {
  return `import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText } from 'ai'

const switchyard = createOpenAICompatible({
  name: '${PROVIDER}',
  baseURL: ${literal(openaiBase(address))},
  apiKey: ${literal(key)},
})

const { text } = await generateText({
  model: switchyard(${literal(model)}),
  prompt: ${literal(QUESTION)},
})
console.log(text)`
}

function googleGenaiPython({ address, key, model }: SnippetFacts): string {
  return `from google import genai
from google.genai import types

client = genai.Client(
    api_key=${literal(key)},
    http_options=types.HttpOptions(base_url=${literal(address)}, api_version="v1beta"),
)

answer = client.models.generate_content(
    model=${literal(model)},
    contents=${literal(QUESTION)},
)
print(answer.text)`
}
