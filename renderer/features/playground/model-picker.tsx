import { Combobox } from '@base-ui/react/combobox'
import { Check, ChevronsUpDown, ListChecks, Search } from 'lucide-react'
import { type ReactElement, type ReactNode, type Ref, useMemo } from 'react'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { useTexts } from '../../i18n/texts.ts'
import { words } from '../../messages/words.ts'
import { contextLine, type ModelGroup, matches, priceLine, providerNameOf } from './model-list.ts'
import styles from './model-picker.module.css'
import { texts } from './texts.ts'

/** More rows than anyone reads; the search narrows from there. */
const MOST_ROWS = 300

export interface ModelPickerProps {
  readonly groups: readonly ModelGroup[]
  /** The chosen model's id, which may be one that is not on the list any more. */
  readonly model: string
  readonly row: ModelRow | undefined
  readonly label: string
  readonly onChoose: (model: string) => void
  /** Stands above the list while it is open. */
  readonly notice?: ReactNode
  readonly triggerRef?: Ref<HTMLButtonElement>
}

export function ModelPicker({ groups, model, row, label, onChoose, notice, triggerRef }: ModelPickerProps): ReactElement {
  return (
    <Combobox.Root<ModelRow>
      items={groups}
      value={row ?? null}
      onValueChange={(chosen) => chosen !== null && onChoose(chosen.id)}
      itemToStringLabel={(each) => each.name}
      isItemEqualToValue={(one, other) => one.id === other.id}
      filter={(each, query) => matches(each, query)}
      limit={MOST_ROWS}
      autoHighlight
    >
      <Combobox.Trigger ref={triggerRef} className={styles.trigger} aria-label={`${label}: ${row?.name ?? model}`} title={model}>
        <span className={styles.chosen}>{row?.name ?? model}</span>
        {row !== undefined && !row.simulated && <span className={styles.provider}>{providerNameOf(row)}</span>}
        <ChevronsUpDown aria-hidden size={13} />
      </Combobox.Trigger>
      <PickerPopup label={label} notice={notice} />
    </Combobox.Root>
  )
}

export interface ModelsPickerProps {
  readonly groups: readonly ModelGroup[]
  /** Ids of the chosen models, some of which may be on the list no more. */
  readonly chosen: readonly string[]
  /** More than these cannot be chosen. */
  readonly most: number
  readonly label: string
  readonly hint: string
  readonly disabled: boolean
  /** Stands above the list while it is open. */
  readonly notice?: ReactNode
  readonly onChoose: (models: readonly string[]) => void
}

/** Several models at once: the list stays open, and each choice holds as it is made. */
export function ModelsPicker({ groups, chosen, most, label, hint, disabled, notice, onChoose }: ModelsPickerProps): ReactElement {
  const rows = useMemo(() => new Map(groups.flatMap(({ items }) => items.map((row) => [row.id, row]))), [groups])
  const value = chosen.flatMap((id) => rows.get(id) ?? [])
  const unlisted = chosen.filter((id) => !rows.has(id))
  const full = chosen.length >= most
  return (
    <Combobox.Root<ModelRow, true>
      multiple
      items={groups}
      value={value}
      onValueChange={(next) => onChoose([...unlisted, ...next.map(({ id }) => id)])}
      itemToStringLabel={(each) => each.name}
      isItemEqualToValue={(one, other) => one.id === other.id}
      filter={(each, query) => matches(each, query)}
      limit={MOST_ROWS}
      disabled={disabled}
      autoHighlight
    >
      <Combobox.Trigger className={styles.several} aria-label={label} title={hint} data-models>
        <ListChecks aria-hidden size={14} />
        {chosen.length}
      </Combobox.Trigger>
      <PickerPopup
        label={label}
        notice={notice}
        isOff={(row) => full && !chosen.includes(row.id)}
        then={() => document.querySelector<HTMLElement>('[data-question]')}
      />
    </Combobox.Root>
  )
}

interface PickerPopupProps {
  readonly label: string
  readonly notice?: ReactNode
  /** Whether a usable model can just now not be chosen. */
  readonly isOff?: (row: ModelRow) => boolean
  /** What has the focus after it; what opened it, unless told. */
  readonly then?: () => HTMLElement | null
}

function PickerPopup({ label, notice, isOff, then }: PickerPopupProps): ReactElement {
  const t = useTexts(texts).picker
  return (
    <Combobox.Portal>
      <Combobox.Positioner className={styles.positioner} align="start" sideOffset={4} collisionPadding={8}>
        <Combobox.Popup className={styles.popup} aria-label={label} finalFocus={then ?? true}>
          <div className={styles.search}>
            <Search aria-hidden size={14} />
            <Combobox.Input className={styles.input} placeholder={t.search} aria-label={t.search} />
          </div>
          {notice}
          <div className={styles.columns} aria-hidden>
            <span>{t.model}</span>
            <span>{t.prices}</span>
            <span>{t.context}</span>
          </div>
          <Combobox.Empty>
            <p className={styles.empty}>{t.none}</p>
          </Combobox.Empty>
          <Combobox.List className={styles.list}>
            {(group: ModelGroup) => (
              <Combobox.Group key={group.provider} items={group.items} className={styles.group}>
                <Combobox.GroupLabel className={styles.heading}>{providerNameOf(group)}</Combobox.GroupLabel>
                <Combobox.Collection>{(each: ModelRow) => <Row key={each.id} row={each} off={isOff?.(each) ?? false} />}</Combobox.Collection>
              </Combobox.Group>
            )}
          </Combobox.List>
        </Combobox.Popup>
      </Combobox.Positioner>
    </Combobox.Portal>
  )
}

function Row({ row, off }: { readonly row: ModelRow; readonly off: boolean }): ReactElement {
  const t = useTexts(texts).picker
  return (
    <Combobox.Item value={row} className={styles.item} disabled={!row.usable || off} title={row.id}>
      <span className={styles.tick}>
        <Combobox.ItemIndicator className={styles.indicator}>
          <Check aria-hidden size={14} />
        </Combobox.ItemIndicator>
      </span>
      <span className={styles.name}>
        {row.name}
        {row.simulated && <span className={styles.chip}>{t.simulated}</span>}
        {row.runsLocally && !row.simulated && <span className={styles.chip}>{t.local}</span>}
      </span>
      <span className={styles.number}>{priceLine(row.price?.microUsdPerMillion) ?? 'n/a'}</span>
      <span className={styles.number}>{contextLine(row.context) ?? 'n/a'}</span>
      {row.unusableBecause !== undefined && <span className={styles.why}>{words(row.unusableBecause)}</span>}
    </Combobox.Item>
  )
}
