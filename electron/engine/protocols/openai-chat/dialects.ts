import type { Effort } from '../../../../shared/chat.ts'
import { OPENAI_TIERS } from '../service-tier.ts'

/** Where providers of this format depart from each other in what they take; see the provider's own API reference for each. */
export interface Dialect {
  readonly limitField: 'max_completion_tokens' | 'max_tokens'
  readonly seedField: 'seed' | 'random_seed'
  readonly userField: 'safety_identifier' | 'user' | undefined
  readonly takesTopK: boolean
  /** Whether a stream counts its tokens only when asked by `stream_options`; Mistral always does and knows no such field. */
  readonly takesStreamOptions: boolean
  readonly cacheMarks: 'cache_control' | 'prompt_cache_breakpoint' | undefined
  /** Fields of other clients' bodies, by their names there, that mean the same here. */
  readonly carries: readonly string[]
  /** Gives the probabilities of tokens (`logprobs`, `top_logprobs`). */
  readonly takesLogprobs: boolean
  readonly tiers: Readonly<Record<string, string>>
  readonly reasoningField: 'reasoning' | 'reasoning_effort'
  /** How reasoning of earlier turns goes back, if at all. */
  readonly replay: 'reasoning_details' | 'reasoning_content' | 'thinking' | undefined
  /** One turn of the model with its reasoning or with a call, and every turn must bear its reasoning (see own-messages.ts). */
  readonly wantsEveryReasoning: boolean
  /** How a document is given. `file` takes bytes only. */
  readonly documents: 'file' | 'file-or-url' | 'document_url'
  /** Fields that the whole request is refused for. */
  readonly refuses: readonly string[]
  /** User and assistant have to take turns (see alternating.ts). */
  readonly alternates: boolean
  /** Whoever runs its models may know one system message alone, at the beginning (see system-first.ts). */
  readonly systemFirst: boolean
  /** False where tools of the client are refused. */
  readonly takesTools: boolean
  /** The highest temperature it takes, where that is below OpenAI's 2. */
  readonly temperatureLimit: number | undefined
  /** Its own word for an effort, where it knows fewer. */
  readonly effort: ((wish: Effort) => Effort) | undefined
  /**
   * Mistral's own rules: ids of tool calls have nine letters and digits, an assistant turn at the end bears `prefix`, and fields it does not know are
   * a 422, so that a client's own messages may have to be written anew.
   */
  readonly isMistral: boolean
  /** OpenAI's own models, whose names tell what they take (`families.ts`). */
  readonly isOpenAi: boolean
}

/** A provider nobody described: the fields every compatible server takes. */
const COMPATIBLE: Dialect = {
  limitField: 'max_tokens',
  seedField: 'seed',
  userField: undefined,
  takesTopK: true,
  takesStreamOptions: true,
  cacheMarks: undefined,
  carries: [],
  takesLogprobs: false,
  tiers: {},
  reasoningField: 'reasoning_effort',
  replay: undefined,
  wantsEveryReasoning: false,
  documents: 'file',
  refuses: [],
  alternates: false,
  systemFirst: true,
  takesTools: true,
  temperatureLimit: undefined,
  effort: undefined,
  isMistral: false,
  isOpenAi: false,
}

const OPENAI: Dialect = {
  ...COMPATIBLE,
  limitField: 'max_completion_tokens',
  userField: 'safety_identifier',
  takesTopK: false,
  carries: ['prompt_cache_key', 'prompt_cache_retention', 'prompt_cache_options', 'metadata', 'text.verbosity'],
  takesLogprobs: true,
  tiers: OPENAI_TIERS,
  systemFirst: false,
  isOpenAi: true,
}
/** These think between tool calls and want their own words back in the next request. */
const WANTS_REASONING_BACK: Dialect = { ...COMPATIBLE, takesTopK: false, replay: 'reasoning_content' }

const DIALECTS: Readonly<Record<string, Dialect>> = {
  openai: OPENAI,
  azure: OPENAI,
  openrouter: {
    ...COMPATIBLE,
    userField: 'user',
    cacheMarks: 'cache_control',
    carries: ['prompt_cache_key', 'text.verbosity'],
    takesLogprobs: true,
    tiers: OPENAI_TIERS,
    reasoningField: 'reasoning',
    replay: 'reasoning_details',
    documents: 'file-or-url',
    systemFirst: false,
  },
  mistral: {
    ...COMPATIBLE,
    seedField: 'random_seed',
    takesTopK: false,
    takesStreamOptions: false,
    documents: 'document_url',
    carries: ['prompt_cache_key'],
    replay: 'thinking',
    systemFirst: false,
    temperatureLimit: 1.5,
    effort: (wish) => (wish === 'none' || wish === 'minimal' ? 'none' : 'high'),
    isMistral: true,
  },
  groq: { ...COMPATIBLE, takesTopK: false, userField: 'user', tiers: { auto: 'auto', flex: 'flex' } },
  xai: { ...COMPATIBLE, takesLogprobs: true, takesTopK: false, userField: 'user' },
  deepseek: { ...WANTS_REASONING_BACK, wantsEveryReasoning: true, takesLogprobs: true },
  moonshot: { ...WANTS_REASONING_BACK, wantsEveryReasoning: true, temperatureLimit: 1 },
  zai: WANTS_REASONING_BACK,
  cerebras: { ...COMPATIBLE, takesLogprobs: true, takesTopK: false, userField: 'user', refuses: ['frequency_penalty', 'presence_penalty'] },
  perplexity: { ...COMPATIBLE, takesTools: false, alternates: true },
  huggingface: { ...COMPATIBLE, takesTopK: false },
  alibaba: { ...COMPATIBLE, cacheMarks: 'cache_control', replay: 'reasoning_content' },
}

export function dialectOf(provider: string): Dialect {
  return DIALECTS[provider] ?? COMPATIBLE
}
