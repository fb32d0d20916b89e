import { X } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { Condition } from '../../../shared/routing-config.ts'
import { useTexts } from '../../i18n/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { CONDITION_KEYS, CONDITION_LINES, type ConditionKey, withLine, withoutLine } from './conditions.ts'
import styles from './routing.module.css'
import { Select } from './select.tsx'
import { ROUTING_TEXTS } from './texts.ts'

interface ConditionEditorProps {
  readonly condition: Condition
  readonly onCondition: (condition: Condition) => void
  /** Of the menu that adds a line. */
  readonly add: string
}

/** The parts of a condition, one line each, and a menu of those that are not there yet. */
export function ConditionEditor({ condition, onCondition, add }: ConditionEditorProps): ReactElement {
  const texts = useTexts(ROUTING_TEXTS).rules.conditions
  const given = CONDITION_KEYS.filter((key) => condition[key] !== undefined)
  const others = CONDITION_KEYS.filter((key) => condition[key] === undefined)
  return (
    <div className={styles.conditions}>
      {given.map((key) => (
        <Line key={key} name={key} condition={condition} onCondition={onCondition} />
      ))}
      {others.length > 0 && (
        <div className={styles.adder}>
          <Select<ConditionKey>
            label={add}
            hideLabel
            placeholder={add}
            value=""
            options={others.map((key) => [key, texts[key][0]])}
            onValue={(key) => onCondition(withLine(condition, key, CONDITION_LINES[key].first) ?? condition)}
          />
        </div>
      )}
    </div>
  )
}

function Line({ name, condition, onCondition }: { readonly name: ConditionKey } & Omit<ConditionEditorProps, 'add'>): ReactElement {
  const all = useTexts(ROUTING_TEXTS)
  const [label, hint] = all.rules.conditions[name]
  const line = CONDITION_LINES[name]
  const [typed, setTyped] = useState(() => line.read(condition))
  const after = withLine(condition, name, typed)
  const take = (text: string): void => {
    setTyped(text)
    const changed = withLine(condition, name, text)
    if (changed !== undefined) onCondition(changed)
  }
  return (
    <div className={styles.condition}>
      {line.choices === undefined ? (
        <TextField label={label} hint={hint} mono value={typed} onValue={take} error={after === undefined ? all.rules.unreadable : undefined} />
      ) : (
        <Select label={label} value={typed} onValue={take} options={line.choices.map((choice) => [choice, choice])} />
      )}
      <IconButton label={all.remove(label)} small className={styles.level} onClick={() => onCondition(withoutLine(condition, name))}>
        <X aria-hidden size={14} />
      </IconButton>
    </div>
  )
}
