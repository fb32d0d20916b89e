/**
 * Which names of different hosts mean the very same model. Two names are one model only when nothing that could make a difference differs: author, family,
 * version, size, date, `-instruct`, `-thinking`, `-turbo`, quantisation, window. What is left out of a comparison is spelling alone: capitals, the dot or dash
 * in a version, the vendor's path, a cloud's region and revision. Names that are not told apart safely stay apart.
 */
import type { ProviderId } from '../../../shared/ids.ts'

export interface HostedName {
  readonly provider: ProviderId
  readonly model: string
}

/** How hosts call the authors of models, as OpenRouter calls them: https://openrouter.ai/models */
const AUTHORS: Readonly<Record<string, string>> = {
  ...own([
    'openai',
    'anthropic',
    'google',
    'deepseek',
    'qwen',
    'nvidia',
    'minimax',
    'amazon',
    'cohere',
    'microsoft',
    'perplexity',
    'xiaomi',
    'tencent',
    'ai21',
  ]),
  alibaba: 'qwen',
  coherelabs: 'cohere',
  'deepseek-ai': 'deepseek',
  meta: 'meta-llama',
  'meta-llama': 'meta-llama',
  'minimax-ai': 'minimax',
  minimaxai: 'minimax',
  mistral: 'mistralai',
  mistralai: 'mistralai',
  moonshot: 'moonshotai',
  moonshotai: 'moonshotai',
  spacexai: 'x-ai',
  'x-ai': 'x-ai',
  xai: 'x-ai',
  xiaomimimo: 'xiaomi',
  'z-ai': 'z-ai',
  zai: 'z-ai',
  'zai-org': 'z-ai',
}

/** Providers whose models without a vendor's path are all of one author. */
const SOLE_AUTHOR: Readonly<Record<ProviderId, string>> = {
  openai: 'openai',
  azure: 'openai',
  anthropic: 'anthropic',
  'bedrock-anthropic': 'anthropic',
  'vertex-anthropic': 'anthropic',
  google: 'google',
  vertex: 'google',
  mistral: 'mistralai',
  cohere: 'cohere',
  deepseek: 'deepseek',
  xai: 'x-ai',
  moonshot: 'moonshotai',
  zai: 'z-ai',
  alibaba: 'qwen',
  minimax: 'minimax',
  perplexity: 'perplexity',
  xiaomi: 'xiaomi',
}

/** Where a host's own name hides which weights it serves, and says so on its page. */
const SAME_WEIGHTS: Readonly<Record<string, { readonly is: string; readonly source: string }>> = {
  'groq/llama-3.3-70b-versatile': { is: 'meta-llama/llama-3.3-70b-instruct', source: 'https://console.groq.com/docs/model/llama-3.3-70b-versatile' },
  'groq/llama-3.1-8b-instant': { is: 'meta-llama/llama-3.1-8b-instruct', source: 'https://console.groq.com/docs/model/llama-3.1-8b-instant' },
  'cerebras/llama-3.3-70b': { is: 'meta-llama/llama-3.3-70b-instruct', source: 'https://inference-docs.cerebras.ai/models/llama-33-70b' },
  'cerebras/llama3.1-8b': { is: 'meta-llama/llama-3.1-8b-instruct', source: 'https://inference-docs.cerebras.ai/models/llama-31-8b' },
}

/** On these the name says nothing of what is served: people name deployments and local files as they like. */
const NAMED_BY_PEOPLE: ReadonlySet<ProviderId> = new Set(['ollama', 'lmstudio', 'llamacpp', 'vllm', 'demo'])

export interface Identity {
  /** undefined: the host does not say. */
  readonly author: string | undefined
  /** Comparable: lower case, versions with dashes. */
  readonly slug: string
}

