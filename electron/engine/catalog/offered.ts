/**
 * Which of a provider's names are worth offering in a list of chat models. The others can still be asked for by name: this only keeps pickers
 * free of embeddings, voices, pictures and what has been switched off.
 */
const NOT_OFFERED: Readonly<Record<string, readonly RegExp[]>> = {
  openai: [
    // not chat at all
    /embedding|tts|transcribe|whisper|realtime|image|dall-e|sora|moderation|audio|computer-use|instruct/,
    // refuse to answer without a web search of their own: https://platform.openai.com/docs/models
    /deep-research/,
    // templates for fine-tuned names, and open weights that OpenAI does not serve
    /^ft:|\.ft-|^gpt-oss|-$/,
    // retired: https://platform.openai.com/docs/deprecations
    /^(ada|babbage|curie|davinci|text-)|^gpt-3\.5-(0301|turbo-(0613|16k))|^gpt-4-(32k|vision)|^gpt-4\.5|^chatgpt-4o|^o1-(mini|preview)|:extended$/,
  ],
  anthropic: [
    // retired: https://platform.claude.com/docs/en/about-claude/model-deprecations
    /^claude-(v?[12]|3|instant)/,
  ],
  google: [
    /embedding|tts|image|imagen|veo|lyria|live|native-audio|omni|aqa/,
    // served by Vertex AI only
    /^claude-|-maas$/,
    // retired, or a family rather than a name: https://ai.google.dev/gemini-api/docs/deprecations
    /^gemini-(pro|flash|1)|^gemini-2\.0|^gemma-(2|3)/,
  ],
  openrouter: [
    // every real name there has a vendor
    /^[^/]+$/,
    /embedding|lyria|-image/,
    // batch routes do not answer at once
    /:batch$/,
  ],
  lmstudio: [/^text-embedding-/],
  ollama: [/embed|^bge-|^all-minilm/],
}

export function isOffered(provider: string, model: string): boolean {
  return !(NOT_OFFERED[provider] ?? []).some((pattern) => pattern.test(model))
}
