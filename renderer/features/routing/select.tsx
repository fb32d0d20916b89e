import type { ReactElement } from 'react'
import { Field } from '../../ui/field.tsx'
import styles from './routing.module.css'

export interface SelectProps<Value extends string> {
  readonly label: string
  readonly hideLabel?: boolean
  readonly value: Value | ''
  readonly onValue: (value: Value) => void
  readonly options: readonly (readonly [Value, string])[]
  /** Shown while nothing is chosen: the select is a menu of things to add then. */
  readonly placeholder?: string
  /** The placeholder is chosen again. */
  readonly onClear?: () => void
}

/** A native select. */
export function Select<Value extends string>({ label, hideLabel = false, value, onValue, options, placeholder, onClear }: SelectProps<Value>): ReactElement {
  return (
    <Field label={label} hideLabel={hideLabel}>
      {(wiring) => (
        <select
          {...wiring}
          className={styles.select}
          value={value}
          onChange={(event) => {
            const chosen = options.find(([each]) => each === event.target.value)
            if (chosen === undefined) onClear?.()
            else onValue(chosen[0])
          }}
        >
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options.map(([each, title]) => (
            <option key={each} value={each}>
              {title}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** Several lines of text. */
export function Lines({ label, hint, error, value, onValue, rows = 4, mono = false }: LinesProps): ReactElement {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <textarea
          {...wiring}
          className={styles.lines}
          data-mono={mono || undefined}
          rows={rows}
          spellCheck={!mono}
          value={value}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  )
}

export interface LinesProps {
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly value: string
  readonly onValue: (text: string) => void
  readonly rows?: number
  readonly mono?: boolean
}