/** undefined: this name tells nothing. */
export function identify({ provider, model }: HostedName): Identity | undefined {
  if (NAMED_BY_PEOPLE.has(provider)) return undefined
  const same = SAME_WEIGHTS[`${provider}/${model}`]
  if (same !== undefined) return identify({ provider: 'openrouter', model: same.is })
  const plain = model.toLowerCase().replace(/:free$/, '')
  // a name that moves from one model to the next is no model
  if (plain.startsWith('~')) return undefined
  switch (provider) {
    case 'bedrock':
    case 'bedrock-anthropic':
      return identifyBedrock(plain)
    case 'fireworks':
      return { author: undefined, slug: slugOf(plain.replace(/^accounts\/fireworks\/(models|routers)\//, '').replaceAll(/(\d)p(\d)/g, '$1-$2')) }
    case 'vertex':
    case 'vertex-anthropic':
      return { author: authorIn(plain) ?? SOLE_AUTHOR[provider], slug: slugOf(tail(plain).replace('@', '-')) }
    default:
      return { author: authorIn(plain) ?? (plain.includes('/') ? undefined : SOLE_AUTHOR[provider]), slug: slugOf(tail(plain)) }
  }
}

/** `us.anthropic.claude-sonnet-4-5-20250929-v1:0`: region, vendor, name, revision. */
function identifyBedrock(model: string): Identity | undefined {
  const withoutRegion = model.replace(/^(us|eu|apac|au|jp|in|ca|sa|me|global|us-gov)\./, '')
  const dot = withoutRegion.indexOf('.')
  if (dot < 0) return undefined
  const vendor = withoutRegion.slice(0, dot)
  const name = withoutRegion.slice(dot + 1).replace(/(-v\d+)?(:\d+)?(:\d+k)?$/, '')
  // `openai.gpt-oss-120b-1:0`: the revision without its v
  const revised = /-\d+:\d+$/.test(withoutRegion) ? name.replace(/-\d+$/, '') : name
  return { author: AUTHORS[vendor], slug: slugOf(/^v\d/.test(revised) ? `${vendor}-${revised}` : revised) }
}

function authorIn(model: string): string | undefined {
  const parts = model.split('/')
  const author = parts.at(-2)
  return author === undefined || parts.length < 2 ? undefined : (AUTHORS[author] ?? author)
}

function tail(model: string): string {
  return model.slice(model.lastIndexOf('/') + 1)
}

function slugOf(name: string): string {
  return name
    .replace(/^meta-llama-/, 'llama-')
    .replace(/^llama-v?(\d)/, 'llama-$1')
    .replace(/^llama(\d)/, 'llama-$1')
    .replaceAll(/(\d)\.(\d)/g, '$1-$2')
    .replace(/-(20\d\d)-(\d\d)-(\d\d)$/, '-$1$2$3')
}

const DATE = /-20\d{6}$/

/** Names grouped by the model they mean. Holds for the names it was made from and for others that come later. */
export class CanonicalNames {
  readonly #authorsOf = new Map<string, Set<string>>()
  readonly #datesOf = new Map<string, Set<string>>()
  /** Undated slug -> the dated one that it stands for today. */
  readonly #snapshots = new Map<string, string>()
  /** How each `author slug` is written where people look names up. */
  readonly #written = new Map<string, string>()

  /** @param snapshots what a vendor says its undated names stand for */
  constructor(names: Iterable<HostedName>, snapshots: Iterable<HostedName & { readonly snapshot: string }>) {
    for (const name of names) {
      const identity = identify(name)
      if (identity === undefined) continue
      const { author, slug } = identity
      if (author !== undefined) addTo(this.#authorsOf, slug, author)
      if (DATE.test(slug)) addTo(this.#datesOf, slug.replace(DATE, ''), slug)
    }
    for (const { provider, model, snapshot } of snapshots) {
      const from = identify({ provider, model })
      const to = identify({ provider, model: snapshot })
      if (from !== undefined && to !== undefined && from.slug !== to.slug) this.#snapshots.set(from.slug, to.slug)
    }
    for (const name of names) {
      // OpenRouter's spelling is the one that clients know
      if (name.provider !== 'openrouter' || /[:~]/.test(name.model)) continue
      const key = this.keyOf(name)
      const identity = identify(name)
      if (key !== undefined && identity !== undefined && !(DATE.test(identity.slug) && this.#written.has(key))) this.#written.set(key, name.model)
    }
  }

  /** The same for all names of one model; undefined for one that is told apart from none safely. */
  keyOf(name: HostedName): string | undefined {
    const identity = identify(name)
    if (identity === undefined) return undefined
    const slug = this.#undated(identity.slug)
    const authors = this.#authorsOf.get(slug) ?? this.#authorsOf.get(identity.slug)
    const author = identity.author ?? (authors?.size === 1 ? [...authors][0] : undefined)
    return author === undefined ? undefined : `${author}/${slug}`
  }

  /** `author/model` for people. */
  nameOf(key: string): string {
    return this.#written.get(key) ?? key
  }

  /** A dated name is the undated one where no other date of it is known, or where its vendor says that this is the one it stands for. */
  #undated(slug: string): string {
    if (!DATE.test(slug)) return slug
    const base = slug.replace(DATE, '')
    const snapshot = this.#snapshots.get(base)
    if (snapshot !== undefined) return snapshot === slug ? base : slug
    const dates = this.#datesOf.get(base)
    return dates?.size === 1 && dates.has(slug) ? base : slug
  }
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key)
  if (known) known.add(value)
  else sets.set(key, new Set([value]))
}

function own(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, name]))
}
