import type { ReactElement } from 'react'
import type { AutoCalibration } from '../../../../shared/api/auto.ts'
import { hashOf } from '../../../frame/route.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Section } from '../../../ui/page.tsx'
import { Notice } from '../../../ui/status.tsx'
import routing from '../routing.module.css'
import styles from './auto.module.css'
import { formatShare, formatShareEnds } from './estimates.ts'
import { Figures } from './figures-table.tsx'
import { Judged } from './judged-chart.tsx'
import { useAuto } from './store.ts'
import { AUTO_TEXTS } from './texts.ts'

/** Fewer judgements than this, and ten parts of them are a handful each. */
const FEW = 50

/** Whether what was expected is what the user then judged, and where it was not. */
export function Calibration(): ReactElement | null {
  const all = useTexts(AUTO_TEXTS)
  const texts = all.calibration
  const report = useAuto((screen) => screen.report)
  if (report.is === 'failed') return <Notice tone="bad">{report.message}</Notice>
  if (report.is !== 'answered') return null
  const { judgements, brier, parts, regrets } = report.value.calibration
  if (judgements === 0) {
    return (
      <Section title={texts.title}>
        <p className={routing.faint}>{texts.none}</p>
      </Section>
    )
  }
  const { columns } = texts
  return (
    <Section title={texts.title}>
      <p className={routing.faint}>
        {texts.lead(judgements, brier.toFixed(3))} {judgements < FEW && texts.few}
      </p>
      <div className={styles.sides}>
        <div className={styles.controls}>
          <Judged label={texts.label} series={[{ name: columns.judged, parts }]} />
          <details className={styles.details}>
            <summary>{all.table}</summary>
            <Figures
              label={texts.title}
              columns={[columns.expected, columns.judged, columns.ends, columns.count]}
              rows={parts.map(({ expected, judged, count }, at) => ({
                key: String(at),
                cells: [formatShare(expected), formatShare(judged.mean), formatShareEnds(judged), String(count)],
              }))}
            />
          </details>
        </div>
        <Regrets regrets={regrets} />
      </div>
    </Section>
  )
}

function Regrets({ regrets }: Pick<AutoCalibration, 'regrets'>): ReactElement {
  const texts = useTexts(AUTO_TEXTS)
  return (
    <section className={styles.regrets} aria-label={texts.regrets.title}>
      <h3>{texts.regrets.title}</h3>
      {regrets.length === 0 && <p className={routing.faint}>{texts.regrets.none}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <ol className={styles.judgements} tabIndex={0} aria-label={texts.regrets.title}>
        {regrets.map(({ evidence: { id, prompt, model, quality, request }, expected }) => (
          <li key={id} className={styles.judgement}>
            <span className={styles.prompt} dir="auto">
              {prompt}
            </span>
            <span className={styles.small}>
              <code>{model}</code> ·{' '}
              {quality === 0 ? texts.regrets.item(formatShare(expected)) : texts.regrets.partly(formatShare(expected), formatShare(quality))}
              {request !== undefined && (
                <>
                  {' · '}
                  <a href={hashOf('traffic', request)}>{texts.request}</a>
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
