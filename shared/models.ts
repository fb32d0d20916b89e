/** What can be said of a model besides where it is called: kinds, modalities, abilities. All of it comes from sources; what no source tells is absent. */
import type { Effort } from './chat.ts'
import type { IsoDate } from './ids.ts'

export const MODEL_KINDS = ['chat', 'embedding', 'image', 'audio', 'rerank', 'other'] as const
export type ModelKind = (typeof MODEL_KINDS)[number]

export const MODALITIES = ['text', 'image', 'file', 'audio', 'video'] as const
/** OpenRouter's words; 'file' is a document such as a PDF. */
export type Modality = (typeof MODALITIES)[number]

export const ABILITIES = ['tools', 'parallel-tools', 'json-schema', 'reasoning', 'prompt-caching', 'streaming', 'web-search'] as const
export type Ability = (typeof ABILITIES)[number]

export interface ModelFacts {
  readonly kind: ModelKind
  /** undefined: nobody told. */
  readonly inputModalities: readonly Modality[] | undefined
  readonly outputModalities: readonly Modality[] | undefined
  /** true and false are told by a source; absent is unknown. */
  readonly abilities: Readonly<Partial<Record<Ability, boolean>>>
  /** The reasoning efforts it takes. */
  readonly efforts: readonly Effort[] | undefined
  /** The shortest prompt, in tokens, that the provider caches. */
  readonly cacheMinimum: number | undefined
  /** A day, or a month where no more was told. */
  readonly cutoff: IsoDate | undefined
  /** Whether its weights are published. */
  readonly openWeights?: boolean | undefined
  readonly deprecated: boolean | undefined
  /** When it is switched off, where its provider says so. */
  readonly retiresOn?: IsoDate | undefined
  /** The dated name that this one stands for today, where the name itself has no date. */
  readonly snapshot: string | undefined
  /** Package and version, or the provider itself. */
  readonly sources: readonly string[]
}
