import { type FormEvent, type ReactElement, useEffect, useId, useState } from 'react'
import type { KeyComparison } from '../../../shared/api/cache.ts'
import type { CacheKey } from '../../../shared/cache.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatMoment } from '../../ui/figures.ts'
import { Notice } from '../../ui/status.tsx'
import { comparedOf, compareKeys, type LateRequest, lateRequests } from './actions.ts'
import styles from './cache.module.css'
import dialogs from './dialogs.module.css'
import { CACHE_TEXTS } from './texts.ts'
import { isEmptyPart } from './words.ts'

type Compared = { readonly is: 'none' } | { readonly is: 'failed'; readonly message: string } | { readonly is: 'done'; readonly comparison: KeyComparison }

interface ExplainProps {
  readonly open: boolean
  readonly onClose: () => void
  /** The one of the two that is known already. */
  readonly entry?: CacheKey
}

/** Two requests, or a request and a cached answer: the parts of their keys that differ, side by side. */
export function ExplainDialog({ open, onClose, entry }: ExplainProps): ReactElement {
  const { explain: texts } = useTexts(CACHE_TEXTS)
  return (
    <Dialog open={open} onClose={onClose} title={texts.title} description={texts.lead}>
      <ExplainForm onClose={onClose} entry={entry ?? ''} />
    </Dialog>
  )
}

function ExplainForm({ onClose, entry }: { readonly onClose: () => void; readonly entry: CacheKey }): ReactElement {
  const { explain: texts, close } = useTexts(CACHE_TEXTS)
  const [one, setOne] = useState(entry)
  const [other, setOther] = useState('')
  const [compared, setCompared] = useState<Compared>({ is: 'none' })
  const [late, setLate] = useState<readonly LateRequest[]>([])
  const listId = useId()
  useEffect(() => void lateRequests().then(setLate), [])
  async function run(event: FormEvent): Promise<void> {
    event.preventDefault()
    const result = await compareKeys(one, other)
    setCompared(typeof result === 'string' ? { is: 'failed', message: result } : { is: 'done', comparison: result })
  }
  return (
    <form className={dialogs.form} onSubmit={(event) => void run(event)}>
      <TextField label={texts.one} mono list={listId} spellCheck={false} autoComplete="off" value={one} onValue={setOne} hint={texts.hint} />
      <TextField label={texts.other} mono list={listId} spellCheck={false} autoComplete="off" value={other} onValue={setOther} />
      <datalist id={listId}>
        {late.map(({ id, model, at }) => (
          <option key={id} value={id}>
            {`${formatMoment(at, Date.now())}, ${model}`}
          </option>
        ))}
      </datalist>
      {compared.is === 'failed' && <Notice tone="bad">{compared.message}</Notice>}
      {compared.is === 'done' && <Differences comparison={compared.comparison} />}
      <DialogActions>
        <Button onClick={onClose}>{close}</Button>
        <Button variant="primary" type="submit" disabled={comparedOf(one) === undefined || comparedOf(other) === undefined}>
          {texts.compare}
        </Button>
      </DialogActions>
    </form>
  )
}

function Differences({ comparison }: { readonly comparison: KeyComparison }): ReactElement {
  const { explain: texts, parts } = useTexts(CACHE_TEXTS)
  return (
    <div className={dialogs.verdict} role="status">
      <p className={dialogs.verdictLine} data-hit={comparison.same}>
        <b>{comparison.same ? texts.same : texts.differs(comparison.differences.length)}</b>
      </p>
      <dl className={styles.parts}>
        {comparison.differences.map(({ part, one, other }) => (
          <div key={part} className={styles.part}>
            <dt>{parts[part]}</dt>
            <Side label={texts.one} text={one} nothing={texts.nothing} />
            <Side label={texts.other} text={other} nothing={texts.nothing} />
          </div>
        ))}
      </dl>
    </div>
  )
}

function Side({ label, text, nothing }: { readonly label: string; readonly text: string; readonly nothing: string }): ReactElement {
  return (
    <dd>
      <span className={styles.faint}>{label} </span>
      {isEmptyPart(text) ? <span className={styles.faint}>{nothing}</span> : <code className={styles.partText}>{text}</code>}
    </dd>
  )
}
