import type { ReactElement } from 'react'
import { asNanoUsd } from '../../../shared/money.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { formatMoney } from '../../ui/figures.ts'
import { startAll, useCostQuestion } from './actions.ts'
import { texts } from './texts.ts'

/** Asks before a run whose estimate is above the cap. */
export function CostQuestion(): ReactElement {
  const t = useTexts(texts)
  const question = useCostQuestion((state) => state.open)
  return (
    <Confirm
      open={question !== undefined}
      onClose={() => useCostQuestion.setState({ open: undefined })}
      title={t.cost.title}
      action={t.cost.run}
      variant="primary"
      onConfirm={async () => {
        startAll()
        return undefined
      }}
    >
      {question !== undefined && t.cost.body(`${formatMoney(question.cost)}${question.unknown > 0 ? '+' : ''}`, formatMoney(asNanoUsd(question.cap)))}
    </Confirm>
  )
}
