import type { ReactElement } from 'react'
import type { ShippedWeights } from '../../../../shared/api/auto.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { formatBytes, formatCount } from '../../../ui/figures.ts'
import { Section } from '../../../ui/page.tsx'
import routing from '../routing.module.css'
import styles from './auto.module.css'
import charts from './charts.module.css'
import { formatShare } from './estimates.ts'
import { Figures } from './figures-table.tsx'
import { Frame } from './frame.tsx'
import { pathOf } from './plot.ts'
import { AUTO_TEXTS } from './texts.ts'

const SIZE = { width: 300, height: 180, left: 44, bottom: 36 } as const

/** What the file of sources says of questions that come from nowhere else. */
const WRITTEN_HERE = 'written for this project'

/** What the shipped weights were trained on, how they did, and what that does not show. */
export function ProvenanceSection({ shipped }: { readonly shipped: ShippedWeights }): ReactElement {
  const all = useTexts(AUTO_TEXTS)
  const texts = all.provenance
  const { learnedFrom, measured } = shipped
  const questions = learnedFrom.reduce((sum, { questions: count }) => sum + count, 0)
  return (
    <Section title={texts.title}>
      <p className={routing.faint}>{texts.lead(formatCount(questions), formatBytes(shipped.bytes))}</p>
      <Figures
        label={texts.title}
        words={3}
        wrap
        columns={[texts.columns.set, texts.columns.origin, texts.columns.licence, texts.columns.count]}
        rows={learnedFrom.map(({ file, questions: count, origin, licence }) => ({
          key: file,
          cells: [file, origin === WRITTEN_HERE ? texts.writtenHere : origin, licence, formatCount(count)],
        }))}
      />
      <h3>{texts.measured}</h3>
      <p className={routing.faint}>{texts.measuredHint}</p>
      <div className={charts.multiples}>
        {measured.map((one) => (
          <MeasuredCurve key={one.set} measured={one} />
        ))}
      </div>
      <h3>{texts.doesNotShow}</h3>
      <ul className={styles.caveats}>
        {texts.caveats.map((caveat) => (
          <li key={caveat}>{caveat}</li>
        ))}
      </ul>
    </Section>
  )
}

function MeasuredCurve({ measured }: { readonly measured: ShippedWeights['measured'][number] }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).provenance
  const { set, strong, weak, apgr, cpt50, cpt80, qualityByTwentieth: quality } = measured
  const last = quality.length - 1
  const name = texts.figure(set, strong, weak)
  const figures = texts.curve(apgr.toFixed(3), formatShare(cpt50), formatShare(cpt80))
  const ends = [Math.min(...quality), Math.max(...quality)] as const
  return (
    <figure className={charts.chart}>
      <figcaption className={styles.small}>{name}</figcaption>
      <Frame
        size={SIZE}
        label={`${name}. ${figures}`}
        x={{ ends: [0, 1], title: texts.axes, format: formatShare, ticks: 4 }}
        y={{ ends, title: '', format: formatShare, ticks: 3 }}
      >
        {({ x, y }) => (
          <>
            <path
              className={charts.lot}
              d={pathOf([
                [x(0), y(quality[0] ?? 0)],
                [x(1), y(quality[last] ?? 0)],
              ])}
            />
            <path className={charts.line} d={pathOf(quality.map((value, at) => [x(at / last), y(value)]))} />
          </>
        )}
      </Frame>
      <p className={routing.faint}>{figures}</p>
    </figure>
  )
}
