import { Search, X } from 'lucide-react'
import { type ReactElement, type RefObject, useEffect, useRef } from 'react'
import { IconButton } from './button.tsx'
import { focusList, isSomethingInFront } from './keyboard.ts'
import { filterKeyHint, listKeyOf } from './list-keys.ts'
import styles from './search-field.module.css'

export interface SearchFieldProps {
  readonly label: string
  readonly clearLabel: string
  readonly text: string
  readonly onText: (text: string) => void
}

/** Narrows a list by words. The key for filtering goes to it; Esc empties it, then leaves it for the list. */
export function SearchField({ label, clearLabel, text, onText }: SearchFieldProps): ReactElement {
  const field = useRef<HTMLInputElement>(null)
  useFilterKey(field)
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
          if (text === '') {
            event.currentTarget.blur()
            focusList()
          } else onText('')
        }}
      />
      {text === '' ? (
        <FilterKey />
      ) : (
        <IconButton label={clearLabel} small onClick={() => onText('')}>
          <X aria-hidden />
        </IconButton>
      )}
    </label>
  )
}

/** The key that leads to a list's search, where there is one. */
export function FilterKey(): ReactElement | null {
  const hint = filterKeyHint()
  return hint === undefined ? null : <kbd className={styles.key}>{hint}</kbd>
}

/** The keys for filtering (`/` and Mod+F at first) go to the search, unless something is being typed. */
function useFilterKey(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || isSomethingInFront() || listKeyOf(event) !== 'filter') return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [field])
}
