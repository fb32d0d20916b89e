import { GitBranch, Plus, X } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { Action, GuardPattern, RoutingConfig, Rule } from '../../../shared/routing-config.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { TextField, Toggle } from '../../ui/field.tsx'
import { edit } from './actions.ts'
import { Card, focusLastCard } from './card.tsx'
import { ConditionEditor } from './condition-editor.tsx'
import { moved, removed, replaced } from './edit.ts'
import { JsonField } from './json-field.tsx'
import { NamesField } from './models-field.tsx'
import { Part } from './part.tsx'
import styles from './routing.module.css'
import { Select } from './select.tsx'
import { ROUTING_TEXTS } from './texts.ts'

const change = (rules: RoutingConfig['rules']): void => edit((config) => ({ ...config, rules }))
const KINDS = ['route', 'deny', 'prefer', 'cache', 'guard'] as const
const GUARDS: readonly GuardPattern[] = ['secret', 'email', 'phone']

export function Rules({ rules }: Pick<RoutingConfig, 'rules'>): ReactElement {
  const texts = useTexts(ROUTING_TEXTS)
  // where a rule stands is what it is known by; when they move, what was typed into them must not stay behind
  const [moves, setMoves] = useState(0)
  const redraw = (changed: RoutingConfig['rules']): void => {
    change(changed)
    setMoves((count) => count + 1)
  }
  return (
    <>
      {rules.length === 0 && (
        <EmptyState icon={<GitBranch />} title={texts.rules.empty}>
          <p>{texts.rules.emptyWords}</p>
        </EmptyState>
      )}
      <ol className={styles.list}>
        {rules.map((rule, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={`${place} ${moves}`}>
            <One
              rule={rule}
              onRule={(after) => change(replaced(rules, place, after))}
              onRemove={() => redraw(removed(rules, place))}
              order={{ place, count: rules.length, onMove: (from, to) => redraw(moved(rules, from, to)) }}
            />
          </li>
        ))}
      </ol>
      <div>
        <Button
          icon={<Plus aria-hidden size={16} />}
          onClick={() => {
            change([...rules, { name: texts.rules.first, enabled: true, when: {}, actions: [{ do: 'route', models: [''] }] }])
            focusLastCard()
          }}
        >
          {texts.rules.add}
        </Button>
      </div>
    </>
  )
}

interface OneProps {
  readonly rule: Rule
  readonly onRule: (rule: Rule) => void
  readonly onRemove: () => void
  readonly order: { readonly place: number; readonly count: number; readonly onMove: (from: number, to: number) => void }
}

function One({ rule, onRule, onRemove, order }: OneProps): ReactElement {
  const all = useTexts(ROUTING_TEXTS)
  const texts = all.rules
  const set = (changed: Partial<Rule>): void => onRule({ ...rule, ...changed })
  const setActions = (actions: Action[]): void => set({ actions })
  return (
    <Card
      what={rule.name}
      onRemove={onRemove}
      order={order}
      head={<TextField label={all.name} hideLabel value={rule.name} onValue={(name) => set({ name })} />}
      aside={<Toggle label={all.enabled} checked={rule.enabled} onChecked={(enabled) => set({ enabled })} />}
    >
      <Part title={texts.when}>
        {Object.keys(rule.when).length === 0 && <p className={styles.faint}>{texts.always}</p>}
        <ConditionEditor condition={rule.when} add={texts.addCondition} onCondition={(when) => set({ when })} />
      </Part>
      <Part title={texts.unless}>
        <ConditionEditor
          condition={rule.unless ?? {}}
          add={texts.addUnless}
          onCondition={(unless) => set({ unless: Object.keys(unless).length === 0 ? undefined : unless })}
        />
      </Part>
      <Part title={texts.thenTitle}>
        {rule.actions.map((action, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an action is its place
          <div key={`${place} ${action.do}`} className={styles.action}>
            <Select
              label={texts.action}
              hideLabel
              value={action.do}
              options={KINDS.map((kind) => [kind, texts.actions[kind]])}
              onValue={(kind) => setActions(replaced(rule.actions, place, newAction(kind, texts.firstMessage)))}
            />
            <div className={styles.actionFields}>
              <ActionFields action={action} onAction={(after) => setActions(replaced(rule.actions, place, after))} />
            </div>
            <IconButton
              label={all.remove(texts.actions[action.do])}
              small
              disabled={rule.actions.length === 1}
              onClick={() => setActions(removed(rule.actions, place))}
            >
              <X aria-hidden size={14} />
            </IconButton>
          </div>
        ))}
        <div className={styles.adder}>
          <Select
            label={texts.addAction}
            hideLabel
            placeholder={texts.addAction}
            value=""
            options={KINDS.map((kind) => [kind, texts.actions[kind]])}
            onValue={(kind) => setActions([...rule.actions, newAction(kind, texts.firstMessage)])}
          />
        </div>
      </Part>
    </Card>
  )
}

function newAction(kind: (typeof KINDS)[number], message: string): Action {
  switch (kind) {
    case 'route':
      return { do: 'route', models: [''] }
    case 'deny':
      return { do: 'deny', message }
    case 'prefer':
      return { do: 'prefer', provider: { sort: 'price' } }
    case 'cache':
      return { do: 'cache', cache: { enabled: true } }
    case 'guard':
      return { do: 'guard', block: ['secret'] }
  }
}

function ActionFields({ action, onAction }: { readonly action: Action; readonly onAction: (action: Action) => void }): ReactElement {
  const all = useTexts(ROUTING_TEXTS)
  const texts = all.rules
  switch (action.do) {
    case 'route':
      return <NamesField names={action.models} onNames={(models) => onAction({ ...action, models })} />
    case 'deny':
      return <TextField label={texts.message} value={action.message} onValue={(message) => onAction({ ...action, message })} />
    case 'prefer':
      return (
        <JsonField
          label={all.presets.provider}
          hint={all.presets.providerHint}
          value={action.provider}
          onValue={(provider) => onAction({ ...action, provider: provider ?? {} })}
        />
      )
    case 'guard':
      return (
        <div className={styles.grid}>
          {GUARDS.map((name) => (
            <Toggle
              key={name}
              label={texts.guards[name]}
              checked={action.block.includes(name)}
              // a guard that looks for nothing is none
              disabled={action.block.length === 1 && action.block.includes(name)}
              onChecked={(on) => onAction({ ...action, block: GUARDS.filter((each) => (each === name ? on : action.block.includes(each))) })}
            />
          ))}
        </div>
      )
    case 'cache':
      return (
        <div className={styles.grid}>
          <Toggle label={texts.cacheOn} checked={action.cache.enabled} onChecked={(enabled) => onAction({ ...action, cache: { ...action.cache, enabled } })} />
          <TextField
            label={texts.ttl}
            unit="s"
            type="number"
            value={action.cache.ttlSeconds === undefined ? '' : String(action.cache.ttlSeconds)}
            onValue={(text) => onAction({ ...action, cache: { ...action.cache, ttlSeconds: text === '' ? undefined : Number(text) } })}
          />
        </div>
      )
  }
}
