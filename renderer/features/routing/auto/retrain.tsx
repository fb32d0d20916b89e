import { GraduationCap, Undo2 } from 'lucide-react'
import type { ReactElement } from 'react'
import type { AutoOverview, RetrainResult } from '../../../../shared/api/auto.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button } from '../../../ui/button.tsx'
import { formatDay } from '../../../ui/figures.ts'
import { Section } from '../../../ui/page.tsx'
import { Notice } from '../../../ui/status.tsx'
import routing from '../routing.module.css'
import { cancelRetraining, retrain, undoRetraining } from './actions.ts'
import styles from './auto.module.css'
import { formatShare } from './estimates.ts'
import { Figures } from './figures-table.tsx'
import { Judged } from './judged-chart.tsx'
import { useAuto, useRetraining } from './store.ts'
import { AUTO_TEXTS } from './texts.ts'

/** Fits the weights to the user's judgements, shows what that did, and takes it back. */
export function Retrain({ overview }: { readonly overview: AutoOverview }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).retraining
  const state = useRetraining()
  const evidence = useAuto((screen) => screen.evidence)
  const count = evidence.is === 'answered' ? evidence.value.length : overview.evidence
  const { retrained } = overview
  return (
    <Section title={texts.title}>
      <p className={routing.faint}>{texts.lead}</p>
      <p className={routing.faint}>{retrained === undefined ? texts.shipped : texts.inUse(retrained.note, formatDay(retrained.at))}</p>
      <div className={routing.savingLine}>
        {state.is === 'running' ? (
          <Button onClick={cancelRetraining}>{texts.cancel}</Button>
        ) : (
          <Button icon={<GraduationCap aria-hidden size={16} />} disabled={count === 0} onClick={() => void retrain()}>
            {texts.start(count)}
          </Button>
        )}
        {retrained !== undefined && state.is !== 'running' && (
          <Button icon={<Undo2 aria-hidden size={16} />} onClick={() => void undoRetraining()}>
            {texts.back}
          </Button>
        )}
        {state.is === 'running' && (
          <span role="status" className={styles.progress}>
            <progress aria-label={texts.title} value={state.done} max={state.of} /> {texts.progress(state.done, state.of)}
          </span>
        )}
      </div>
      {state.is === 'failed' && <Notice tone="bad">{state.message}</Notice>}
      {state.is === 'cancelled' && <Notice tone="info">{texts.cancelled}</Notice>}
      {state.is === 'done' && <Result result={state.result} />}
    </Section>
  )
}

function Result({ result }: { readonly result: RetrainResult }): ReactElement {
  const all = useTexts(AUTO_TEXTS)
  const texts = all.retraining
  if (result.is === 'too-few') return <Notice tone="info">{texts.tooFew(result.have, result.need)}</Notice>
  const { before, after } = result
  const errors = [before.brier.toFixed(3), after.brier.toFixed(3)] as const
  const { columns } = all.calibration
  const series = [
    { name: texts.curves.before, parts: before.parts },
    { name: texts.curves.after, parts: after.parts },
  ]
  return (
    <>
      <Notice tone={result.is === 'better' ? 'ok' : 'info'}>{result.is === 'better' ? texts.better(...errors) : texts.noBetter(...errors)}</Notice>
      <Judged label={texts.label} series={series} />
      <details className={styles.details}>
        <summary>{all.table}</summary>
        <Figures
          label={texts.title}
          words={2}
          columns={[texts.when, columns.expected, columns.judged, columns.count]}
          rows={series.flatMap(({ name, parts }) =>
            parts.map(({ expected, judged }, at) => ({
              key: `${name} ${at}`,
              cells: [name, formatShare(expected), formatShare(judged), String((name === texts.curves.before ? before : after).parts[at]?.count ?? 0)],
            })),
          )}
        />
      </details>
    </>
  )
}
