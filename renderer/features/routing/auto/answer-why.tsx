import { type ReactElement, useEffect, useState } from 'react'
import type { AutoDecision } from '../../../../shared/auto.ts'
import type { RequestId } from '../../../../shared/ids.ts'
import type { NanoUsd } from '../../../../shared/money.ts'
import { client } from '../../../client/client.ts'
import styles from './auto.module.css'
import { DecisionLine } from './decision-line.tsx'
import { JudgeAnswer } from './judge-answer.tsx'

/** Beneath an answer that automatic routing gave to somebody: why, and a word back. Nothing where it did not choose, or where that was not kept. */
export function AnswerWhy({ request, cost }: { readonly request: RequestId; readonly cost: NanoUsd | undefined }): ReactElement | null {
  const [decision, setDecision] = useState<AutoDecision>()
  useEffect(() => {
    let left = false
    void client['traffic.get']({ id: request }).then((result) => {
      if (!left && result.ok) setDecision(result.value.exchange?.plan?.auto)
    })
    return () => {
      left = true
    }
  }, [request])
  if (decision === undefined) return null
  return (
    <div className={styles.answerWhy}>
      <DecisionLine decision={decision} cost={cost} />
      <JudgeAnswer request={request} />
    </div>
  )
}
