/** A request as a call of its format's own SDK against the local endpoint. The key stays a variable of the environment: the window never had it. */
import type { JsonObject, JsonValue } from '../../../shared/chat.ts'
import type { Exchange, UsageRecord } from '../../../shared/ledger.ts'

export type SdkLanguage = 'typescript' | 'python'

interface Sdk {
  /** The path from the client to the method. */
  readonly method: string
  readonly client: 'openai' | 'anthropic'
}

const SDKS: Readonly<Partial<Record<UsageRecord['dialect'], Sdk>>> = {
  'openai-chat': { client: 'openai', method: 'chat.completions.create' },
  'openai-responses': { client: 'openai', method: 'responses.create' },
  'openai-completions': { client: 'openai', method: 'completions.create' },
  'openai-embeddings': { client: 'openai', method: 'embeddings.create' },
  'anthropic-messages': { client: 'anthropic', method: 'messages.create' },
}

/** undefined: its format has no such SDK, or its body is not whole JSON. */
export function asSdkCall(language: SdkLanguage, record: UsageRecord, exchange: Exchange, address: string): string | undefined {
  const sdk = SDKS[record.dialect]
  const body = bodyOf(exchange)
  if (sdk === undefined || body === undefined) return undefined
  return language === 'python' ? python(sdk, body, address) : typescript(sdk, body, address)
}

function typescript({ client, method }: Sdk, body: JsonObject, address: string): string {
  const [name, base] = client === 'openai' ? ['OpenAI', `${address}/v1`] : ['Anthropic', address]
  return [
    `import ${name} from '${client === 'openai' ? 'openai' : '@anthropic-ai/sdk'}'`,
    '',
    `const client = new ${name}({ baseURL: ${JSON.stringify(base)}, apiKey: process.env.SWITCHYARD_KEY })`,
    `const answer = await client.${method}(${JSON.stringify(body, null, 2)})`,
    body.stream === true ? 'for await (const event of answer) console.log(event)' : 'console.log(answer)',
    '',
  ].join('\n')
}

function python({ client, method }: Sdk, body: JsonObject, address: string): string {
  const [name, base] = client === 'openai' ? ['OpenAI', `${address}/v1`] : ['Anthropic', address]
  return [
    'import os',
    `from ${client} import ${name}`,
    '',
    `client = ${name}(base_url=${JSON.stringify(base)}, api_key=os.environ["SWITCHYARD_KEY"])`,
    `body = ${literal(body, 0)}`,
    `answer = client.${method}(**body)`,
    ...(body.stream === true ? ['for event in answer:', '    print(event)'] : ['print(answer)']),
    '',
  ].join('\n')
}

/** JSON's text is Python's but for three words. */
function literal(value: JsonValue, level: number): string {
  const inner = '    '.repeat(level + 1)
  const outer = '    '.repeat(level)
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return value.length === 0 ? '[]' : `[\n${value.map((each) => `${inner}${literal(each, level + 1)},\n`).join('')}${outer}]`
  const entries = Object.entries(value)
  if (entries.length === 0) return '{}'
  return `{\n${entries.map(([key, each]) => `${inner}${JSON.stringify(key)}: ${literal(each, level + 1)},\n`).join('')}${outer}}`
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function bodyOf({ requestBody, truncated }: Exchange): JsonObject | undefined {
  if (truncated.includes('requestBody')) return undefined
  try {
    const body = JSON.parse(requestBody) as JsonValue
    return typeof body === 'object' && body !== null && !isList(body) ? (body as JsonObject) : undefined
  } catch {
    // never JSON, or cut: the caller says so
    return undefined
  }
}
