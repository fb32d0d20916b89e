import { ChartColumnStacked, Download, RotateCw } from 'lucide-react'
import { type ReactElement, useEffect } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { Choice, TextField } from '../../ui/field.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { chooseDays, chooseDimension, choosePreset, followCosts, loadReport, saveCsv } from './actions.ts'
import { Budgets } from './budgets.tsx'
import { Cards } from './cards.tsx'
import { Chart, DayTable, GroupTable } from './chart.tsx'
import styles from './costs.module.css'
import { COST_DIMENSION_IDS } from './dimensions.ts'
import { PRESETS, spanOf } from './ranges.ts'
import { Reconcile } from './reconcile/view.tsx'
import { useChoices, useReport } from './store.ts'
import { COSTS_TEXTS } from './texts.ts'

export function CostsView(): ReactElement {
  const texts = useTexts(COSTS_TEXTS)
  const state = useReport()
  useEffect(followCosts, [])
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      actions={
        state.is === 'ready' &&
        state.value.groups.length > 0 && (
          <Button icon={<Download aria-hidden />} onClick={() => saveCsv(state.value)}>
            {texts.csv}
          </Button>
        )
      }
    >
      <Choices />
      {state.is === 'loading' && <Skeleton rows={10} label={texts.loading} />}
      {state.is === 'failed' && (
        <EmptyState icon={<ChartColumnStacked />} title={texts.failed} tone="bad">
          <p>{state.failure.message}</p>
          <Button icon={<RotateCw aria-hidden />} onClick={() => void loadReport()}>
            {texts.tryAgain}
          </Button>
        </EmptyState>
      )}
      {state.is === 'ready' && state.value.groups.length === 0 && (
        <EmptyState icon={<ChartColumnStacked />} title={texts.emptyTitle}>
          <p>{texts.empty}</p>
        </EmptyState>
      )}
      {state.is === 'ready' && state.value.groups.length > 0 && (
        <>
          <Cards report={state.value} />
          <Section title={texts.table}>
            <Chart report={state.value} />
            <GroupTable report={state.value} />
            <DayTable report={state.value} />
          </Section>
        </>
      )}
      <Budgets />
      <Reconcile />
    </Page>
  )
}

function Choices(): ReactElement {
  const texts = useTexts(COSTS_TEXTS)
  const { range, by } = useChoices()
  const refused = range.preset === 'custom' && spanOf(range, Date.now()) === undefined
  return (
    <div className={styles.choices}>
      <Choice label={texts.range} bar value={range.preset} onValue={choosePreset} options={PRESETS.map((value) => ({ value, title: texts.presets[value] }))} />
      {range.preset === 'custom' && (
        <>
          <TextField label={texts.first} type="date" value={range.first} onValue={(first) => chooseDays({ first })} />
          <TextField
            label={texts.last}
            type="date"
            value={range.last}
            onValue={(last) => chooseDays({ last })}
            error={refused ? texts.daysRefused : undefined}
          />
        </>
      )}
      <Choice
        label={texts.by}
        bar
        value={by}
        onValue={chooseDimension}
        options={COST_DIMENSION_IDS.map((value) => ({ value, title: texts.dimensions[value] }))}
      />
    </div>
  )
}
