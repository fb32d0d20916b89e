/** The model table of @earendil-works/pi-ai as rows of ours. */
import { EFFORTS, type Effort } from '../../../../shared/chat.ts'
import type { ModelKind } from '../../../../shared/models.ts'
import type { FactPrice, FactRow, FactTier } from './fact-row.ts'

interface Cost {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
}

interface PiModel {
  readonly id: string
  readonly name: string
  readonly provider: string
  readonly type: 'chat' | 'image' | 'classifier'
  readonly reasoning?: boolean
  readonly thinkingLevelMap?: Readonly<Record<string, string | null>>
  readonly input: readonly ('text' | 'image')[]
  readonly output?: readonly ('text' | 'image')[]
  readonly cost: Cost & { readonly tiers?: readonly (Cost & { readonly inputTokensAbove: number })[] }
  readonly contextWindow?: number
  readonly maxTokens?: number
  readonly promptCache?: object
}

/** Where its name of a provider is not ours. null: subscriptions and plans that are not called with a key that is paid by the token, and test servers. */
const PROVIDERS: Readonly<Record<string, string | null>> = {
  'amazon-bedrock': 'bedrock',
  'google-vertex': 'vertex',
  moonshotai: 'moonshot',
  'cloudflare-workers-ai': 'cloudflare',
  'vercel-ai-gateway': 'vercel',
  'ant-ling': null,
  'cloudflare-ai-gateway': null,
  'github-copilot': null,
  'kimi-coding': null,
  'minimax-cn': null,
  'moonshotai-cn': null,
  'openai-codex': null,
  opencode: null,
  'opencode-go': null,
  'qwen-token-plan': null,
  'qwen-token-plan-cn': null,
  'qwen-token-plan-individual': null,
  'qwen-token-plan-individual-cn': null,
  radius: null,
  typesafe: null,
  'xiaomi-token-plan-ams': null,
  'xiaomi-token-plan-cn': null,
  'xiaomi-token-plan-sgp': null,
  'zai-coding-cn': null,
}

/**
 * The Vercel gateway takes no margin and lists a vendor's other ways of being charged as models of their own: `-batch`, and `-fast`, which is OpenAI's
 * priority tier and Anthropic's fast mode. So what it asks for these is the vendor's price: https://vercel.com/docs/ai-gateway/pricing
 */
const VENDORS: Readonly<Record<string, { readonly provider: string; readonly fast: 'priority' | 'fast' }>> = {
  openai: { provider: 'openai', fast: 'priority' },
  anthropic: { provider: 'anthropic', fast: 'fast' },
  google: { provider: 'google', fast: 'fast' },
  spacexai: { provider: 'xai', fast: 'fast' },
}

/** @param files each by wire format, then by name */
export function readPiRows(files: readonly Readonly<Record<string, Readonly<Record<string, PiModel>>>>[]): readonly FactRow[] {
  const models = files.flatMap((file) => Object.values(file).flatMap((table) => Object.values(table)))
  const rows = new Map<string, FactRow>()
  for (const model of models) {
    const mapped = PROVIDERS[model.provider]
    if (mapped === null || model.type === 'classifier') continue
    const row = rowOf(mapped ?? model.provider, model)
    // one model in two wire formats stands here twice; the richer row says more
    const before = rows.get(`${row.provider}/${row.model}`)
    if (before === undefined || JSON.stringify(before).length < JSON.stringify(row).length) rows.set(`${row.provider}/${row.model}`, row)
  }
  const dashed = new Map([...rows].map(([key, row]) => [key.replaceAll('.', '-'), row]))
  for (const model of models) {
    const [, vendor = '', base = '', way] = /^([^/]+)\/(.+)-(batch|fast)$/.exec(model.provider === 'vercel-ai-gateway' ? model.id : '') ?? []
    const known = VENDORS[vendor]
    const price = priceOf(model, model.cost)
    if (known === undefined || price === undefined) continue
    const own = dashed.get(`${known.provider}/${base}`.replaceAll('.', '-'))
    if (own === undefined) continue
    const latest = rows.get(`${own.provider}/${own.model}`) ?? own
    rows.set(`${own.provider}/${own.model}`, { ...latest, service: { ...latest.service, [way === 'batch' ? 'batch' : known.fast]: price } })
  }
  return [...rows.values()]
}

function rowOf(provider: string, model: PiModel): FactRow {
  const kind: ModelKind = model.type === 'image' ? 'image' : 'chat'
  const price = priceOf(model, model.cost)
  const tiers = price === undefined ? [] : (model.cost.tiers ?? []).map(({ inputTokensAbove, ...cost }): FactTier => [inputTokensAbove, ...figures(cost)])
  const efforts = EFFORTS.filter((effort): effort is Effort => typeof model.thinkingLevelMap?.[effort === 'none' ? 'off' : effort] === 'string')
  return {
    provider,
    model: model.id,
    ...(model.name !== model.id && { name: model.name }),
    ...(kind !== 'chat' && { kind }),
    ...(model.contextWindow !== undefined && model.contextWindow > 0 && { context: model.contextWindow }),
    ...(model.maxTokens !== undefined && model.maxTokens > 0 && { output: model.maxTokens }),
    // it tells text and pictures alone: that audio or documents are missing here says nothing
    in: model.input,
    ...(model.output !== undefined && { out: model.output }),
    ...(kind === 'chat' && {
      can: [
        'tools' as const,
        'streaming' as const,
        ...(model.reasoning === true ? ['reasoning' as const] : []),
        ...(model.promptCache === undefined && (price?.[2] ?? null) === null ? [] : ['prompt-caching' as const]),
      ],
      ...(model.reasoning === false && { cannot: ['reasoning' as const] }),
    }),
    ...(efforts.length > 0 && { efforts }),
    ...(price !== undefined && { price }),
    ...(tiers.length > 0 && { tiers }),
  }
}

/** All zeros mean free of charge only where the name says so; anywhere else they stand for a price that the table lacks. Negative ones for 'it depends'. */
function priceOf({ id }: PiModel, cost: Cost): FactPrice | undefined {
  if (cost.input < 0 || cost.output < 0) return undefined
  if (cost.input === 0 && cost.output === 0) return /[:-]free$/.test(id) ? [0, 0, 0, 0] : undefined
  return figures(cost)
}

/** A cache price of 0 beside an input that costs is one that the table lacks. */
function figures({ input, output, cacheRead, cacheWrite }: Cost): FactPrice {
  return [input, output, cacheRead === 0 ? null : cacheRead, cacheWrite === 0 ? null : cacheWrite]
}
