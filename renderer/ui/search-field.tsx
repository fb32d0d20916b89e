import { Search, X } from 'lucide-react'
import { type ReactElement, useEffect, useRef } from 'react'
import { IconButton } from './button.tsx'
import styles from './search-field.module.css'

export interface SearchFieldProps {
  readonly label: string
  readonly clearLabel: string
  readonly text: string
  readonly onText: (text: string) => void
}

/** Narrows a list by words. `/` goes to it; Esc empties it, then leaves it. */
export function SearchField({ label, clearLabel, text, onText }: SearchFieldProps): ReactElement {
  const field = useRef<HTMLInputElement>(null)
  useSlashKey(field)
  return (
    <label className={styles.field}>
      <Search aria-hidden size={15} />
      <span className="visually-hidden">{label}</span>
      <input
        ref={field}
        type="text"
        className={styles.input}
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          // Esc here empties the field; it must not close the drawer as well
          event.preventDefault()
          if (text === '') event.currentTarget.blur()
          else onText('')
        }}
      />
      {text === '' ? (
        <kbd className={styles.key}>/</kbd>
      ) : (
        <IconButton label={clearLabel} small onClick={() => onText('')}>
          <X aria-hidden />
        </IconButton>
      )}
    </label>
  )
}

/** `/` goes to the search, unless something is being typed. */
function useSlashKey(field: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    function onKeyDown(event: globalThis.KeyboardEvent): void {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (event.target instanceof HTMLElement && event.target.closest('input:not([type="radio"]), textarea, select, [role="dialog"]') !== null) return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [field])
}
