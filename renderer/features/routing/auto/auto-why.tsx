import type { ReactElement } from 'react'
import type { TrafficDetail } from '../../../../shared/api/traffic.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { words } from '../../../messages/words.ts'
import { formatMoney } from '../../../ui/figures.ts'
import styles from './auto.module.css'
import { DecisionLine, DecisionTable } from './decision-line.tsx'
import { JudgeAnswer } from './judge-answer.tsx'
import { AUTO_TEXTS } from './texts.ts'

/** Of a request in the ledger: why automatic routing chose as it did, if it did, and a word on the answer, whoever chose. */
export function AutoWhy({ detail: { record, exchange } }: { readonly detail: TrafficDetail }): ReactElement | null {
  const texts = useTexts(AUTO_TEXTS)
  const decision = exchange?.plan?.auto
  // nothing to learn from where nothing was answered, or what was asked is not kept
  const canJudge = record.outcome === 'ok' && record.servedBy !== undefined && exchange !== undefined && !exchange.truncated.includes('requestBody')
  const setAside = record.attempts.flatMap(({ endpoint, setAside: aside }) => (aside === undefined ? [] : [{ model: endpoint, ...aside }]))
  if (decision === undefined && !canJudge) return null
  return (
    <>
      {decision !== undefined && (
        <section className={styles.controls} aria-label={texts.why.title}>
          <h3>{texts.why.title}</h3>
          <DecisionLine decision={decision} cost={record.cost} servedBy={record.servedBy} />
          {setAside.length > 0 && (
            <ul className={styles.caveats} aria-label={texts.why.setAside}>
              {setAside.map(({ model, why, cost }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same model may be set aside twice, and none ever moves
                <li key={at}>{texts.why.setAsideItem(model, words(why), formatMoney(cost))}</li>
              ))}
            </ul>
          )}
          <DecisionTable decision={decision} />
        </section>
      )}
      {canJudge && <JudgeAnswer key={record.id} request={record.id} />}
    </>
  )
}
