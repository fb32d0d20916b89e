import { Download } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { Measured, ReconcileKind, ReconcileRow } from '../../../../shared/api/reconcile.ts'
import { asNanoUsd } from '../../../../shared/money.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button, classes } from '../../../ui/button.tsx'
import { Choice } from '../../../ui/field.tsx'
import { formatCount, formatMoney, UNKNOWN } from '../../../ui/figures.ts'
import { Chip, Notice, type StatusTone } from '../../../ui/status.tsx'
import costs from '../costs.module.css'
import { leaveComparison, saveDifferences, showKind } from './actions.ts'
import { ChooseFile } from './choose-file.tsx'
import styles from './reconcile.module.css'
import type { ReconcileState } from './store.ts'
import { RECONCILE_TEXTS } from './texts.ts'

const KINDS: readonly ReconcileKind[] = ['differs', 'missing-here', 'missing-there', 'matched']
const TONES: Readonly<Record<ReconcileKind, StatusTone>> = { matched: 'ok', differs: 'warn', 'missing-here': 'bad', 'missing-there': 'info' }
const MEASURES = ['input', 'output', 'cost'] as const
/** A table of more rows than this makes a window of now stutter. */
const ROWS_AT_ONCE = 300

export function Result({ state }: { readonly state: Extract<ReconcileState, { is: 'ready' }> }): ReactElement {
  const texts = useTexts(RECONCILE_TEXTS)
  const { result, shown } = state
  const differences = result.rows.length - result.counts.matched
  const rows = shown === undefined ? result.rows : result.rows.filter(({ kind }) => kind === shown)
  return (
    <div className={styles.result}>
      <p role="status">
        {texts.summary(state.file, state.lines, result.provider, result.from, result.to)} {!result.byModel && texts.byDayOnly}
      </p>
      {differences === 0 && <Notice tone="ok">{texts.agree}</Notice>}
      <Totals state={state} />
      <div className={styles.actions}>
        <Choice
          label={texts.show}
          bar
          value={shown ?? 'all'}
          onValue={(value) => showKind(value === 'all' ? undefined : value)}
          options={[
            { value: 'all' as const, title: `${texts.all} ${formatCount(result.rows.length)}` },
            ...KINDS.map((kind) => ({ value: kind, title: `${texts.kinds[kind]} ${formatCount(result.counts[kind])}` })),
          ]}
        />
      </div>
      <Rows rows={rows} key={shown ?? 'all'} />
      <div className={styles.actions}>
        <Button icon={<Download aria-hidden />} disabled={differences === 0} onClick={saveDifferences}>
          {texts.save}
        </Button>
        <ChooseFile label={texts.again} />
        <Button variant="quiet" onClick={leaveComparison}>
          {texts.close}
        </Button>
      </div>
      <details className={styles.whys}>
        <summary>{texts.whyTitle}</summary>
        <ul>
          {texts.whys.map((why) => (
            <li key={why}>{why}</li>
          ))}
        </ul>
      </details>
    </div>
  )
}

function Totals({ state }: { readonly state: Extract<ReconcileState, { is: 'ready' }> }): ReactElement {
  const texts = useTexts(RECONCILE_TEXTS)
  const { theirs, ours, difference } = state.result
  return (
    <div className={classes(costs.tableBox, styles.tall)}>
      <table className={costs.table} aria-label={texts.totals}>
        <thead>
          <tr>
            <th scope="col">{texts.total}</th>
            <th scope="col">{texts.theirs}</th>
            <th scope="col">{texts.ours}</th>
            <th scope="col">{texts.difference}</th>
          </tr>
        </thead>
        <tbody>
          {MEASURES.map((of) => (
            <tr key={of}>
              <th scope="row">{texts.measures[of]}</th>
              <td>{written(of, theirs)}</td>
              <td>
                {written(of, ours)}
                {of === 'cost' && ours.unpriced > 0 && <span className={styles.note}> + {texts.unpriced(ours.unpriced)}</span>}
              </td>
              <td>{signed(of, difference)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Rows({ rows }: { readonly rows: readonly ReconcileRow[] }): ReactElement {
  const texts = useTexts(RECONCILE_TEXTS)
  const [count, setCount] = useState(ROWS_AT_ONCE)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <section className={classes(costs.tableBox, styles.tall)} tabIndex={0} aria-label={texts.rows}>
        <table className={costs.table}>
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                {texts.head.day}
              </th>
              <th scope="col" rowSpan={2}>
                {texts.head.model}
              </th>
              <th scope="col" rowSpan={2}>
                {texts.head.kind}
              </th>
              {MEASURES.map((of) => (
                <th key={of} scope="colgroup" colSpan={3}>
                  {texts.measures[of]}
                </th>
              ))}
            </tr>
            <tr>
              {MEASURES.flatMap((of) =>
                (['theirs', 'ours', 'difference'] as const).map((side) => (
                  <th key={`${of} ${side}`} scope="col">
                    {texts[side]}
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, count).map((row) => (
              <tr key={`${row.day} ${row.model}`}>
                <th scope="row">{row.day}</th>
                <td className={styles.model}>{row.model === '' ? texts.allModels : row.model}</td>
                <td>
                  <Chip tone={TONES[row.kind]}>{texts.kinds[row.kind]}</Chip>
                </td>
                {MEASURES.flatMap((of) => [
                  <td key={`${of} theirs`}>{written(of, row.theirs)}</td>,
                  <td key={`${of} ours`}>{written(of, row.ours)}</td>,
                  <td key={`${of} difference`}>{signed(of, row.difference)}</td>,
                ])}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > count && (
        <Button small onClick={() => setCount(count + ROWS_AT_ONCE)}>
          {texts.more(Math.min(ROWS_AT_ONCE, rows.length - count))}
        </Button>
      )}
    </>
  )
}

/** A dash where that side has nothing at all; `n/a` where it does not say. */
function written(of: keyof Measured, measured: Measured | undefined): string {
  if (measured === undefined) return '–'
  const value = measured[of]
  if (value === undefined) return UNKNOWN
  return of === 'cost' ? formatMoney(asNanoUsd(value)) : formatCount(value)
}

function signed(of: keyof Measured, measured: Measured): string {
  const value = measured[of]
  if (value === undefined) return UNKNOWN
  if (value === 0) return '0'
  const size = of === 'cost' ? formatMoney(asNanoUsd(Math.abs(value))) : formatCount(Math.abs(value))
  return `${value > 0 ? '+' : '−'}${size}`
}
