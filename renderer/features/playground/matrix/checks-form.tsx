import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import type { MatrixCheck } from '../../../../shared/api/matrix.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { IconButton } from '../../../ui/button.tsx'
import type { ModelGroup } from '../model-list.ts'
import { ModelPicker } from '../model-picker.tsx'
import styles from './matrix.module.css'
import { texts } from './texts.ts'

const KINDS: readonly MatrixCheck['kind'][] = ['contains', 'equals', 'regex', 'json-schema', 'judge']

const NEW: Readonly<Record<MatrixCheck['kind'], MatrixCheck>> = {
  contains: { kind: 'contains', text: '', ignoreCase: true },
  equals: { kind: 'equals', text: '' },
  regex: { kind: 'regex', pattern: '', ignoreCase: false },
  'json-schema': { kind: 'json-schema', schema: '{"type":"object"}' },
  judge: { kind: 'judge', model: '', criterion: '' },
}

interface ChecksProps {
  readonly checks: readonly MatrixCheck[]
  readonly groups: readonly ModelGroup[]
  readonly onChecks: (checks: readonly MatrixCheck[]) => void
}

/** What every answer is held to. */
export function Checks({ checks, groups, onChecks }: ChecksProps): ReactElement {
  const t = useTexts(texts)
  const change = (index: number, changed: MatrixCheck) => onChecks(checks.map((check, place) => (place === index ? changed : check)))
  return (
    <fieldset className={styles.group}>
      <legend>{t.checks}</legend>
      {checks.map((check, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: checks have no other name than their place
        <div key={index} className={styles.check}>
          <b>{t.checkKinds[check.kind]}</b>
          <CheckFields check={check} groups={groups} label={t.checkLabel(index + 1)} onChange={(changed) => change(index, changed)} />
          <IconButton small label={t.removeCheck(index + 1)} onClick={() => onChecks(checks.filter((_, place) => place !== index))}>
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <select
        className={styles.select}
        aria-label={t.addCheck}
        value=""
        onChange={(event) => {
          const kind = KINDS.find((each) => each === event.target.value)
          if (kind !== undefined) onChecks([...checks, NEW[kind]])
        }}
      >
        <option value="">{t.addCheck}</option>
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t.checkKinds[kind]}
          </option>
        ))}
      </select>
    </fieldset>
  )
}

interface CheckFieldsProps {
  readonly check: MatrixCheck
  readonly groups: readonly ModelGroup[]
  readonly label: string
  readonly onChange: (check: MatrixCheck) => void
}

function CheckFields({ check, groups, label, onChange }: CheckFieldsProps): ReactElement {
  const t = useTexts(texts)
  switch (check.kind) {
    case 'contains':
    case 'equals':
      return (
        <>
          <input aria-label={label} value={check.text} onChange={(event) => onChange({ ...check, text: event.target.value })} />
          {check.kind === 'contains' && <IgnoreCase checked={check.ignoreCase} onChecked={(ignoreCase) => onChange({ ...check, ignoreCase })} />}
        </>
      )
    case 'regex':
      return (
        <>
          <input aria-label={label} value={check.pattern} spellCheck={false} onChange={(event) => onChange({ ...check, pattern: event.target.value })} />
          <IgnoreCase checked={check.ignoreCase} onChecked={(ignoreCase) => onChange({ ...check, ignoreCase })} />
        </>
      )
    case 'json-schema':
      return (
        <textarea
          aria-label={label}
          rows={3}
          value={check.schema}
          spellCheck={false}
          onChange={(event) => onChange({ ...check, schema: event.target.value })}
        />
      )
    case 'judge':
      return (
        <>
          <ModelPicker
            groups={groups}
            model={check.model === '' ? t.judgeModel : check.model}
            row={groups.flatMap(({ items }) => items).find(({ id }) => id === check.model)}
            label={t.judgeModel}
            onChoose={(model) => onChange({ ...check, model })}
          />
          <input
            aria-label={label}
            placeholder={t.criterion}
            value={check.criterion}
            onChange={(event) => onChange({ ...check, criterion: event.target.value })}
          />
        </>
      )
  }
}

function IgnoreCase({ checked, onChecked }: { readonly checked: boolean; readonly onChecked: (checked: boolean) => void }): ReactElement {
  const t = useTexts(texts)
  return (
    <label className={styles.tick}>
      <input type="checkbox" checked={checked} onChange={(event) => onChecked(event.target.checked)} />
      {t.ignoreCase}
    </label>
  )
}
