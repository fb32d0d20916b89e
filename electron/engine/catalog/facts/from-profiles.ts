/** What the other packages add to the rows, and the models that only they have. A row's own facts stay; a later package fills in what is missing. */
import { EFFORTS, type Effort } from '../../../../shared/chat.ts'
import { type Ability, MODALITIES, type Modality, type ModelKind } from '../../../../shared/models.ts'
import type { FactRow } from './fact-row.ts'

export interface TokenizerModel {
  readonly name: string
  readonly deprecated?: boolean
  readonly modalities: { readonly input: readonly string[]; readonly output: readonly string[] }
  readonly context_window?: number
  readonly max_output_tokens?: number
  readonly knowledge_cutoff?: Date
  readonly supported_features?: readonly string[]
  readonly supported_endpoints: readonly string[]
  readonly reasoning_tokens?: boolean
}

export interface LangchainProfile {
  readonly maxInputTokens?: number
  readonly maxOutputTokens?: number
  readonly imageInputs?: boolean
  readonly audioInputs?: boolean
  readonly pdfInputs?: boolean
  readonly videoInputs?: boolean
  readonly imageOutputs?: boolean
  readonly audioOutputs?: boolean
  readonly videoOutputs?: boolean
  readonly reasoningOutput?: boolean
  readonly toolCalling?: boolean
  readonly structuredOutput?: boolean
}

/** A row of models.dev. */
export interface TokenlensModel {
  readonly knowledge?: string
  readonly open_weights?: boolean
  readonly modalities?: { readonly input?: readonly string[]; readonly output?: readonly string[] }
}

export interface ZooModel {
  readonly fullName: string
  readonly shortName: string
  readonly label: string
  readonly provider: string
  readonly openRouterOnly: boolean
  readonly retired?: boolean
  readonly maxOutputTokens: number
  readonly contextWindow: number
  readonly capabilities: {
    readonly supportsFunctionCalling: boolean
    readonly supportsPromptCaching: boolean
    readonly supportsAutoPromptCaching: boolean
    readonly supportsReasoning: boolean
    readonly supportsVision: boolean
    readonly supportsNativePdf: boolean
    readonly supportsNativeAudio: boolean
    readonly supportedReasoningEfforts?: readonly string[]
  }
}

type Rows = Map<string, FactRow>

/** The features of OpenAI's model pages: https://platform.openai.com/docs/models */
const FEATURES: Readonly<Record<string, Ability>> = {
  streaming: 'streaming',
  function_calling: 'tools',
  structured_outputs: 'json-schema',
  prompt_caching: 'prompt-caching',
  web_search: 'web-search',
}

export function addTokenizer(rows: Rows, models: Readonly<Record<string, TokenizerModel>>): void {
  for (const [id, model] of Object.entries(models)) {
    if (typeof model !== 'object' || !Array.isArray(model.supported_endpoints)) continue
    const features = model.supported_features
    const told = Object.entries(FEATURES).filter(([feature]) => features?.includes(feature))
    // a page that names features names all but caching and searching, which older pages do not have
    const untold = features === undefined ? [] : (['tools', 'json-schema', 'streaming'] as const).filter((ability) => !told.some(([, has]) => has === ability))
    const can = [...told.map(([, ability]) => ability), ...(model.reasoning_tokens === true ? ['reasoning' as const] : [])]
    fill(rows, 'openai', id, {
      kind: kindOf(model.supported_endpoints),
      ...(model.context_window !== undefined && { context: model.context_window }),
      ...(model.max_output_tokens !== undefined && { output: model.max_output_tokens }),
      in: model.modalities.input as readonly Modality[],
      out: model.modalities.output as readonly Modality[],
      ...(can.length > 0 && { can }),
      ...(untold.length > 0 && { cannot: untold }),
      ...(model.knowledge_cutoff !== undefined && { cutoff: model.knowledge_cutoff.toISOString().slice(0, 10) }),
      ...(model.deprecated === true && { deprecated: true }),
      ...(model.supported_endpoints.includes('batch') && { batches: true }),
      ...(model.name !== id && { snapshot: model.name }),
    })
  }
}

/** models.dev's names of providers where they are not ours. */
const TOKENLENS_PROVIDERS: Readonly<Record<string, string>> = {
  'amazon-bedrock': 'bedrock',
  'cloudflare-workers-ai': 'cloudflare',
  'fireworks-ai': 'fireworks',
  'google-vertex': 'vertex',
  'google-vertex-anthropic': 'vertex',
  moonshotai: 'moonshot',
  togetherai: 'together',
}

/** Only for models that others still list, and of those only what time does not change. */
export function addTokenlens(rows: Rows, { id, models }: { readonly id: string; readonly models: Readonly<Record<string, TokenlensModel>> }): void {
  const provider = TOKENLENS_PROVIDERS[id] ?? id
  for (const [model, { knowledge, open_weights: open, modalities: told }] of Object.entries(models)) {
    if (!rows.has(`${provider}/${model}`)) continue
    fill(rows, provider, model, {
      in: modalitiesIn(told?.input),
      out: modalitiesIn(told?.output),
      ...(knowledge !== undefined && /^\d{4}-\d{2}(-\d{2})?$/.test(knowledge) && { cutoff: knowledge }),
      ...(open !== undefined && { open }),
    })
  }
}

function modalitiesIn(names: readonly string[] | undefined): readonly Modality[] {
  // its 'pdf' is our 'file'
  return (names ?? []).map((name) => (name === 'pdf' ? 'file' : name)).filter((name): name is Modality => (MODALITIES as readonly string[]).includes(name))
}

