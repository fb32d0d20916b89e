/** The files that tools are set up by, as text to copy. The tests parse each and hold it to the keys that its tool's documentation names. */
import { literal, openaiBase, PROVIDER, type SnippetFacts, shellWord } from './snippet-text.ts'

/** Editors want a number for each model, and cut conversations at it; most models of now take as much. */
const CONTEXT_TOKENS = 128_000
const OUTPUT_TOKENS = 16_000

/** ~/.claude/settings.json; for every session, where the exports are for one shell. */
export function claudeCodeSettings(facts: SnippetFacts): string {
  return JSON.stringify({ env: claudeCodeEnvironment(facts) }, null, 2)
}

/** Claude Code asks for models of its own names in the background and for subagents unless each of its tiers is named. */
export function claudeCodeEnvironment({ address, key, model }: SnippetFacts): Readonly<Record<string, string>> {
  return {
    ANTHROPIC_BASE_URL: address,
    ANTHROPIC_AUTH_TOKEN: key,
    ANTHROPIC_MODEL: model,
    ANTHROPIC_DEFAULT_OPUS_MODEL: model,
    ANTHROPIC_DEFAULT_SONNET_MODEL: model,
    ANTHROPIC_DEFAULT_HAIKU_MODEL: model,
  }
}

/** ~/.codex/config.toml. The key stays in the environment: Codex reads it by the name in env_key. */
export function codexToml({ address, key, model }: SnippetFacts): string {
  return `# export SWITCHYARD_API_KEY=${shellWord(key.replace(/\s/g, ' '))}
model = ${literal(model)}
model_provider = ${literal(PROVIDER)}

[model_providers.${PROVIDER}]
name = "Switchyard"
base_url = ${literal(openaiBase(address))}
env_key = "SWITCHYARD_API_KEY"
wire_api = "responses"`
}

/** YAML takes JSON's strings as they are. */
export function continueYaml({ address, key, model }: SnippetFacts): string {
  return `name: Switchyard
version: 1.0.0
schema: v1
models:
  - name: ${literal(model)}
    provider: openai
    model: ${literal(model)}
    apiBase: ${literal(openaiBase(address))}
    apiKey: ${literal(key)}
    roles: [chat, edit, apply]`
}

/** chatLanguageModels.json */
export function vsCode({ address, key, model }: SnippetFacts): string {
  const url = `${openaiBase(address)}/chat/completions`
  const models = [
    { id: model, name: model, url, toolCalling: true, vision: false, maxInputTokens: CONTEXT_TOKENS - OUTPUT_TOKENS, maxOutputTokens: OUTPUT_TOKENS },
  ]
  return JSON.stringify([{ name: 'Switchyard', vendor: 'customendpoint', apiKey: key, apiType: 'chat-completions', models }], null, 2)
}

/** Zed keeps keys out of its settings: it asks for one, or reads it from the environment by the provider's name. Its JSON may hold comments. */
export function zed({ address, key, model }: SnippetFacts): string {
  const available = [{ name: model, display_name: model, max_tokens: CONTEXT_TOKENS, capabilities: { tools: true, images: false, parallel_tool_calls: true } }]
  const settings = { language_models: { openai_compatible: { Switchyard: { api_url: openaiBase(address), available_models: available } } } }
  return `// SWITCHYARD_API_KEY=${key.replace(/\s/g, ' ')}\n${JSON.stringify(settings, null, 2)}`
}

/** config.yaml of LiteLLM's own proxy, for who has one already. */
export function litellmProxy({ address, key, model }: SnippetFacts): string {
  return `model_list:
  - model_name: ${literal(model)}
    litellm_params:
      model: ${literal(`openai/${model}`)}
      api_base: ${literal(openaiBase(address))}
      api_key: ${literal(key)}`
}

/** This machine's own network, for Switchyard answers to 127.0.0.1 and localhost alone: host.docker.internal is refused by its Host check. */
export function openWebUiDocker({ address, key, model }: SnippetFacts): string {
  return [
    'docker run -d --name open-webui --network=host',
    '-v open-webui:/app/backend/data',
    `-e OPENAI_API_BASE_URL=${shellWord(openaiBase(address))}`,
    `-e OPENAI_API_KEY=${shellWord(key)}`,
    `-e DEFAULT_MODELS=${shellWord(model)}`,
    'ghcr.io/open-webui/open-webui:main',
  ].join(' \\\n  ')
}

/** A way in from outside for tools whose servers call: the Host must be this machine's again when it arrives. */
export function tunnel({ address }: SnippetFacts): string {
  return `ngrok http ${new URL(address).port} --host-header=rewrite`
}
