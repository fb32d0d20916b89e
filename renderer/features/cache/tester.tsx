import { X } from 'lucide-react'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { CacheTest } from '../../../shared/api/cache.ts'
import { client } from '../../client/client.ts'
import { useTexts } from '../../i18n/texts.ts'
import { cacheReason, gateName } from '../../messages/cache-reasons.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/status.tsx'
import styles from './cache.module.css'
import { CACHE_TEXTS } from './texts.ts'

type Tested = { readonly is: 'none' } | { readonly is: 'failed'; readonly message: string } | { readonly is: 'done'; readonly test: CacheTest }

/** Two questions side by side: would the second be answered from the first? */
export function Tester({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactElement {
  const { tester: texts, close } = useTexts(CACHE_TEXTS)
  const [one, setOne] = useState('')
  const [other, setOther] = useState('')
  const [tested, setTested] = useState<Tested>({ is: 'none' })
  async function run(event: FormEvent): Promise<void> {
    event.preventDefault()
    const result = await client['cache.test']({ one, other })
    setTested(result.ok ? { is: 'done', test: result.value } : { is: 'failed', message: result.failure.message })
  }
  return (
    <Dialog open={open} onClose={onClose} title={texts.title} description={texts.lead}>
      <form className={styles.form} onSubmit={(event) => void run(event)}>
        <Words label={texts.answered} value={one} onValue={setOne} />
        <Words label={texts.asked} value={other} onValue={setOther} />
        {tested.is === 'failed' && <Notice tone="bad">{tested.message}</Notice>}
        {tested.is === 'done' && <Verdict test={tested.test} />}
        <DialogActions>
          <Button onClick={onClose}>{close}</Button>
          <Button variant="primary" type="submit" disabled={one.trim() === '' || other.trim() === ''}>
            {texts.compare}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function Words({ label, value, onValue }: { readonly label: string; readonly value: string; readonly onValue: (value: string) => void }): ReactElement {
  return (
    <Field label={label}>
      {(wiring) => (
        <textarea {...wiring} className={styles.textarea} rows={2} maxLength={100_000} value={value} onChange={(event) => onValue(event.target.value)} />
      )}
    </Field>
  )
}

function Verdict({ test }: { readonly test: CacheTest }): ReactElement {
  const { tester: texts, drawer } = useTexts(CACHE_TEXTS)
  const against = test.gates.filter((gate) => gate.against !== undefined)
  const silent = test.gates.filter((gate) => gate.against === undefined)
  const verdict = test.exact ? texts.same : test.isHit ? texts.hit : texts.miss
  return (
    <div className={styles.verdict} role="status">
      <p className={styles.verdictLine} data-hit={test.isHit || test.exact}>
        <b>{verdict}</b>
        <span className={styles.similarity}>{drawer.similarity(test.similarity.toFixed(3))}</span>
      </p>
      {against.length > 0 && (
        <ul className={styles.gates}>
          {against.map((gate) => (
            <li key={gate.name}>
              <X aria-hidden size={13} />
              <span className={styles.gateName}>{gateName(gate.name)}</span>
              <span className={styles.dim}>{cacheReason(gate.reason, gate.against)}</span>
            </li>
          ))}
        </ul>
      )}
      {!test.exact && <p className={styles.faint}>{texts.silent(silent.map((gate) => gateName(gate.name)).join(', '))}</p>}
    </div>
  )
}
