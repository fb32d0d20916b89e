/** What providers demand of a request beyond its fields: turns, names and the pairing of calls with results. Written from each provider's documentation (PROTOCOLS: turns, tools). */
import type { JsonObject, JsonValue, Protocol } from '../../shared/chat.ts'

type Rules = (body: JsonObject) => readonly string[]

const list = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value)
    ? (value as readonly JsonValue[]).filter((each): each is JsonObject => typeof each === 'object' && each !== null && !Array.isArray(each))
    : []
const object = (value: JsonValue | undefined): JsonObject => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {})
const NAME = /^[a-zA-Z0-9_-]{1,64}$/

function badNames(names: readonly (JsonValue | undefined)[], pattern: RegExp): readonly string[] {
  return names.filter((name) => typeof name !== 'string' || !pattern.test(name)).map((name) => `tool name ${JSON.stringify(name)}`)
}

/** Every call is answered by exactly one result, in the very next turn. `turns` hold the ids they call and answer. */
function unpaired(turns: readonly { readonly calls: readonly string[]; readonly results: readonly string[] }[]): readonly string[] {
  return turns.flatMap(({ calls }, index) => {
    if (calls.length === 0) return []
    const next = turns[index + 1]
    if (next === undefined) return [`calls ${calls.join()} have no answer`]
    return calls.toSorted().join() === next.results.toSorted().join() ? [] : [`calls ${calls.join()} are answered by ${next.results.join() || 'nothing'}`]
  })
}

function sameTwice(roles: readonly JsonValue[]): readonly string[] {
  return roles.flatMap((role, index) => (index > 0 && role === roles[index - 1] ? [`two turns of ${String(role)} in a row`] : []))
}

/** Messages in the manner of OpenAI: a `tool` message for each call, right behind it. */
const chat: Rules = (body) => {
  const turns: { calls: string[]; results: string[] }[] = []
  for (const message of list(body.messages)) {
    if (message.role === 'tool') {
      const last = turns.at(-1)
      if (last !== undefined && last.results.length > 0) last.results.push(String(message.tool_call_id))
      else turns.push({ calls: [], results: [String(message.tool_call_id)] })
    } else turns.push({ calls: list(message.tool_calls).map(({ id }) => String(id)), results: [] })
  }
  const roles = list(body.messages).filter(({ role }) => !['system', 'developer', 'user', 'assistant', 'tool'].includes(String(role)))
  return [
    ...(list(body.messages).length === 0 ? ['no messages'] : []),
    ...roles.map(({ role }) => `role ${String(role)}`),
    ...unpaired(turns),
    ...badNames(
      list(body.tools).flatMap(({ type, function: named }) => (type === 'function' ? [object(named).name] : [])),
      NAME,
    ),
  ]
}

const RULES: Partial<Record<Protocol, Rules>> = {
  'openai-chat': chat,
  'cohere-v2': (body) => [
    ...chat(body),
    ...(body.tool_choice === undefined || ['REQUIRED', 'NONE'].includes(String(body.tool_choice)) ? [] : [`tool_choice ${String(body.tool_choice)}`]),
  ],
  'openai-responses': (body) => {
    const items = list(body.input)
    const called = items.flatMap(({ type, call_id }) => (type === 'function_call' || type === 'custom_tool_call' ? [String(call_id)] : []))
    const answered = items.flatMap(({ type, call_id }) => (type === 'function_call_output' || type === 'custom_tool_call_output' ? [String(call_id)] : []))
    const names = list(body.tools).flatMap(({ type, name }) => (type === 'function' ? [name] : []))
    return [
      ...(called.toSorted().join() === answered.toSorted().join() ? [] : [`calls ${called.join()}, answers ${answered.join()}`]),
      ...badNames(names, NAME),
    ]
  },
  'anthropic-messages': (body) => {
    const messages = list(body.messages)
    const blocks = messages.map(({ content }) => list(content))
    const turns = blocks.map((each) => ({
      calls: each.flatMap(({ type, id }) => (type === 'tool_use' ? [String(id)] : [])),
      results: each.flatMap(({ type, tool_use_id }) => (type === 'tool_result' ? [String(tool_use_id)] : [])),
    }))
    const late = blocks.filter(
      (each) => each.findLastIndex(({ type }) => type === 'tool_result') > each.filter(({ type }) => type === 'tool_result').length - 1,
    )
    return [
      ...(typeof body.max_tokens === 'number' && body.max_tokens > 0 ? [] : ['max_tokens is missing']),
      ...(messages[0]?.role === 'user' ? [] : ['the first turn is not the user’s']),
      ...sameTwice(messages.map(({ role }) => role ?? null)),
      ...unpaired(turns),
      ...late.map(() => 'a result stands behind other content'),
      ...badNames(
        list(body.tools).flatMap(({ name, type }) => (type === undefined || type === 'custom' ? [name] : [])),
        /^[a-zA-Z0-9_-]{1,128}$/,
      ),
    ]
  },
  gemini: (body) => {
    const contents = list(body.contents)
    const turns = contents.map(({ parts }) => ({
      calls: list(parts).flatMap(({ functionCall }) => (functionCall === undefined ? [] : [String(object(functionCall).name)])),
      results: list(parts).flatMap(({ functionResponse }) => (functionResponse === undefined ? [] : [String(object(functionResponse).name)])),
    }))
    const names = list(body.tools).flatMap(({ functionDeclarations }) => list(functionDeclarations).map(({ name }) => name))
    return [
      ...contents.flatMap(({ role }) => (role === 'user' || role === 'model' ? [] : [`role ${String(role)}`])),
      ...sameTwice(contents.map(({ role }) => role ?? null)),
      ...unpaired(turns),
      ...badNames(names, /^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/),
    ]
  },
  'bedrock-converse': (body) => {
    const messages = list(body.messages)
    const turns = messages.map(({ content }) => ({
      calls: list(content).flatMap(({ toolUse }) => (toolUse === undefined ? [] : [String(object(toolUse).toolUseId)])),
      results: list(content).flatMap(({ toolResult }) => (toolResult === undefined ? [] : [String(object(toolResult).toolUseId)])),
    }))
    const uses = turns.some(({ calls, results }) => calls.length + results.length > 0)
    const names = list(object(body.toolConfig).tools).flatMap(({ toolSpec }) => (toolSpec === undefined ? [] : [object(toolSpec).name]))
    return [
      ...(messages[0]?.role === 'user' ? [] : ['the first turn is not the user’s']),
      ...sameTwice(messages.map(({ role }) => role ?? null)),
      ...unpaired(turns),
      ...(uses && body.toolConfig === undefined ? ['calls in the history, and no toolConfig'] : []),
      ...badNames(names, NAME),
    ]
  },
  'ollama-chat': (body) =>
    list(body.messages).flatMap(({ role, tool_calls }) => [
      ...(['system', 'user', 'assistant', 'tool'].includes(String(role)) ? [] : [`role ${String(role)}`]),
      ...list(tool_calls).flatMap((call) => (typeof object(call.function).arguments === 'object' ? [] : ['arguments that are no object'])),
    ]),
}

/** The rules that a body breaks, in words; undefined for a format whose rules are not written down here. */
export function brokenRules(protocol: Protocol, body: JsonObject): readonly string[] | undefined {
  return RULES[protocol]?.(body)
}
