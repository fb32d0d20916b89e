import { Search, X } from 'lucide-react'
import { type ReactElement, useMemo, useRef } from 'react'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { MODALITIES, MODEL_KINDS } from '../../../shared/models.ts'
import { useFilterKey } from '../../frame/shortcuts/use-filter-key.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { contextLine } from '../playground/model-list.ts'
import { clearFilter, setFilter, toggleSwitch } from './actions.ts'
import { CONTEXT_STEPS, isNarrowed, type ModelFilter, PRICE_STEPS, SWITCHES } from './filter.ts'
import styles from './models.module.css'
import { useModels } from './store.ts'
import { MODELS_TEXTS } from './texts.ts'

/** What narrows the list; all of it stands in the address. */
export function Facets({ rows, shown }: { readonly rows: readonly ModelRow[]; readonly shown: number }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const filter = useModels((state) => state.filter)
  const providers = useMemo(() => providersIn(rows), [rows])
  return (
    <search className={styles.facets} aria-label={texts.filterLabel}>
      <div className={styles.bar}>
        <SearchField text={filter.text} />
        <Select
          label={texts.provider}
          value={filter.provider}
          onValue={(provider) => setFilter({ provider })}
          options={[{ value: '', title: texts.allProviders }, ...providers]}
        />
        <Select
          label={texts.price}
          value={String(filter.mostUsd ?? '')}
          onValue={(usd) => setFilter({ mostUsd: usd === '' ? undefined : Number(usd) })}
          options={[{ value: '', title: texts.anyPrice }, ...steps(PRICE_STEPS, filter.mostUsd, (usd) => texts.upToUsd(String(usd)))]}
        />
        <Select
          label={texts.context}
          value={String(filter.leastContext ?? '')}
          onValue={(tokens) => setFilter({ leastContext: tokens === '' ? undefined : Number(tokens) })}
          options={[
            { value: '', title: texts.anyContext },
            ...steps(CONTEXT_STEPS, filter.leastContext, (tokens) => texts.fromTokens(contextLine(tokens) ?? String(tokens))),
          ]}
        />
        <Select
          label={texts.takes}
          value={filter.takes}
          onValue={(takes) => setFilter({ takes: takes as ModelFilter['takes'] })}
          options={[{ value: '', title: texts.takesAnything }, ...MODALITIES.map((each) => ({ value: each, title: texts.modalities[each] }))]}
        />
        <Select
          label={texts.gives}
          value={filter.gives}
          onValue={(gives) => setFilter({ gives: gives as ModelFilter['gives'] })}
          options={[{ value: '', title: texts.givesAnything }, ...MODALITIES.map((each) => ({ value: each, title: texts.modalities[each] }))]}
        />
        <Select
          label={texts.kind}
          value={filter.kind}
          onValue={(kind) => setFilter({ kind: kind as ModelFilter['kind'] })}
          options={[{ value: '', title: texts.allKinds }, ...MODEL_KINDS.map((each) => ({ value: each, title: texts.kinds[each] }))]}
        />
      </div>
      <div className={styles.bar}>
        {SWITCHES.map((each) => (
          <button
            key={each}
            type="button"
            className={styles.switch}
            aria-pressed={filter.on.includes(each)}
            title={texts.switchNotes[each]}
            onClick={() => toggleSwitch(each)}
          >
            {texts.switches[each]}
          </button>
        ))}
        <span className={styles.count} role="status">
          {texts.count(shown, rows.length)}
        </span>
        {isNarrowed(filter) && (
          <Button small variant="quiet" onClick={clearFilter}>
            {texts.showAll}
          </Button>
        )}
      </div>
    </search>
  )
}

function SearchField({ text }: { readonly text: string }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const field = useRef<HTMLInputElement>(null)
  useFilterKey(field)
  return (
    <label className={styles.search}>
      <Search aria-hidden size={15} />
      <span className="visually-hidden">{texts.search}</span>
      <input
        ref={field}
        type="text"
        className={styles.searchInput}
        placeholder={texts.search}
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        value={text}
        onChange={(event) => setFilter({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          // Esc here empties the field; it must not close the drawer as well
          event.preventDefault()
          if (text === '') event.currentTarget.blur()
          else setFilter({ text: '' })
        }}
      />
      {text === '' ? (
        <kbd className={styles.key}>/</kbd>
      ) : (
        <IconButton label={texts.clearSearch} small onClick={() => setFilter({ text: '' })}>
          <X aria-hidden />
        </IconButton>
      )}
    </label>
  )
}

interface Option {
  readonly value: string
  readonly title: string
}

interface SelectProps {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly options: readonly Option[]
}

export function Select({ label, value, onValue, options }: SelectProps): ReactElement {
  return (
    <select className={styles.select} aria-label={label} data-set={value !== '' || undefined} value={value} onChange={(event) => onValue(event.target.value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.title}
        </option>
      ))}
    </select>
  )
}

/** The steps, and a value from the address that is none of them. */
function steps(usual: readonly number[], set: number | undefined, title: (value: number) => string): readonly Option[] {
  const all = set === undefined || usual.includes(set) ? usual : [...usual, set].sort((a, b) => a - b)
  return all.map((value) => ({ value: String(value), title: title(value) }))
}

function providersIn(rows: readonly ModelRow[]): readonly Option[] {
  const counts = new Map<string, { title: string; count: number }>()
  for (const { provider, providerName } of rows) {
    const known = counts.get(provider) ?? { title: providerName, count: 0 }
    counts.set(provider, { ...known, count: known.count + 1 })
  }
  return [...counts].map(([value, { title, count }]) => ({ value, title: `${title} (${count})` })).sort((a, b) => a.title.localeCompare(b.title))
}
