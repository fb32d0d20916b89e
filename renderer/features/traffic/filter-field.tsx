import { Search, X } from 'lucide-react'
import { type KeyboardEvent, type ReactElement, useId, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { parseFilter } from '../../../shared/traffic/parse-filter.ts'
import { useTexts } from '../../i18n/texts.ts'
import { classes, IconButton } from '../../ui/button.tsx'
import search from '../../ui/search-field.module.css'
import { FilterKey } from '../../ui/search-field.tsx'
import styles from './filter.module.css'
import { setFilter } from './list-actions.ts'
import { useTraffic } from './store.ts'
import { type KnownNames, type Suggestion, type Suggestions, suggestionsAt } from './suggestions.ts'
import { TRAFFIC_TEXTS } from './texts.ts'

const NOTHING: Suggestions = { start: 0, end: 0, options: [] }
const MOST_NAMES = 200

/** The filter, with what can be said next below it: Tab or an arrow and Enter takes a proposal, Enter goes to the list, Esc empties. */
export function FilterField(): ReactElement {
  const texts = useTexts(TRAFFIC_TEXTS).filter
  const filter = useTraffic((state) => state.filter)
  const [open, setOpen] = useState(false)
  const [caret, setCaret] = useState(0)
  const [marked, setMarked] = useState<number>()
  const field = useRef<HTMLInputElement>(null)
  const listId = useId()
  const known = useMemo(() => (open ? knownNames() : { models: [], clients: [] }), [open])
  const { start, end, options } = open ? suggestionsAt(filter, caret, known, texts) : NOTHING
  const isOpen = options.length > 0
  const chosen = marked ?? (options[0]?.isMeant === true ? 0 : undefined)
  const [problem] = parseFilter(filter).problems
  // one is not told of a mistake in the word that is just being written
  const shownProblem = problem !== undefined && !(open && problem.end === filter.length) ? problem : undefined

  function type(text: string, at: number): void {
    setFilter(text)
    setCaret(at)
    setMarked(undefined)
    setOpen(true)
  }
  function take({ insert, isWhole }: Suggestion, thenList: boolean): void {
    const rest = filter.slice(end)
    const inserted = isWhole && !rest.startsWith(' ') ? `${insert} ` : insert
    const at = start + inserted.length
    // written at once: whoever types on must not find the caret moved under their hands
    flushSync(() => type(filter.slice(0, start) + inserted + rest, at))
    if (isWhole && thenList) leave()
    else field.current?.setSelectionRange(at, at)
  }
  function empty(): void {
    type('', 0)
    setOpen(false)
    field.current?.focus()
  }
  function leave(): void {
    setOpen(false)
    document.querySelector<HTMLElement>('[role="grid"]')?.focus()
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return
    const option = options[chosen ?? (event.key === 'Tab' ? 0 : -1)]
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault()
        setOpen(true)
        const step = event.key === 'ArrowDown' ? 1 : -1
        if (isOpen) setMarked(((chosen ?? (step === 1 ? -1 : 0)) + step + options.length) % options.length)
        return
      }
      case 'Enter':
        event.preventDefault()
        if (option === undefined) leave()
        else take(option, true)
        return
      case 'Tab':
        if (option === undefined || filter === '' || event.shiftKey) {
          setOpen(false)
          return
        }
        event.preventDefault()
        take(option, false)
        return
      case 'Escape':
        // Esc here closes the proposals, then empties the field; it must not close the drawer as well
        event.preventDefault()
        if (isOpen) setOpen(false)
        else if (filter === '') event.currentTarget.blur()
        else empty()
    }
  }

  return (
    <div className={styles.filter}>
      <label className={classes(search.field, styles.search)} data-problem={shownProblem !== undefined || undefined}>
        <Search aria-hidden size={15} />
        <span className="visually-hidden">{texts.field}</span>
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen === undefined || !isOpen ? undefined : `${listId}-${chosen}`}
          aria-invalid={shownProblem !== undefined}
          aria-describedby={shownProblem === undefined ? undefined : `${listId}-problem`}
          className={search.input}
          placeholder={texts.placeholder}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          maxLength={1000}
          value={filter}
          data-traffic-filter
          onChange={(event) => type(event.target.value, event.target.selectionStart ?? event.target.value.length)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
          onClick={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        {filter === '' ? (
          <FilterKey />
        ) : (
          <IconButton label={texts.clear} small onClick={empty}>
            <X aria-hidden />
          </IconButton>
        )}
      </label>
      {isOpen && (
        <div id={listId} className={styles.options} role="listbox" aria-label={texts.suggestions}>
          {options.map((option, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and handles the keys of all options
            <div
              key={option.insert}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              className={styles.option}
              aria-selected={index === chosen}
              // the field keeps the focus
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(option, false)}
            >
              <code>{option.insert}</code>
              <span className={styles.note}>{option.note}</span>
            </div>
          ))}
        </div>
      )}
      {shownProblem !== undefined && (
        <p id={`${listId}-problem`} className={styles.problem} role="status">
          {texts.problems[shownProblem.kind](shownProblem.word)}
        </p>
      )}
    </div>
  )
}

/** Models and clients of the rows that are here. */
function knownNames(): KnownNames {
  const { list } = useTraffic.getState()
  if (list.is !== 'ready') return { models: [], clients: [] }
  const models = new Set<string>()
  const clients = new Set<string>()
  for (const row of [...list.rows.head, ...[...list.rows.blocks.values()].flat()]) {
    if (row.requested !== '') models.add(row.requested)
    if (row.servedBy !== undefined) models.add(row.servedBy)
    if (row.callerName !== undefined) clients.add(row.callerName)
  }
  return { models: sorted(models), clients: sorted(clients) }
}

function sorted(names: ReadonlySet<string>): readonly string[] {
  return [...names].sort((one, other) => one.localeCompare(other)).slice(0, MOST_NAMES)
}

/** `/` and Mod+F go to the filter. */
export function focusFilter(): void {
  const field = document.querySelector<HTMLInputElement>('[data-traffic-filter]')
  field?.focus()
  field?.select()
}
