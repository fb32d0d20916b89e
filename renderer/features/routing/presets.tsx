import { Plus, SlidersHorizontal } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Preset, RoutingConfig } from '../../../shared/routing-config.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Choice, TextField, Toggle } from '../../ui/field.tsx'
import { edit } from './actions.ts'
import { Card, focusLastCard, NameField } from './card.tsx'
import { freeName, renamed, withoutName } from './edit.ts'
import { JsonField } from './json-field.tsx'
import { listOf, NamesField } from './models-field.tsx'
import styles from './routing.module.css'
import { Lines, Select } from './select.tsx'
import { ROUTING_TEXTS } from './texts.ts'

const change = (presets: RoutingConfig['presets']): void => edit((config) => ({ ...config, presets }))
const NEW: Preset = { models: [''], parameters: {}, overrides: false, systemPlace: 'before' }
const NUMBERS = ['temperature', 'top_p', 'max_tokens', 'seed'] as const
const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const

export function Presets({ presets }: Pick<RoutingConfig, 'presets'>): ReactElement {
  const texts = useTexts(ROUTING_TEXTS)
  const entries = Object.entries(presets)
  return (
    <>
      {entries.length === 0 && (
        <EmptyState icon={<SlidersHorizontal />} title={texts.presets.empty}>
          <p>{texts.presets.emptyWords}</p>
        </EmptyState>
      )}
      {entries.map(([name, preset], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while its field has the focus
        <One key={place} name={name} preset={preset} presets={presets} />
      ))}
      <div>
        <Button
          icon={<Plus aria-hidden size={16} />}
          onClick={() => {
            change({ ...presets, [freeName(presets, 'preset')]: NEW })
            focusLastCard()
          }}
        >
          {texts.presets.add}
        </Button>
      </div>
    </>
  )
}

function One({ name, preset, presets }: { readonly name: string; readonly preset: Preset; readonly presets: RoutingConfig['presets'] }): ReactElement {
  const all = useTexts(ROUTING_TEXTS)
  const texts = all.presets
  const set = (changed: Partial<Preset>): void => change({ ...presets, [name]: { ...preset, ...changed } })
  const setParameter = (parameter: keyof Preset['parameters'], value: number | string | string[] | undefined): void =>
    set({ parameters: { ...preset.parameters, [parameter]: value } })
  const rename = (after: string): boolean => {
    const renamedAll = renamed(presets, name, after)
    if (renamedAll !== undefined) change(renamedAll)
    return renamedAll !== undefined
  }
  return (
    <Card
      what={name}
      onRemove={() => change(withoutName(presets, name))}
      head={<NameField value={name} onName={rename} />}
      aside={<code className={styles.faint}>{`@preset/${name}`}</code>}
    >
      <NamesField names={preset.models} onNames={(models) => set({ models })} />
      <div className={styles.grid}>
        {NUMBERS.map((parameter) => (
          <TextField
            key={parameter}
            label={texts.parameters[parameter]}
            type="number"
            step="any"
            value={preset.parameters[parameter] === undefined ? '' : String(preset.parameters[parameter])}
            onValue={(text) => setParameter(parameter, text === '' ? undefined : Number(text))}
          />
        ))}
        <TextField
          label={texts.parameters.stop}
          value={(preset.parameters.stop ?? []).join(', ')}
          onValue={(text) => setParameter('stop', text === '' ? undefined : listOf(text))}
        />
        <Select
          label={texts.parameters.reasoning_effort}
          placeholder="–"
          value={preset.parameters.reasoning_effort ?? ''}
          onValue={(effort) => setParameter('reasoning_effort', effort)}
          onClear={() => setParameter('reasoning_effort', undefined)}
          options={EFFORTS.map((effort) => [effort, effort])}
        />
      </div>
      <Toggle label={texts.overrides} hint={texts.overridesHint} checked={preset.overrides} onChecked={(overrides) => set({ overrides })} />
      <Lines label={texts.system} value={preset.system ?? ''} onValue={(system) => set({ system: system === '' ? undefined : system })} />
      <Choice
        label={texts.systemPlace}
        bar
        value={preset.systemPlace}
        onValue={(systemPlace) => set({ systemPlace })}
        options={[
          { value: 'before', title: texts.before },
          { value: 'missing', title: texts.missing },
          { value: 'instead', title: texts.instead },
        ]}
      />
      <JsonField label={texts.provider} hint={texts.providerHint} value={preset.provider} onValue={(provider) => set({ provider })} />
    </Card>
  )
}
