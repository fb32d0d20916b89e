/** A provider's own count of a day and model held against ours. Pure: the export's sums and the ledger's go in. */
import type { ExportGroup, Measured, MeasuredHere, ReconcileKind, ReconcileRow, Reconciliation } from '../../../shared/api/reconcile.ts'
import type { IsoDate } from '../../../shared/ids.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import type { UsageSpan, UsageSums } from '../storage/usage.ts'
import { modelKey } from './model-key.ts'

const DAY_MS = 86_400_000

/** Providers round, and put a request near midnight on the other day: so little is no difference. */
const TOKEN_TOLERANCE = 0.005
const COST_TOLERANCE = 0.01
/** Anthropic's cost export rounds each of its lines to a cent. */
const COST_TOLERANCE_NANO_USD = 10_000_000

/** The days in UTC from the first to the last of the groups, without a gap. */
export function utcDays(groups: readonly Pick<ExportGroup, 'day'>[]): readonly (UsageSpan & { readonly day: IsoDate })[] {
  const days = groups.map(({ day }) => Date.parse(day))
  if (days.length === 0) return []
  const first = days.reduce((one, other) => Math.min(one, other))
  const last = days.reduce((one, other) => Math.max(one, other))
  return Array.from({ length: (last - first) / DAY_MS + 1 }, (_, index) => {
    const from = first + index * DAY_MS
    return { from, until: from + DAY_MS, day: new Date(from).toISOString().slice(0, 10) }
  })
}

/** `sums` holds the ledger's rows for each of `utcDays(groups)`. Simulated answers and other providers' are left out. */
export function reconcile(provider: string, groups: readonly ExportGroup[], sums: readonly (readonly UsageSums[])[]): Reconciliation {
  const days = utcDays(groups)
  // an export that leaves the model out anywhere can be compared by day alone
  const byModel = groups.every(({ model }) => model !== '')
  const keyOf = (model: string): string => (byModel ? modelKey(model, provider) : '')
  const says = saysOf(groups)
  const groupsByDay = Map.groupBy(groups, ({ day }) => day)

  const rows = days.flatMap(({ day }, index): readonly ReconcileRow[] => {
    const theirs = Map.groupBy(groupsByDay.get(day) ?? [], ({ model }) => keyOf(model))
    const ofProvider = (sums[index] ?? []).filter(({ endpoint, simulated }) => !simulated && endpoint?.startsWith(`${provider}/`) === true)
    const ours = Map.groupBy(ofProvider, ({ endpoint }) => keyOf(endpoint ?? ''))
    return [...new Set([...theirs.keys(), ...ours.keys()])]
      .toSorted((one, other) => one.localeCompare(other))
      .flatMap((key) => {
        const [there, here] = [theirs.get(key), ours.get(key)]
        const model = byModel ? (there?.[0]?.model ?? here?.[0]?.endpoint ?? '') : ''
        const row = compared(day, model, there && theirsOf(there), here && oursOf(here), says)
        return isNothing(row) ? [] : [row]
      })
  })

  const theirs = theirsOf(groups)
  const ours = sumHere(rows.flatMap(({ ours: each }) => each ?? []))
  return {
    provider,
    from: days[0]?.day ?? '',
    to: days.at(-1)?.day ?? '',
    byModel,
    rows,
    counts: countsOf(rows),
    theirs,
    ours,
    difference: lessOf(theirs, ours, says),
  }
}

function compared(day: IsoDate, model: string, theirs: Measured | undefined, ours: MeasuredHere | undefined, says: Says): ReconcileRow {
  const difference = lessOf(theirs ?? NOTHING, ours ?? NOTHING, says)
  return { day, model, kind: kindOf(theirs, ours, difference), theirs, ours, difference }
}

function kindOf(theirs: Measured | undefined, ours: MeasuredHere | undefined, difference: Measured): ReconcileKind {
  if (ours === undefined) return 'missing-here'
  if (theirs === undefined) return 'missing-there'
  const close = (of: keyof Measured, share: number, least = 0): boolean | undefined => {
    const apart = difference[of]
    return apart === undefined ? undefined : Math.abs(apart) <= Math.max(least, Math.abs(theirs[of] ?? 0) * share)
  }
  const answers = [close('input', TOKEN_TOLERANCE), close('output', TOKEN_TOLERANCE), close('cost', COST_TOLERANCE, COST_TOLERANCE_NANO_USD)]
  return answers.includes(true) && !answers.includes(false) ? 'matched' : 'differs'
}

/** Which of the measures an export has at all: what it never says is no difference. */
type Says = Readonly<Record<keyof Measured, boolean>>

function saysOf(groups: readonly ExportGroup[]): Says {
  const some = (of: keyof Measured): boolean => groups.some((group) => group[of] !== undefined)
  return { input: some('input'), output: some('output'), cost: some('cost') }
}

const NOTHING: Measured = { input: 0, output: 0, cost: asNanoUsd(0) }

function lessOf(theirs: Measured, ours: Measured, says: Says): Measured {
  const less = (of: keyof Measured): number | undefined => {
    const [there, here] = [theirs[of], ours[of]]
    return !says[of] || there === undefined || here === undefined ? undefined : there - here
  }
  return { input: less('input'), output: less('output'), cost: nano(less('cost')) }
}

function theirsOf(groups: readonly ExportGroup[]): Measured {
  return { input: sumOf(groups, 'input'), output: sumOf(groups, 'output'), cost: nano(sumOf(groups, 'cost')) }
}

function sumOf(rows: readonly Partial<Record<keyof Measured, number | undefined>>[], of: keyof Measured): number | undefined {
  const known = rows.flatMap((row) => row[of] ?? [])
  return known.length === 0 ? undefined : known.reduce((sum, each) => sum + each, 0)
}

function oursOf(rows: readonly UsageSums[]): MeasuredHere {
  return sumHere(
    rows.map(({ tokens, spent, requests, unpriced }) => ({
      input: tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h,
      output: tokens.output + tokens.reasoning,
      cost: unpriced === requests && requests > 0 ? undefined : spent,
      requests,
      unpriced,
    })),
  )
}

function sumHere(rows: readonly MeasuredHere[]): MeasuredHere {
  const count = (of: 'requests' | 'unpriced'): number => rows.reduce((sum, row) => sum + row[of], 0)
  const measured = rows.length === 0 ? NOTHING : { input: sumOf(rows, 'input'), output: sumOf(rows, 'output'), cost: nano(sumOf(rows, 'cost')) }
  return { ...measured, requests: count('requests'), unpriced: count('unpriced') }
}

/** Refused requests use nothing, and exports have lines of zeros. */
function isNothing({ theirs, ours }: ReconcileRow): boolean {
  const empty = (measured: Measured | undefined): boolean =>
    measured === undefined || [measured.input, measured.output, measured.cost].every((value) => value === undefined || value === 0)
  return empty(theirs) && empty(ours) && (ours?.unpriced ?? 0) === 0
}

function countsOf(rows: readonly ReconcileRow[]): Readonly<Record<ReconcileKind, number>> {
  const of = (kind: ReconcileKind): number => rows.filter((row) => row.kind === kind).length
  return { differs: of('differs'), 'missing-here': of('missing-here'), 'missing-there': of('missing-there'), matched: of('matched') }
}

function nano(value: number | undefined): NanoUsd | undefined {
  return value === undefined ? undefined : asNanoUsd(value)
}
