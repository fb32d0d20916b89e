/**
 * The user's own evidence as automatic routing holds it: the judgements, an index of their words for every decision, and the fit of each judged model.
 * The fit is made anew when evidence has come or gone, a moment later and in small steps between which requests are served; a decision takes what is
 * there and waits for nothing. Where the user has an embedder for it, judgements get vectors by it, in portions, beside everything else.
 */
import { createHash } from 'node:crypto'
import type { Evidence, Tier } from '../../shared/auto.ts'
import type { EndpointId, Ms } from '../../shared/ids.ts'
import { type AutoEmbedding, embeddedText } from './auto-embedding.ts'
import { type EvidenceIndex, indexEvidence, type Judgement, judgementOf, MOST_EVIDENCE, NO_EVIDENCE, weightAt } from './routing/auto/evidence.ts'
import { expectedQuality } from './routing/auto/expected-quality.ts'
import { type FitJudgement, type FitPrompt, fitOwn, fitPromptOf, NO_FIT, type OwnFit } from './routing/auto/own-fit.ts'
import type { OwnQualities } from './routing/auto/quality-table.ts'
import { type PromptReading, readPrompt } from './routing/auto/read-prompt.ts'
import type { Weights } from './routing/auto/weights.ts'
import type { Storage } from './storage/storage.ts'

export interface LearningStages {
  readonly storage: Pick<Storage, 'putEvidence' | 'removeEvidence' | 'embedEvidence'>
  /** The embedder to go by; undefined: none, or none that prompts may be sent to. */
  readonly embedding: () => AutoEmbedding | undefined
  readonly tierFor: (model: EndpointId) => Tier
  readonly qualities: () => OwnQualities
  readonly now: () => Ms
  readonly onError: (error: Error) => void
}

/** Judgements come in bunches; one fit does for all of them. */
const FIT_AFTER_MS = 300
/** Prompts read between two pauses. */
const READ_AT_A_TIME = 10
/** Prompts of one call of the embedder. */
const EMBEDDED_AT_A_TIME = 32

export class AutoLearning {
  readonly #stages: LearningStages
  readonly #judgements = new WeakMap<Evidence, Judgement>()
  #weights: Weights | undefined
  #readings = new Map<string, { readonly reading: PromptReading; readonly prompt: FitPrompt }>()
  #evidence: readonly Evidence[] = []
  #index: EvidenceIndex = NO_EVIDENCE
  #fit: OwnFit = NO_FIT
  #timer: NodeJS.Timeout | undefined
  #fitting: Promise<void> | undefined
  #isStale = false

  constructor(stages: LearningStages) {
    this.#stages = stages
  }

  get evidence(): readonly Evidence[] {
    return this.#evidence
  }

  get index(): EvidenceIndex {
    return this.#index
  }

  get fit(): OwnFit {
    return this.#fit
  }

  /** Takes up what is stored, or goes on with other weights. */
  use(weights: Weights, evidence: readonly Evidence[] = this.#evidence): void {
    this.#weights = weights
    this.#readings.clear()
    this.#replace(evidence)
  }

  async add({ signal, model, prompt, ...rest }: Omit<Evidence, 'id' | 'at'>): Promise<Evidence> {
    // the same judgement said twice counts once
    const id = createHash('sha256').update(`${signal}\n${model}\n${prompt}`).digest('hex').slice(0, 32)
    const added: Evidence = { ...rest, signal, model, prompt, id, at: this.#stages.now() }
    await this.#stages.storage.putEvidence(added)
    this.#replace([added, ...this.#evidence.filter((one) => one.id !== id)])
    return added
  }

  async remove(id: string): Promise<void> {
    await this.#stages.storage.removeEvidence(id)
    this.#replace(this.#evidence.filter((one) => one.id !== id))
  }

  #replace(evidence: readonly Evidence[]): void {
    this.#evidence = evidence.slice(0, MOST_EVIDENCE)
    this.#isStale = true
    this.#timer ??= setTimeout(() => void this.settled(), FIT_AFTER_MS).unref()
  }

