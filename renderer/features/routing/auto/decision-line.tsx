import type { ReactElement } from 'react'
import type { AutoBaseline, AutoDecision } from '../../../../shared/auto.ts'
import type { EndpointId } from '../../../../shared/ids.ts'
import type { NanoUsd } from '../../../../shared/money.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { words } from '../../../messages/words.ts'
import { formatMoney } from '../../../ui/figures.ts'
import styles from './auto.module.css'
import { formatShare } from './estimates.ts'
import { Figures } from './figures-table.tsx'
import { AUTO_TEXTS } from './texts.ts'

/** In spreads of the training questions; the words for them stand in the texts. */
const HARDNESS_UP_TO = [-1, -0.3, 0.3, 1]

export interface DecisionLineProps {
  readonly decision: AutoDecision
  /** What the answer did cost; undefined: not known, or not yet. */
  readonly cost: NanoUsd | undefined
  /** Who did answer, where that is known. */
  readonly servedBy?: EndpointId | undefined
}

/** One line: why this model, what it was expected to cost and did, the runner-up, and the rival to compare with. */
export function DecisionLine({ decision, cost, servedBy }: DecisionLineProps): ReactElement | null {
  const all = useTexts(AUTO_TEXTS)
  const texts = all.why
  const [chosen, runnerUp] = decision.order
  if (chosen === undefined) return null
  const rank = HARDNESS_UP_TO.findIndex((most) => decision.difficulty <= most)
  const hardness = texts.hardness.at(rank) ?? ''
  // the best is no rival of itself, and then the cheap one is
  const baseline = decision.baselines.find(({ model }) => model !== chosen.model)
  const parts = [
    texts.chosen(all.tasks[decision.task], hardness, chosen.model, words(chosen.why)),
    texts.expected(formatShare(chosen.quality), formatMoney(chosen.cost)),
    ...(decision.firstTry === undefined ? [] : [texts.first(decision.firstTry.model)]),
    ...(servedBy === undefined || servedBy === chosen.model ? [] : [texts.answered(servedBy)]),
    ...(cost === undefined ? [] : [texts.actual(formatMoney(cost))]),
    ...(decision.confidence === 'unsure' ? [texts.unsure] : []),
    ...(runnerUp === undefined ? [] : [texts.runnerUp(runnerUp.model, formatShare(runnerUp.quality), formatMoney(runnerUp.cost))]),
    ...(baseline === undefined ? [] : [texts.baselines[baseline.against](baseline.model, formatShare(baseline.quality), formatMoney(baseline.cost))]),
  ]
  return <p className={styles.decision}>{`${parts.join('; ')}.`}</p>
}

/** The choice and its three rivals in figures. */
export function DecisionTable({ decision: { order, baselines } }: Pick<DecisionLineProps, 'decision'>): ReactElement | null {
  const texts = useTexts(AUTO_TEXTS).why
  const [chosen] = order
  if (chosen === undefined) return null
  const rows = [
    { name: texts.chosenRow, ...chosen, mix: undefined },
    ...baselines.map((baseline) => ({ name: texts.rivalRows[baseline.against], ...baseline, mix: baseline.mix })),
  ]
  return (
    <Figures
      label={texts.rivals}
      words={2}
      wrap
      columns={[texts.columns.what, texts.columns.model, texts.columns.quality, texts.columns.cost]}
      rows={rows.map(({ name, model, mix, quality, cost }) => ({
        key: name,
        cells: [name, <Model key={model} model={model} mix={mix} />, formatShare(quality), formatMoney(cost)],
      }))}
    />
  )
}

function Model({ model, mix }: Pick<AutoBaseline, 'model' | 'mix'> | { readonly model: string; readonly mix: undefined }): ReactElement {
  if (mix === undefined) return <code>{model}</code>
  return (
    <>
      <code>{mix[0]}</code>, <code>{mix[1]}</code>
    </>
  )
}
