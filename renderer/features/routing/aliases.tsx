import { Plus, Tag } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Alias, RoutingConfig } from '../../../shared/routing-config.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Choice, TextField } from '../../ui/field.tsx'
import { edit } from './actions.ts'
import { Card, focusLastCard, NameField } from './card.tsx'
import { freeName, renamed, withoutName } from './edit.ts'
import { ModelsField } from './models-field.tsx'
import { ROUTING_TEXTS } from './texts.ts'

const change = (aliases: RoutingConfig['aliases']): void => edit((config) => ({ ...config, aliases }))

export function Aliases({ aliases }: Pick<RoutingConfig, 'aliases'>): ReactElement {
  const texts = useTexts(ROUTING_TEXTS)
  const entries = Object.entries(aliases)
  return (
    <>
      {entries.length === 0 && (
        <EmptyState icon={<Tag />} title={texts.aliases.empty}>
          <p>{texts.aliases.emptyWords}</p>
        </EmptyState>
      )}
      {entries.map(([name, alias], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while its field has the focus
        <One key={place} name={name} alias={alias} aliases={aliases} />
      ))}
      <div>
        <Button
          icon={<Plus aria-hidden size={16} />}
          onClick={() => {
            change({ ...aliases, [freeName(aliases, 'alias')]: { models: [{ model: '' }], balance: 'in-order' } })
            focusLastCard()
          }}
        >
          {texts.aliases.add}
        </Button>
      </div>
    </>
  )
}

function One({ name, alias, aliases }: { readonly name: string; readonly alias: Alias; readonly aliases: RoutingConfig['aliases'] }): ReactElement {
  const texts = useTexts(ROUTING_TEXTS)
  const set = (changed: Partial<Alias>): void => change({ ...aliases, [name]: { ...alias, ...changed } })
  const rename = (after: string): boolean => {
    const all = renamed(aliases, name, after)
    if (all !== undefined) change(all)
    return all !== undefined
  }
  return (
    <Card what={name} onRemove={() => change(withoutName(aliases, name))} head={<NameField value={name} onName={rename} />}>
      <ModelsField models={alias.models} onModels={(models) => set({ models })} weighed={alias.balance === 'weighted'} />
      <Choice
        label={texts.aliases.balance}
        bar
        value={alias.balance}
        onValue={(balance) => set({ balance })}
        options={[
          { value: 'in-order', title: texts.aliases.inOrder },
          { value: 'weighted', title: texts.aliases.weighted },
          { value: 'auto', title: texts.aliases.auto },
        ]}
      />
      <TextField label={texts.note} value={alias.note ?? ''} onValue={(note) => set({ note: note === '' ? undefined : note })} />
    </Card>
  )
}
