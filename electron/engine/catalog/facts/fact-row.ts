/** One line of `model-facts.ts`: what the packages tell of one model at one provider. A field nobody told is missing, never false or 0. */
import type { Effort } from '../../../../shared/chat.ts'
import type { IsoDate, ProviderId } from '../../../../shared/ids.ts'
import type { Ability, Modality, ModelKind } from '../../../../shared/models.ts'

export interface FactRow {
  /** Our id of the provider, or the one in the source where we declare none. */
  readonly provider: ProviderId
  /** The provider's own name for the model. */
  readonly model: string
  readonly name?: string
  /** Absent: 'chat'. */
  readonly kind?: ModelKind
  /** Tokens. */
  readonly context?: number
  readonly output?: number
  readonly in?: readonly Modality[]
  readonly out?: readonly Modality[]
  readonly can?: readonly Ability[]
  readonly cannot?: readonly Ability[]
  readonly efforts?: readonly Effort[]
  /** A day, or a month where no more was told. */
  readonly cutoff?: IsoDate
  /** Whether its weights are published. */
  readonly open?: boolean
  /** Still answers, but its provider has said that it will go. */
  readonly deprecated?: true
  /** Answers no more. */
  readonly retired?: true
  /** The dated name that this one stands for today. */
  readonly snapshot?: string
  /** Its provider answers it in batches. */
  readonly batches?: true
  readonly price?: FactPrice
  readonly tiers?: readonly FactTier[]
  readonly service?: Readonly<Partial<Record<'batch' | 'priority' | 'fast', FactPrice>>>
}

/** Dollars per million tokens: input, output, cache read, cache write. null: the source does not say. */
export type FactPrice = readonly [input: number, output: number, cacheRead: number | null, cacheWrite: number | null]
export type FactTier = readonly [overInputTokens: number, ...price: FactPrice]

/** @throws Error naming the line that is no row */
export function readFactRows(lines: string): readonly FactRow[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line, place) => {
      const row = JSON.parse(line) as FactRow
      if (typeof row.provider !== 'string' || typeof row.model !== 'string')
        throw new Error(`line ${place + 1} of the model facts is no row: ${line.slice(0, 80)}`)
      return row
    })
}
