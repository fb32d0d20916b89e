import { type FormEvent, type ReactElement, useState } from 'react'
import type { BudgetState } from '../../../shared/api/budgets.ts'
import { useMirrored } from '../../client/mirror.ts'
import { clientKeys, settings } from '../../client/mirrors.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Choice, TextField } from '../../ui/field.tsx'
import { formatMoment, formatMoney } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { Panel, Section } from '../../ui/page.tsx'
import { setBudget, setUnpriced } from './actions.ts'
import styles from './costs.module.css'
import { budgets } from './store.ts'
import { COSTS_TEXTS } from './texts.ts'

const PERIODS = ['day', 'month'] as const
type Period = (typeof PERIODS)[number]
/** From there on it is nearly spent. */
const WARN_SHARE = 0.8

/** What may be spent in a day and in a month: by everybody, and by each client key. */
export function Budgets(): ReactElement | null {
  const texts = useTexts(COSTS_TEXTS).budgets
  const states = useMirrored(budgets)
  const clients = useMirrored(clientKeys)
  if (states === undefined || clients === undefined) return null
  return (
    <Section title={texts.title} hint={texts.hint}>
      <Panel>
        <Row client={undefined} name={texts.everybody} states={states} />
        {clients.map(({ id, name }) => (
          <Row key={id} client={id} name={name} states={states} />
        ))}
        <Unpriced />
      </Panel>
    </Section>
  )
}

const UNPRICED = ['refuse', 'let-through'] as const

/** Such requests count nothing, so no budget can be held over them. */
function Unpriced(): ReactElement | null {
  const texts = useTexts(COSTS_TEXTS).budgets.unpriced
  const now = useMirrored(settings)
  if (now === undefined) return null
  return (
    <div className={styles.unpriced}>
      <Choice
        label={texts.label}
        value={now.budgets.unpriced}
        onValue={(unpriced) => void setUnpriced(unpriced)}
        options={UNPRICED.map((value) => ({ value, ...texts.options[value] }))}
      />
    </div>
  )
}

interface RowProps {
  readonly client: string | undefined
  readonly name: string
  readonly states: readonly BudgetState[]
}

function Row({ client, name, states }: RowProps): ReactElement {
  const texts = useTexts(COSTS_TEXTS).budgets
  const stateOf = (period: Period): BudgetState | undefined => states.find((state) => state.client?.id === client && state.period === period)
  return (
    <fieldset className={styles.budget} aria-label={texts.of(name)}>
      <span className={styles.budgetName}>{name}</span>
      {PERIODS.map((period) => {
        const state = stateOf(period)
        // mounted anew when the limit changes elsewhere, so that the field never shows an old one
        return <Limit key={`${period} ${state?.limit ?? ''}`} client={client} period={period} state={state} other={stateOf(otherOf(period))} />
      })}
    </fieldset>
  )
}

interface LimitProps {
  readonly client: string | undefined
  readonly period: Period
  readonly state: BudgetState | undefined
  /** The other period's, which is sent along. */
  readonly other: BudgetState | undefined
}

function Limit({ client, period, state, other }: LimitProps): ReactElement {
  const texts = useTexts(COSTS_TEXTS).budgets
  const [text, setText] = useState(state === undefined ? '' : String(state.limit / 1e9))
  const [failure, setFailure] = useState<string>()
  const typed = text.trim().replace(',', '.')
  const usd = typed === '' ? null : Number(typed)
  const unreadable = usd !== null && !(usd >= 0 && Number.isFinite(usd))
  async function save(): Promise<void> {
    if (unreadable || usd === (state === undefined ? null : state.limit / 1e9)) return
    const rest = other === undefined ? null : other.limit / 1e9
    const failed = await setBudget(client, period === 'day' ? { day: usd, month: rest } : { day: rest, month: usd })
    setFailure(failed?.message)
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    void save()
  }
  return (
    <form className={styles.budgetLimit} onSubmit={onSubmit}>
      <TextField
        label={texts.periods[period]}
        inputMode="decimal"
        placeholder={texts.none}
        unit="$"
        value={text}
        onValue={setText}
        onBlur={() => void save()}
        error={unreadable ? texts.refused : failure}
      />
      {state !== undefined && <Standing state={state} />}
    </form>
  )
}

function Standing({ state: { limit, spent, reserved, resetsAt, period } }: { readonly state: BudgetState }): ReactElement {
  const texts = useTexts(COSTS_TEXTS).budgets
  const now = useNow(60_000)
  const share = limit === 0 ? 1 : spent / limit
  const words = texts.spent(formatMoney(spent), formatMoney(limit), formatMoment(resetsAt, now))
  return (
    <>
      <meter
        className={styles.meter}
        aria-label={texts.periods[period]}
        min={0}
        max={1}
        high={WARN_SHARE}
        optimum={0}
        value={Math.min(1, share)}
        title={words}
      />
      <span className={share >= WARN_SHARE ? styles.warning : styles.note}>
        {words}
        {reserved > 0 && ` ${texts.reserved(formatMoney(reserved))}`}
      </span>
    </>
  )
}

function otherOf(period: Period): Period {
  return period === 'day' ? 'month' : 'day'
}
