import { type ReactElement, useMemo } from 'react'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { MODALITIES, MODEL_KINDS } from '../../../shared/models.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { FilterSelect, RowCount, Toolbar, ToolbarLine } from '../../ui/list-screen.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { contextLine, providerNameOf } from '../playground/model-list.ts'
import { clearFilter, setFilter, toggleSwitch } from './actions.ts'
import { CONTEXT_STEPS, isNarrowed, type ModelFilter, PRICE_STEPS, SWITCHES } from './filter.ts'
import styles from './models.module.css'
import { useModels } from './store.ts'
import { MODELS_TEXTS } from './texts.ts'

/** What narrows the list; all of it stands in the address. `shown`: how many rows are left of it; undefined while there is no list. */
export function Facets({ rows, shown }: { readonly rows: readonly ModelRow[]; readonly shown: number | undefined }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const filter = useModels((state) => state.filter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: one of them is named in the language in use
  const providers = useMemo(() => providersIn(rows), [rows, texts])
  return (
    <Toolbar label={texts.filterLabel}>
      <ToolbarLine>
        <SearchField label={texts.search} clearLabel={texts.clearSearch} text={filter.text} onText={(text) => setFilter({ text })} />
        <FilterSelect
          marked
          label={texts.provider}
          value={filter.provider}
          onValue={(provider) => setFilter({ provider })}
          options={[{ value: '', title: texts.allProviders }, ...providers]}
        />
        <FilterSelect
          marked
          label={texts.price}
          value={String(filter.mostUsd ?? '')}
          onValue={(usd) => setFilter({ mostUsd: usd === '' ? undefined : Number(usd) })}
          options={[{ value: '', title: texts.anyPrice }, ...steps(PRICE_STEPS, filter.mostUsd, (usd) => texts.upToUsd(String(usd)))]}
        />
        <FilterSelect
          marked
          label={texts.context}
          value={String(filter.leastContext ?? '')}
          onValue={(tokens) => setFilter({ leastContext: tokens === '' ? undefined : Number(tokens) })}
          options={[
            { value: '', title: texts.anyContext },
            ...steps(CONTEXT_STEPS, filter.leastContext, (tokens) => texts.fromTokens(contextLine(tokens) ?? String(tokens))),
          ]}
        />
        <FilterSelect
          marked
          label={texts.takes}
          value={filter.takes}
          onValue={(takes) => setFilter({ takes: takes as ModelFilter['takes'] })}
          options={[{ value: '', title: texts.takesAnything }, ...MODALITIES.map((each) => ({ value: each, title: texts.modalities[each] }))]}
        />
        <FilterSelect
          marked
          label={texts.gives}
          value={filter.gives}
          onValue={(gives) => setFilter({ gives: gives as ModelFilter['gives'] })}
          options={[{ value: '', title: texts.givesAnything }, ...MODALITIES.map((each) => ({ value: each, title: texts.modalities[each] }))]}
        />
        <FilterSelect
          marked
          label={texts.kind}
          value={filter.kind}
          onValue={(kind) => setFilter({ kind: kind as ModelFilter['kind'] })}
          options={[{ value: '', title: texts.allKinds }, ...MODEL_KINDS.map((each) => ({ value: each, title: texts.kinds[each] }))]}
        />
      </ToolbarLine>
      <ToolbarLine>
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
        <RowCount announced>{shown !== undefined && texts.count(shown, rows.length)}</RowCount>
        {isNarrowed(filter) && (
          <Button small variant="quiet" onClick={clearFilter}>
            {texts.showAll}
          </Button>
        )}
      </ToolbarLine>
    </Toolbar>
  )
}

interface Option {
  readonly value: string
  readonly title: string
}

/** The steps, and a value from the address that is none of them. */
function steps(usual: readonly number[], set: number | undefined, title: (value: number) => string): readonly Option[] {
  const all = set === undefined || usual.includes(set) ? usual : [...usual, set].sort((a, b) => a - b)
  return all.map((value) => ({ value: String(value), title: title(value) }))
}

function providersIn(rows: readonly ModelRow[]): readonly Option[] {
  const counts = new Map<string, { title: string; count: number }>()
  for (const { provider, providerName } of rows) {
    const known = counts.get(provider) ?? { title: providerNameOf({ provider, providerName }), count: 0 }
    counts.set(provider, { ...known, count: known.count + 1 })
  }
  return [...counts].map(([value, { title, count }]) => ({ value, title: `${title} (${count})` })).sort((a, b) => a.title.localeCompare(b.title))
}
