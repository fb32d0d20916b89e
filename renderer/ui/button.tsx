import type { ComponentPropsWithRef, ReactElement, ReactNode } from 'react'
import styles from './button.module.css'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'

export interface ButtonProps extends ComponentPropsWithRef<'button'> {
  readonly variant?: ButtonVariant
  /** 28 px instead of 32 px, for toolbars and rows. */
  readonly small?: boolean
  /** Drawn before the text, 16 px. */
  readonly icon?: ReactNode
}

/** A button with words on it. Secondary unless told otherwise: a screen has at most one primary. */
export function Button({ variant = 'secondary', small = false, icon, className, children, type = 'button', ...rest }: ButtonProps): ReactElement {
  return (
    <button {...rest} type={type} className={classes(styles.button, styles[variant], small && styles.small, className)}>
      {icon}
      {children}
    </button>
  )
}

export interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'aria-label' | 'children'> {
  /** What it does, for tooltips and screen readers; without it nobody could tell. */
  readonly label: string
  readonly children: ReactNode
  readonly variant?: ButtonVariant
  readonly small?: boolean
}

/** A button that shows only an icon. */
export function IconButton({ label, variant = 'quiet', small = false, className, children, type = 'button', ...rest }: IconButtonProps): ReactElement {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={rest.title ?? label}
      className={classes(styles.button, styles.icon, styles[variant], small && styles.small, className)}
    >
      {children}
    </button>
  )
}

/** Joins class names, leaving out what is false or missing. */
export function classes(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
