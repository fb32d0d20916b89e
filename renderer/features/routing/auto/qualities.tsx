import { type ReactElement, useState } from 'react'
import type { AutoOverview } from '../../../../shared/api/auto.ts'
import { type QualityCell, TASKS, type Task, TIERS, type Tier } from '../../../../shared/auto.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { OutsideLink } from '../../../ui/outside-link.tsx'
import { Section } from '../../../ui/page.tsx'
import { withoutName } from '../edit.ts'
import routing from '../routing.module.css'
import { Select } from '../select.tsx'
import { changeAuto } from './actions.ts'
import styles from './auto.module.css'
import type { AutoSettings } from './draft.ts'
import { Figures } from './figures-table.tsx'
import { AUTO_TEXTS } from './texts.ts'

/** Bounds of the settings. */
const LEAST = 1
const MOST = 99
/** Models listed at once; there may be hundreds. */
const MOST_MODELS = 200

/** The table behind every expectation, to be typed over. */
export function Qualities({ auto, overview }: { readonly auto: AutoSettings; readonly overview: AutoOverview }): ReactElement {
  const all = useTexts(AUTO_TEXTS)
  const texts = all.qualities
  const set = (task: Task, tier: Tier, quality: number | undefined): void => {
    const { [tier]: _, ...others } = auto.qualities[task] ?? {}
    const row = quality === undefined ? others : { ...others, [tier]: quality }
    const { [task]: __, ...tasks } = auto.qualities
    changeAuto({ qualities: Object.keys(row).length === 0 ? tasks : { ...tasks, [task]: row } })
  }
  return (
    <Section title={texts.title}>
      <p className={routing.faint}>{texts.lead}</p>
      <details className={styles.details}>
        <summary>{all.table}</summary>
        <Figures
          label={texts.title}
          columns={[texts.task, ...TIERS, texts.madeOf]}
          rows={TASKS.map((task) => ({
            key: task,
            cells: [
              all.tasks[task],
              ...TIERS.map((tier) => (
                <Cell
                  key={tier}
                  label={texts.cell(all.tasks[task], tier)}
                  shipped={overview.qualities[task][tier].quality}
                  title={texts.basis[overview.qualities[task][tier].basis]}
                  assumed={overview.qualities[task][tier].basis === 'assumed' || overview.qualities[task][tier].basis === 'drawn'}
                  own={auto.qualities[task]?.[tier]}
                  onOwn={(quality) => set(task, tier, quality)}
                />
              )),
              <MadeOf key="made-of" task={task} cells={TIERS.map((tier) => overview.qualities[task][tier])} />,
            ],
          }))}
        />
        <p className={routing.faint}>{texts.drawn}</p>
      </details>
      <details className={styles.details}>
        <summary>{texts.models}</summary>
        <Tiers auto={auto} overview={overview} />
      </details>
    </Section>
  )
}

/** What a row was made of: whose scores, as of when, and what they stand for. */
function MadeOf({ task, cells }: { readonly task: Task; readonly cells: readonly QualityCell[] }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).qualities
  const [cell] = cells.filter(({ basis }) => basis !== 'drawn')
  return (
    <div className={styles.madeOf}>
      {cell !== undefined && <span>{texts.standsFor[task] ?? texts.basis[cell.basis]}</span>}
      {cell?.sources.map(({ name, version, address, readOn }) => (
        <span key={address}>
          {texts.source(name, version, readOn)} <OutsideLink inText href={address} label={texts.open(name)} />
        </span>
      ))}
    </div>
  )
}

interface CellProps {
  readonly label: string
  readonly shipped: number
  readonly title: string
  readonly assumed: boolean
  readonly own: number | undefined
  readonly onOwn: (quality: number | undefined) => void
}

/** In hundredths; the shipped value stands where nothing is typed. */
function Cell({ label, shipped, title, assumed, own, onOwn }: CellProps): ReactElement {
  const [typed, setTyped] = useState<string>()
  return (
    <input
      className={styles.cell}
      type="number"
      min={LEAST}
      max={MOST}
      aria-label={label}
      title={title}
      data-assumed={assumed || undefined}
      placeholder={String(Math.round(100 * shipped))}
      value={typed ?? (own === undefined ? '' : String(Math.round(100 * own)))}
      onChange={(event) => {
        const text = event.target.value
        setTyped(text)
        const percent = Number(text)
        if (text === '') onOwn(undefined)
        else if (percent >= LEAST && percent <= MOST) onOwn(percent / 100)
      }}
      onBlur={() => setTyped(undefined)}
    />
  )
}

function Tiers({ auto, overview: { models } }: { readonly auto: AutoSettings; readonly overview: AutoOverview }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).qualities
  const set = (id: string, tier: Tier | undefined): void => {
    changeAuto({ tiers: tier === undefined ? withoutName(auto.tiers, id) : { ...auto.tiers, [id]: tier } })
  }
  return (
    <ul className={styles.tiers}>
      {models.slice(0, MOST_MODELS).map(({ id, tier: { tier, because } }) => (
        <li key={id} className={styles.tier}>
          <code>{id}</code>
          <Select
            label={texts.tier(id)}
            hideLabel
            value={auto.tiers[id] ?? ''}
            placeholder={auto.tiers[id] === undefined ? texts.byRule(tier, because) : texts.rule}
            onValue={(own) => set(id, own)}
            onClear={() => set(id, undefined)}
            options={TIERS.map((each) => [each, each] as const)}
          />
        </li>
      ))}
    </ul>
  )
}
