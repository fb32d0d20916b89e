import { Combobox } from '@base-ui/react/combobox'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { Field, type FieldProps } from './field.tsx'
import styles from './picker.module.css'
import { UI_TEXTS } from './texts.ts'

export interface PickerOption {
  readonly value: string
  /** What is searched and shown in the box. */
  readonly label: string
  /** Dimmed, at the right of the row. */
  readonly note?: string
}

export interface PickerProps extends FieldProps {
  readonly options: readonly PickerOption[]
  readonly value: string | undefined
  readonly onValue: (value: string | undefined) => void
  /** In the box while nothing is chosen. */
  readonly placeholder: string
  readonly empty?: ReactNode
}

/** More than this is not read but searched. */
const MOST_SHOWN = 120

/** One of many: a button that opens a list with a search field in it. */
export function Picker({ options, value, onValue, placeholder, empty, ...field }: PickerProps): ReactElement {
  const texts = useTexts(UI_TEXTS)
  const selected = options.find((option) => option.value === value) ?? null
  return (
    <Field {...field}>
      {(wiring) => (
        <Combobox.Root
          items={options}
          value={selected}
          onValueChange={(option: PickerOption | null) => onValue(option?.value)}
          itemToStringLabel={(option: PickerOption) => option.label}
          isItemEqualToValue={(one: PickerOption, other: PickerOption) => one.value === other.value}
          limit={MOST_SHOWN}
          autoHighlight
        >
          <Combobox.Trigger {...wiring} className={styles.trigger}>
            <span className={selected === null ? styles.placeholder : styles.value}>{selected?.label ?? placeholder}</span>
            <ChevronsUpDown aria-hidden size={14} />
          </Combobox.Trigger>
          <Combobox.Portal>
            <Combobox.Positioner className={styles.positioner} sideOffset={4} align="start">
              <Combobox.Popup className={styles.popup} aria-label={field.label}>
                <Combobox.Input className={styles.input} placeholder={texts.find} aria-label={texts.findIn(field.label)} spellCheck={false} />
                <Combobox.Empty className={styles.empty}>{empty ?? texts.nothingFits}</Combobox.Empty>
                <Combobox.List className={styles.list}>
                  {(option: PickerOption) => (
                    <Combobox.Item key={option.value} value={option} className={styles.item}>
                      <span className={styles.itemLabel}>{option.label}</span>
                      {option.note !== undefined && <span className={styles.note}>{option.note}</span>}
                      <Combobox.ItemIndicator className={styles.check}>
                        <Check aria-hidden size={14} />
                      </Combobox.ItemIndicator>
                    </Combobox.Item>
                  )}
                </Combobox.List>
              </Combobox.Popup>
            </Combobox.Positioner>
          </Combobox.Portal>
        </Combobox.Root>
      )}
    </Field>
  )
}
