import type { ReactElement } from 'react'
import { useMirrored } from '../../../client/mirror.ts'
import { providers } from '../../../client/mirrors.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button, classes } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import costs from '../costs.module.css'
import { areEnough, chooseColumns, compareChosen, leaveComparison } from './actions.ts'
import styles from './reconcile.module.css'
import type { ReconcileState } from './store.ts'
import { RECONCILE_TEXTS } from './texts.ts'

const MEASURES = ['day', 'model', 'input', 'output', 'cost'] as const

/** For a file whose columns are not known: which holds what. */
export function ColumnsForm({ state }: { readonly state: Extract<ReconcileState, { is: 'columns' }> }): ReactElement {
  const all = useTexts(RECONCILE_TEXTS)
  const texts = all.columns
  const known = useMirrored(providers) ?? []
  const { chosen, header, sample, file } = state
  const enough = areEnough(chosen)
  return (
    <form
      className={styles.columns}
      onSubmit={(event) => {
        event.preventDefault()
        void compareChosen()
      }}
    >
      <p>{texts.lead(file)}</p>
      <div className={styles.selects}>
        <Field label={texts.provider}>
          {(wiring) => (
            <select {...wiring} className={styles.select} value={chosen.provider} onChange={(event) => chooseColumns({ provider: event.target.value })}>
              <option value="">{texts.pick}</option>
              {known
                .filter(({ simulated }) => !simulated)
                .map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
            </select>
          )}
        </Field>
        {MEASURES.map((of) => (
          <Field key={of} label={texts.names[of]}>
            {(wiring) => (
              <select {...wiring} className={styles.select} value={chosen[of]} onChange={(event) => chooseColumns({ [of]: event.target.value })}>
                <option value="">{of === 'day' ? texts.pick : texts.none}</option>
                {[...new Set(header)]
                  .filter((name) => name !== '')
                  .map((name) => (
                    <option key={name} value={name}>
                      {name}
                    </option>
                  ))}
              </select>
            )}
          </Field>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <section className={classes(costs.tableBox, styles.tall)} tabIndex={0} aria-label={texts.sample}>
        <table className={costs.table}>
          <thead>
            <tr>
              {header.map((name, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
                <th key={place} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sample.map((row, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing else
              <tr key={line}>
                {row.map((cell, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells have nothing else
                  <td key={place}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className={styles.actions}>
        <Button type="submit" disabled={!enough}>
          {texts.compare}
        </Button>
        <Button variant="quiet" onClick={leaveComparison}>
          {all.cancel}
        </Button>
        {!enough && <span className={styles.note}>{texts.notEnough}</span>}
      </div>
    </form>
  )
}