  /** Goes over to the embedder in use, once that is another. Called for every decision. */
  follow(): void {
    if (this.#weights === undefined || this.#index.embedder === this.#stages.embedding()?.id) return
    this.#replace(this.#evidence)
  }

  /** Resolves once index and fit are of the evidence at hand. */
  settled(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#fitting ??= this.#refit()
      .catch(this.#stages.onError)
      .finally(() => {
        this.#fitting = undefined
      })
    return this.#fitting
  }

  async #refit(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false
      const weights = this.#weights
      if (weights === undefined) return
      this.#reindex()
      const fit = await fitOwn(await this.#judged(weights, this.#evidence), pause)
      // weights that changed meanwhile make this fit one of yesterday's
      if (this.#weights === weights) this.#fit = fit
      await this.#embed()
    }
  }

  #reindex(): void {
    this.#index = indexEvidence(
      this.#evidence.map((one) => this.#judgement(one)),
      this.#stages.embedding()?.id,
    )
  }

  /** Gives vectors to judgements that have none of the embedder in use. Where that fails they are found by their words, until the next time. */
  async #embed(): Promise<void> {
    const embedding = this.#stages.embedding()
    if (embedding === undefined) return
    const leaves = embedding.at !== undefined && !embedding.at.runsLocally
    const lacking = this.#evidence.filter(({ embedder, stays }) => embedder !== embedding.id && !(leaves && stays === true))
    for (let at = 0; at < lacking.length && !this.#isStale; at += EMBEDDED_AT_A_TIME) {
      const portion = lacking.slice(at, at + EMBEDDED_AT_A_TIME)
      try {
        const vectors = await embedding.embed(portion.map(({ prompt }) => embeddedText(prompt)))
        await this.#keep(embedding.id, portion, vectors)
      } catch (thrown) {
        embedding.onFailure(thrown instanceof Error ? thrown : new Error(String(thrown)))
        return
      }
    }
  }

  async #keep(embedder: string, portion: readonly Evidence[], vectors: readonly Float32Array[]): Promise<void> {
    const made = new Map(portion.flatMap(({ id }, place) => (vectors[place] === undefined ? [] : [[id, vectors[place]] as const])))
    await this.#stages.storage.embedEvidence(
      embedder,
      [...made].map(([id, vector]) => ({ id, vector })),
    )
    this.#evidence = this.#evidence.map((one) => {
      const vector = made.get(one.id)
      return vector === undefined ? one : { ...one, embedder, embedding: Array.from(vector) }
    })
    this.#reindex()
  }

  async #judged(weights: Weights, evidence: readonly Evidence[]): Promise<readonly FitJudgement[]> {
    const judged: FitJudgement[] = []
    const readings = new Map<string, { readonly reading: PromptReading; readonly prompt: FitPrompt }>()
    const now = this.#stages.now()
    for (const [at, one] of evidence.entries()) {
      let read = readings.get(one.prompt) ?? this.#readings.get(one.prompt)
      if (read === undefined) {
        if (at % READ_AT_A_TIME === 0) await pause()
        const reading = readPrompt(weights, { text: one.prompt, inputTokens: 0, inToolLoop: false, tools: 0 })
        read = { reading, prompt: fitPromptOf(weights, reading) }
      }
      readings.set(one.prompt, read)
      const { reading, prompt } = read
      const expected = expectedQuality(weights.slopes, reading.task, this.#stages.tierFor(one.model), reading, this.#stages.qualities())
      judged.push({ prompt, model: one.model, quality: one.quality, expected, weight: weightAt(this.#judgement(one), now) })
    }
    this.#readings = readings
    return judged
  }

  #judgement(evidence: Evidence): Judgement {
    const known = this.#judgements.get(evidence)
    if (known !== undefined) return known
    const judgement = judgementOf(evidence)
    this.#judgements.set(evidence, judgement)
    return judgement
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
