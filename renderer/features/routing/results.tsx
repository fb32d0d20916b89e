import { type ReactElement, useEffect } from 'react'
import type { ArmResult } from '../../../shared/api/routing.ts'
import { useTexts } from '../../i18n/texts.ts'
import { formatMoney, formatSpan } from '../../ui/figures.ts'
import { Section } from '../../ui/page.tsx'
import { Notice } from '../../ui/status.tsx'
import { loadResults } from './actions.ts'
import { Pairs } from './pairs.tsx'
import styles from './routing.module.css'
import { useResults } from './store.ts'
import { ROUTING_TEXTS } from './texts.ts'

const MISSING = 'n/a'

/** What became of splits and shadow runs in the last week. */
export function Results(): ReactElement | null {
  const texts = useTexts(ROUTING_TEXTS).results
  const results = useResults((state) => state.results)
  useEffect(() => void loadResults(), [])
  if (results.is === 'failed') return <Notice tone="bad">{results.message}</Notice>
  if (results.is !== 'answered') return null
  const { splits, shadows, pairs } = results.value
  return (
    <Section title={texts.title}>
      {splits.length + shadows.length === 0 ? <p className={styles.faint}>{texts.empty}</p> : <Table rows={[...splits, ...shadows]} />}
      {pairs.length > 0 && <Pairs pairs={pairs} />}
    </Section>
  )
}

function Table({ rows }: { readonly rows: readonly ArmResult[] }): ReactElement {
  const { columns, title, original, shadow } = useTexts(ROUTING_TEXTS).results
  const armOf = ({ arm }: ArmResult): string => (arm === 'original' ? original : arm === 'shadow' ? shadow : arm)
  const spanOf = ({ p50, p95 }: ArmResult['totalMs']): string => (p50 === undefined || p95 === undefined ? MISSING : `${formatSpan(p50)} / ${formatSpan(p95)}`)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={`${title}, ${columns.arm}`}>
      <table className={styles.table}>
        <thead>
          <tr>
            {[columns.name, columns.arm].map((each) => (
              <th key={each} scope="col">
                {each}
              </th>
            ))}
            {[columns.requests, columns.failed, columns.cost, columns.first, columns.whole].map((each) => (
              <th key={each} scope="col" data-number>
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.name} ${row.arm}`}>
              <th scope="row">{row.name}</th>
              <td>{armOf(row)}</td>
              <td data-number>{row.requests}</td>
              <td data-number>{row.failed}</td>
              {/* some of it unknown: at least so much */}
              <td data-number>{row.unpriced > 0 ? `≥ ${formatMoney(row.cost)}` : formatMoney(row.cost)}</td>
              <td data-number>{spanOf(row.firstEventMs)}</td>
              <td data-number>{spanOf(row.totalMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
