import { type FormEvent, type ReactElement, useEffect, useState } from 'react'
import type { NeverCached } from '../../../shared/cache.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Skeleton } from '../../ui/empty-state.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatAgo } from '../../ui/figures.ts'
import { Notice } from '../../ui/status.tsx'
import { allowAgain, fetchNevers, forbidRequest } from './actions.ts'
import styles from './cache.module.css'
import dialogs from './dialogs.module.css'
import { useCache } from './store.ts'
import { CACHE_TEXTS } from './texts.ts'

/** What the response cache leaves alone, each with its way back. */
export function NeverDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactElement {
  const { nevers: texts } = useTexts(CACHE_TEXTS)
  useEffect(() => {
    if (open) void fetchNevers()
  }, [open])
  return (
    <Dialog open={open} onClose={onClose} title={texts.title} description={texts.lead}>
      <Nevers />
      <Add />
    </Dialog>
  )
}

function Nevers(): ReactElement {
  const { nevers: texts } = useTexts(CACHE_TEXTS)
  const nevers = useCache((state) => state.nevers)
  if (nevers.is === 'loading') return <Skeleton rows={3} label={texts.loading} />
  if (nevers.is === 'failed') return <Notice tone="bad">{nevers.failure.message}</Notice>
  if (nevers.rows.length === 0) return <p className={styles.dim}>{texts.none}</p>
  return (
    <ul className={dialogs.nevers}>
      {nevers.rows.map((never) => (
        <Never key={never.key} never={never} />
      ))}
    </ul>
  )
}

function Never({ never }: { readonly never: NeverCached }): ReactElement {
  const { nevers: texts, moreThanText } = useTexts(CACHE_TEXTS)
  const question = never.question === '' ? `${moreThanText}, ${never.key.slice(0, 12)}…` : never.question.replace(/\s+/g, ' ')
  return (
    <li className={dialogs.never}>
      <span className={dialogs.neverQuestion} title={question}>
        {question}
      </span>
      <span className={styles.faint}>{formatAgo(never.at, Date.now())}</span>
      <Button small aria-label={texts.allowThis(question)} onClick={() => void allowAgain(never.key)}>
        {texts.allow}
      </Button>
    </li>
  )
}

function Add(): ReactElement {
  const { nevers: texts } = useTexts(CACHE_TEXTS)
  const [request, setRequest] = useState('')
  const [error, setError] = useState<string | undefined>(undefined)
  async function add(event: FormEvent): Promise<void> {
    event.preventDefault()
    const message = await forbidRequest(request.trim())
    setError(message)
    if (message === undefined) setRequest('')
  }
  return (
    <form className={dialogs.neverForm} onSubmit={(event) => void add(event)}>
      <TextField label={texts.add} hint={texts.addHint} mono spellCheck={false} autoComplete="off" value={request} onValue={setRequest} error={error} />
      <Button type="submit" disabled={request.trim() === ''}>
        {texts.forbid}
      </Button>
    </form>
  )
}
