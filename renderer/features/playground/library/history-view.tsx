import { History, Search, Trash2, TriangleAlert } from 'lucide-react'
import { type ReactElement, useEffect, useState } from 'react'
import type { HistoryRow, KeptComparison } from '../../../../shared/api/history.ts'
import type { NanoUsd } from '../../../../shared/money.ts'
import { client } from '../../../client/client.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/dialog.tsx'
import { EmptyState, Skeleton } from '../../../ui/empty-state.tsx'
import { formatListMoment, formatMoney, formatSpan } from '../../../ui/figures.ts'
import { showFailure, showToast } from '../../../ui/toast.tsx'
import { openComparison } from '../desk-actions.ts'
import { useKept } from '../keep.ts'
import markdown from '../markdown.module.css'
import { Block } from '../markdown.tsx'
import styles from './library.module.css'
import { texts } from './texts.ts'

const AFTER_TYPING_MS = 200

type Loaded =
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly message: string }
  | { readonly is: 'ready'; readonly rows: readonly HistoryRow[]; readonly cursor: string | undefined }

/** Past comparisons, found by their words. */
export function HistoryView(): ReactElement {
  const t = useTexts(texts)
  const [text, setText] = useState('')
  const [list, setList] = useState<Loaded>({ is: 'loading' })
  const [open, setOpen] = useState<KeptComparison>()
  // a comparison that was still being answered is kept while one looks
  const kept = useKept(({ count }) => count)

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when there is one more
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      void client['history.list']({ text, limit: 50 }, stop.signal).then((result) => {
        if (!stop.signal.aborted) setList(result.ok ? { is: 'ready', ...result.value } : { is: 'failed', message: result.failure.message })
      })
    }, AFTER_TYPING_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text, kept])

  async function more(): Promise<void> {
    if (list.is !== 'ready' || list.cursor === undefined) return
    const result = await client['history.list']({ text, limit: 50, before: list.cursor })
    if (result.ok) setList({ ...result.value, is: 'ready', rows: [...list.rows, ...result.value.rows] })
    else showFailure(result.failure.message)
  }
  async function choose(id: string): Promise<void> {
    const result = await client['history.get']({ id })
    if (result.ok) setOpen(result.value)
    else showFailure(result.failure.message)
  }
  async function remove(gone: KeptComparison): Promise<string | undefined> {
    const result = await client['history.remove']({ id: gone.id })
    if (!result.ok) return result.failure.message
    if (list.is === 'ready') setList({ ...list, rows: list.rows.filter(({ id }) => id !== gone.id) })
    setOpen(undefined)
    showToast(t.removed)
    return undefined
  }

  return (
    <div className={styles.view}>
      <div className={styles.side}>
        <label className={styles.search}>
          <Search aria-hidden size={14} />
          {/* biome-ignore lint/a11y/noAutofocus: searching is what one comes here for */}
          <input autoFocus type="search" value={text} placeholder={t.search} aria-label={t.search} onChange={(event) => setText(event.target.value)} />
        </label>
        {list.is === 'loading' && <Skeleton rows={8} label={t.loading} />}
        {list.is === 'ready' && (
          <ul className={styles.list} aria-label={t.history}>
            {list.rows.map((row) => (
              <li key={row.id}>
                <button type="button" aria-current={row.id === open?.id ? 'true' : undefined} onClick={() => void choose(row.id)}>
                  <b>{row.prompt === '' ? t.noWords : row.prompt}</b>
                  {row.found !== '' && <span>{row.found}</span>}
                  <span>
                    {formatListMoment(row.at, Date.now())} · {row.models.join(', ')}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {list.is === 'ready' && list.cursor !== undefined && (
          <Button small onClick={() => void more()}>
            {t.more}
          </Button>
        )}
      </div>
      {list.is === 'failed' && <EmptyState icon={<TriangleAlert />} title={list.message} tone="bad" />}
      {list.is === 'ready' && list.rows.length === 0 && (
        <EmptyState icon={<History />} title={text === '' ? t.empty : t.notFound}>
          <p>{t.emptyHint}</p>
        </EmptyState>
      )}
      {open === undefined && list.is === 'ready' && list.rows.length > 0 && (
        <EmptyState icon={<History />} title={t.chooseOne}>
          <p>{t.chooseOneHint}</p>
        </EmptyState>
      )}
      {open !== undefined && <Kept comparison={open} onRemove={() => remove(open)} />}
    </div>
  )
}

/** `onRemove` answers what went wrong. */
function Kept({ comparison, onRemove }: { readonly comparison: KeptComparison; readonly onRemove: () => Promise<string | undefined> }): ReactElement {
  const t = useTexts(texts)
  const [removing, setRemoving] = useState(false)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which the keyboard must be able to do
    <section className={styles.kept} tabIndex={0} aria-label={t.comparison}>
      <header>
        <p className={styles.prompt}>{comparison.prompt}</p>
        <Button small variant="primary" onClick={() => openComparison(comparison)}>
          {t.askAgain}
        </Button>
        <IconButton small label={t.remove} onClick={() => setRemoving(true)}>
          <Trash2 aria-hidden />
        </IconButton>
        <Confirm open={removing} onClose={() => setRemoving(false)} title={t.removeTitle} action={t.remove} onConfirm={onRemove}>
          {t.removeMore}
        </Confirm>
      </header>
      {comparison.files.length > 0 && <p className={styles.dim}>{t.files(comparison.files.join(', '))}</p>}
      <div className={styles.answers}>
        {comparison.answers.map((answer, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a kept comparison does not change
          <article key={index} aria-label={answer.model}>
            <h2>{answer.model}</h2>
            <p className={styles.dim}>
              {[answer.outcome === 'ok' ? '' : answer.outcome, formatSpan(answer.totalMs), formatMoney(answer.cost as NanoUsd | undefined)]
                .filter(Boolean)
                .join(' · ')}
            </p>
            <div className={markdown.answer}>
              <Block text={answer.text} />
            </div>
          </article>
        ))}
      </div>
    </section>
  )
}