function kindOf(endpoints: readonly string[]): ModelKind {
  if (endpoints.some((endpoint) => ['chat_completions', 'responses'].includes(endpoint))) return 'chat'
  if (endpoints.includes('embeddings')) return 'embedding'
  if (endpoints.some((endpoint) => endpoint.startsWith('image'))) return 'image'
  if (endpoints.some((endpoint) => /speech|transcription|translation|realtime/.test(endpoint))) return 'audio'
  return 'other'
}

/** @param adds whether models that only it has are listed; not where it is older than the others and their hosts' lists have moved on */
export function addLangchain(rows: Rows, provider: string, profiles: Readonly<Record<string, LangchainProfile>>, adds: boolean): void {
  for (const [id, profile] of Object.entries(profiles)) {
    if (!adds && !rows.has(`${provider}/${id}`)) continue
    // of these it says nothing but their window that is not about conversations
    if (/embedding/.test(id)) {
      fill(rows, provider, id, { kind: 'embedding', ...(profile.maxInputTokens !== undefined && { context: profile.maxInputTokens }) })
      continue
    }
    const kind: ModelKind = profile.imageOutputs === true && profile.toolCalling !== true ? 'image' : 'chat'
    const abilities: readonly (readonly [Ability, boolean | undefined])[] = [
      ['tools', profile.toolCalling],
      // its source leaves this out where nobody has looked, so a 'no' means nothing
      ['json-schema', profile.structuredOutput === true ? true : undefined],
      ['reasoning', profile.reasoningOutput],
    ]
    const can = abilities.flatMap(([ability, does]) => (does === true ? [ability] : []))
    const cannot = abilities.flatMap(([ability, does]) => (does === false ? [ability] : []))
    fill(rows, provider, id, {
      kind,
      ...(profile.maxInputTokens !== undefined && { context: profile.maxInputTokens }),
      ...(profile.maxOutputTokens !== undefined && { output: profile.maxOutputTokens }),
      in: modalities([profile.imageInputs, profile.pdfInputs, profile.audioInputs, profile.videoInputs]),
      out: modalities([profile.imageOutputs, false, profile.audioOutputs, profile.videoOutputs]),
      ...(can.length > 0 && { can }),
      ...(cannot.length > 0 && { cannot }),
    })
  }
}

function modalities([image, file, audio, video]: readonly (boolean | undefined)[]): readonly Modality[] {
  return [
    'text',
    ...(image ? ['image' as const] : []),
    ...(file ? ['file' as const] : []),
    ...(audio ? ['audio' as const] : []),
    ...(video ? ['video' as const] : []),
  ]
}

/** Its names of providers whose models it lists under their own names. */
const ZOO_PROVIDERS: Readonly<Record<string, string>> = {
  anthropic: 'anthropic',
  openai: 'openai',
  google: 'google',
  deepseek: 'deepseek',
  xai: 'xai',
  moonshot: 'moonshot',
  dashscope: 'alibaba',
  minimax: 'minimax',
  glm: 'zai',
  meta: 'meta',
}

export function addZoo(rows: Rows, models: readonly ZooModel[]): void {
  for (const model of models) {
    const provider = ZOO_PROVIDERS[model.provider]
    if (provider === undefined || model.openRouterOnly) continue
    const { capabilities } = model
    const caches = capabilities.supportsPromptCaching || capabilities.supportsAutoPromptCaching
    const can: readonly Ability[] = [
      ...(capabilities.supportsFunctionCalling ? ['tools' as const] : []),
      ...(capabilities.supportsReasoning ? ['reasoning' as const] : []),
      ...(caches ? ['prompt-caching' as const] : []),
    ]
    const efforts = capabilities.supportedReasoningEfforts?.filter((effort): effort is Effort => (EFFORTS as readonly string[]).includes(effort))
    for (const id of new Set([model.fullName, model.shortName])) {
      // it has made-up short names for variants, so it adds no model under them
      if (id !== model.fullName && !rows.has(`${provider}/${id}`)) continue
      fill(rows, provider, id, {
        name: model.label,
        context: model.contextWindow,
        output: model.maxOutputTokens,
        in: modalities([capabilities.supportsVision, capabilities.supportsNativePdf, capabilities.supportsNativeAudio, false]),
        ...(can.length > 0 && { can }),
        ...(!capabilities.supportsFunctionCalling && { cannot: ['tools'] }),
        ...(efforts !== undefined && efforts.length > 0 && { efforts }),
        ...(model.retired === true && { retired: true }),
      })
    }
  }
}

/** Fills what a row lacks. Modalities and abilities are joined, since no source tells all of them; where two disagree the earlier one holds. */
function fill(rows: Rows, provider: string, model: string, facts: Partial<Omit<FactRow, 'provider' | 'model'>>): void {
  const key = `${provider}/${model}`
  const before: FactRow = rows.get(key) ?? { provider, model }
  const { kind, ...rest } = facts
  const cannot = union(
    before.cannot,
    facts.cannot?.filter((ability) => !before.can?.includes(ability)),
  )
  const can = union(
    before.can,
    facts.can?.filter((ability) => !before.cannot?.includes(ability)),
  )
  const merged: Record<string, unknown> = { ...rest, ...before }
  if (kind !== undefined && kind !== 'chat' && before.kind === undefined && !rows.has(key)) merged.kind = kind
  set(merged, 'in', union(before.in, facts.in))
  set(merged, 'out', union(before.out, facts.out))
  set(merged, 'can', can)
  set(merged, 'cannot', cannot)
  rows.set(key, merged as unknown as FactRow)
}

function union<Value>(first: readonly Value[] | undefined, second: readonly Value[] | undefined): readonly Value[] {
  return [...new Set([...(first ?? []), ...(second ?? [])])]
}

function set(merged: Record<string, unknown>, name: string, values: readonly unknown[]): void {
  if (values.length > 0) merged[name] = values
}
