import { Upload } from 'lucide-react'
import { type ReactElement, useRef, useState } from 'react'
import { TRANSFER_PARTS, type TransferPart, type TransferPlan, type TransferProblem } from '../../../../shared/transfer.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { words } from '../../../messages/words.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip, Notice } from '../../../ui/status.tsx'
import { showFailure } from '../../../ui/toast.tsx'
import { importSetup, planImport } from './actions.ts'
import { PartsField } from './parts-field.tsx'
import { TRANSFER_TEXTS } from './texts.ts'
import styles from './transfer.module.css'

interface Chosen {
  readonly name: string
  readonly text: string
  readonly parts: readonly TransferPart[]
  readonly removesMissing: boolean
  readonly plan: TransferPlan
}

/** As many lines as one reads; the rest is counted. */
const SHOWN = 200

/** A file is chosen, then looked at; each other choice is looked at anew; only then it is taken. */
export function ImportForm(): ReactElement {
  const texts = useTexts(TRANSFER_TEXTS)
  const picker = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<Chosen>()
  async function look(next: Omit<Chosen, 'plan'>): Promise<void> {
    const plan = await planImport(next)
    if (plan !== undefined) setChosen({ ...next, plan })
  }
  async function open(file: File): Promise<void> {
    try {
      await look({ name: file.name, text: await file.text(), parts: TRANSFER_PARTS, removesMissing: false })
    } catch {
      // a folder, or a file that went away in between
      showFailure(texts.notRead)
    }
  }
  async function take(importing: Chosen): Promise<void> {
    if (await importSetup({ text: importing.text, parts: importing.parts, removesMissing: importing.removesMissing })) setChosen(undefined)
  }
  return (
    <div className={styles.form}>
      <p className={styles.hint}>{texts.importLead}</p>
      <div className={styles.buttons}>
        <Button icon={<Upload aria-hidden />} onClick={() => picker.current?.click()}>
          {texts.choose}
        </Button>
        <input
          ref={picker}
          type="file"
          hidden
          accept=".json,application/json"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            event.target.value = ''
            if (file !== undefined) void open(file)
          }}
        />
      </div>
      {chosen !== undefined && (
        <Planned chosen={chosen} onLook={(next) => void look(next)} onTake={() => void take(chosen)} onCancel={() => setChosen(undefined)} />
      )}
    </div>
  )
}

interface PlannedProps {
  readonly chosen: Chosen
  readonly onLook: (next: Omit<Chosen, 'plan'>) => void
  readonly onTake: () => void
  readonly onCancel: () => void
}

function Planned({ chosen, onLook, onTake, onCancel }: PlannedProps): ReactElement {
  const texts = useTexts(TRANSFER_TEXTS)
  const { plan, name, parts, removesMissing } = chosen
  const { changes, problems, warnings, clientKeys } = plan
  return (
    <section className={styles.planned} aria-label={texts.file(name)}>
      <h3>{texts.file(name)}</h3>
      {problems.length > 0 && (
        <Notice tone="bad">
          {texts.refused}
          <Problems problems={problems} />
        </Notice>
      )}
      {plan.holds.length > 0 && (
        <>
          <PartsField legend={texts.take} among={plan.holds} chosen={parts} onChosen={(next) => onLook({ ...chosen, parts: next })} />
          <label className={styles.check}>
            <input type="checkbox" checked={removesMissing} onChange={(event) => onLook({ ...chosen, removesMissing: event.target.checked })} />
            {texts.removesMissing}
          </label>
          <p className={styles.hint}>{texts.removesHint}</p>
        </>
      )}
      {problems.length === 0 && (
        <div role="status">
          <p>{changes.length === 0 ? texts.nothing : texts.would(changes.length)}</p>
          <ul className={styles.changes}>
            {changes.slice(0, SHOWN).map((change) => (
              <li key={`${change.part} ${change.name}`}>
                <Chip tone={change.is === 'removed' ? 'warn' : 'info'}>{texts.is[change.is]}</Chip>
                <span className={styles.part}>{texts.partNames[change.part].split(':')[0]}</span>
                <code>{change.name}</code>
              </li>
            ))}
            {changes.length > SHOWN && <li>{texts.more(changes.length - SHOWN)}</li>}
          </ul>
        </div>
      )}
      {warnings.length > 0 && (
        <Notice tone="warn">
          {texts.warnings}
          <Problems problems={warnings} />
        </Notice>
      )}
      {clientKeys.length > 0 && <p className={styles.hint}>{texts.keys(clientKeys.join(', '))}</p>}
      <div className={styles.buttons}>
        <Button variant="primary" disabled={problems.length > 0 || changes.length === 0} onClick={onTake}>
          {texts.import}
        </Button>
        <Button onClick={onCancel}>{texts.cancel}</Button>
      </div>
    </section>
  )
}

function Problems({ problems }: { readonly problems: readonly TransferProblem[] }): ReactElement {
  const texts = useTexts(TRANSFER_TEXTS)
  return (
    <ul className={styles.problems}>
      {problems.map(({ at, message }) => (
        <li key={`${at} ${words(message)}`}>
          <code>{at === '' ? texts.atWhole : at}</code>: {words(message)}
        </li>
      ))}
    </ul>
  )
}
