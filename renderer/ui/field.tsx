import { type ComponentPropsWithRef, type ReactElement, type ReactNode, useId } from 'react'
import { classes } from './button.tsx'
import styles from './field.module.css'

export interface FieldProps {
  readonly label: string
  readonly hint?: ReactNode
  /** Takes the hint's place and is announced. */
  readonly error?: string | undefined
  /** Keeps the label for screen readers only, where the place says enough. */
  readonly hideLabel?: boolean
}

interface Wiring {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

/** Label, control, and below it the hint or the error, tied together for screen readers. */
export function Field({ label, hint, error, hideLabel = false, children }: FieldProps & { readonly children: (wiring: Wiring) => ReactNode }): ReactElement {
  const id = useId()
  const noteId = `${id}-note`
  const note = error ?? hint
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      {children({ id, 'aria-describedby': note === undefined ? undefined : noteId, 'aria-invalid': error === undefined ? undefined : true })}
      {note !== undefined && (
        <p id={noteId} className={error === undefined ? styles.hint : styles.error} role={error === undefined ? undefined : 'alert'}>
          {note}
        </p>
      )}
    </div>
  )
}

export type TextFieldProps = FieldProps &
  Omit<ComponentPropsWithRef<'input'>, 'id' | 'onChange' | 'value'> & {
    readonly value: string
    readonly onValue: (value: string) => void
    /** Written behind the number: `s`, `KB`. */
    readonly unit?: string
    readonly mono?: boolean
  }

export function TextField({ label, hint, error, hideLabel = false, value, onValue, unit, mono = false, className, ...rest }: TextFieldProps): ReactElement {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel}>
      {(wiring) => (
        <div className={styles.box}>
          <input
            autoComplete="off"
            spellCheck={false}
            {...rest}
            {...wiring}
            className={classes(styles.input, mono && styles.mono, unit !== undefined && styles.withUnit, className)}
            value={value}
            onChange={(event) => onValue(event.target.value)}
          />
          {unit !== undefined && (
            <span className={styles.unit} aria-hidden="true">
              {unit}
            </span>
          )}
        </div>
      )}
    </Field>
  )
}

export interface ChoiceProps<Value extends string> {
  /** Names the group. */
  readonly label: string
  readonly value: Value | undefined
  readonly onValue: (value: Value) => void
  readonly options: readonly { readonly value: Value; readonly title: string; readonly note?: ReactNode }[]
  /** Side by side as one bar, for short words. */
  readonly bar?: boolean
  readonly hideLabel?: boolean
}

/** One of a few: native radio buttons, as a list with notes or as one bar. */
export function Choice<Value extends string>({ label, value, onValue, options, bar = false, hideLabel = false }: ChoiceProps<Value>): ReactElement {
  const name = useId()
  return (
    <fieldset className={classes(styles.choice, bar && styles.bar)}>
      <legend className={hideLabel ? 'visually-hidden' : styles.label}>{label}</legend>
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option.value} className={styles.option}>
            <input
              type="radio"
              name={name}
              className={bar ? 'visually-hidden' : styles.radio}
              checked={option.value === value}
              onChange={() => onValue(option.value)}
            />
            <span className={styles.optionWords}>
              <span className={styles.optionTitle}>{option.title}</span>
              {option.note !== undefined && <span className={styles.hint}>{option.note}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export interface ToggleProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly checked: boolean
  readonly onChecked: (checked: boolean) => void
  readonly disabled?: boolean
}

/** On or off, at once: a native checkbox with the role of a switch. */
export function Toggle({ label, hint, checked, onChecked, disabled = false }: ToggleProps): ReactElement {
  const id = useId()
  return (
    <div className={styles.toggle}>
      <div className={styles.optionWords}>
        <label htmlFor={id} className={styles.optionTitle}>
          {label}
        </label>
        {hint !== undefined && (
          <span id={`${id}-note`} className={styles.hint}>
            {hint}
          </span>
        )}
      </div>
      <input
        id={id}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its state by itself
        role="switch"
        className={styles.switch}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-note`}
        onChange={(event) => onChecked(event.target.checked)}
      />
    </div>
  )
}
