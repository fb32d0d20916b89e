import type { ReactElement } from 'react'
import { useTexts } from '../../../i18n/texts.ts'
import { Section } from '../../../ui/page.tsx'
import routing from '../routing.module.css'
import { formatPoints, formatSaved } from './estimates.ts'
import { Figures } from './figures-table.tsx'
import { useAuto } from './store.ts'
import { AUTO_TEXTS } from './texts.ts'

/** What the choices of the past saved, against three rivals. */
export function Savings(): ReactElement | null {
  const texts = useTexts(AUTO_TEXTS).savings
  const report = useAuto((screen) => screen.report)
  if (report.is !== 'answered') return null
  const { requests, against } = report.value.savings
  if (requests === 0) {
    return (
      <Section title={texts.title}>
        <p className={routing.faint}>{texts.none}</p>
      </Section>
    )
  }
  const { columns, rivals, points } = texts
  return (
    <Section title={texts.title}>
      <p className={routing.faint}>{texts.lead(requests)}</p>
      <Figures
        label={texts.title}
        columns={[columns.rival, columns.saved, columns.quality, columns.requests]}
        rows={against.map(({ baseline, saved, quality, requests: count }) => ({
          key: baseline,
          cells: [
            rivals[baseline],
            count === 0 ? '–' : formatSaved(saved),
            count === 0 ? '–' : points(formatPoints(quality.mean), formatPoints(quality.low), formatPoints(quality.high)),
            String(count),
          ],
        }))}
      />
      {against.some(({ saved }) => saved < 0) && <p className={routing.faint}>{texts.dearer}</p>}
    </Section>
  )
}
