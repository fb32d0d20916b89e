import { Check, Copy, Pause, Play, Square, Trash2, TriangleAlert, X } from 'lucide-react'
import { type ReactElement, useEffect, useMemo, useState } from 'react'
import type { MatrixCell, MatrixProgress } from '../../../../shared/api/matrix.ts'
import type { ApiFailure, Result } from '../../../../shared/contract.ts'
import { client } from '../../../client/client.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { told, words } from '../../../messages/words.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Confirm, Dialog, DialogActions } from '../../../ui/dialog.tsx'
import { EmptyState, Skeleton } from '../../../ui/empty-state.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { formatMoney, formatSpan } from '../../../ui/figures.ts'
import { saveFile } from '../../../ui/save-file.ts'
import { showFailure } from '../../../ui/toast.tsx'
import { draftOf, useDraft } from './draft-store.ts'
import { EXPORT_FILES, EXPORTS, exported } from './export.ts'
import styles from './matrix.module.css'
import { useViewed, type ViewedRun, view } from './run-view-store.ts'
import { FILTERS, type Filter, filtered, type Line, linesOf } from './table.ts'
import { texts } from './texts.ts'

/** Rows drawn at once; more are drawn on demand. */
const PAGE_LINES = 100
/** Of a text in the table before it is unfolded. */
const SHORT_CHARACTERS = 400
const SHORT_LINES = 8

/** One run: how far it is, and its answers side by side. */
export function RunView({ id, onLeave }: { readonly id: string; readonly onLeave: () => void }): ReactElement {
  const t = useTexts(texts)
  useEffect(() => view(id), [id])
  const { run, failed } = useViewed()
  if (failed !== undefined) {
    return (
      <EmptyState icon={<TriangleAlert />} title={failed} tone="bad">
        <Button onClick={onLeave}>{t.add}</Button>
      </EmptyState>
    )
  }
  if (run === undefined || run.id !== id) return <Skeleton rows={6} label={t.loading} />
  return <Loaded run={run} onLeave={onLeave} />
}

function Loaded({ run, onLeave }: { readonly run: ViewedRun; readonly onLeave: () => void }): ReactElement {
  const t = useTexts(texts)
  const { spec, progress } = run
  const [filter, setFilter] = useState<Filter>('all')
  const [shown, setShown] = useState(PAGE_LINES)
  const lines = useMemo(() => linesOf(spec, run.cells.values()), [spec, run.cells])
  const visible = useMemo(() => filtered(lines, filter), [lines, filter])
  return (
    <section className={styles.run} aria-label={spec.name}>
      <Progress run={run} onLeave={onLeave} />
      <div className={styles.tools}>
        <Choice bar hideLabel label={t.filter} value={filter} onValue={setFilter} options={FILTERS.map((value) => ({ value, title: t.filters[value] }))} />
        <span className={styles.count}>{t.lines(visible.length, lines.length)}</span>
        <span className={styles.fill} />
        {EXPORTS.map((kind) => (
          <Button
            key={kind}
            small
            disabled={progress.done === 0}
            aria-label={t.exportAs(t.exports[kind])}
            onClick={() => saveFile(`${spec.name}.${EXPORT_FILES[kind].extension}`, EXPORT_FILES[kind].mediaType, exported(kind, spec, visible))}
          >
            {t.exports[kind]}
          </Button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which the keyboard must be able to do */}
      <section className={styles.scroller} tabIndex={0} aria-label={t.answers}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t.question}</th>
              {spec.models.map((model) => (
                <th key={model} scope="col">
                  {model}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {visible.slice(0, shown).map((line) => (
              <LineRow key={`${line.prompt}-${line.row}`} line={line} />
            ))}
          </tbody>
        </table>
        {visible.length === 0 && <p className={styles.none}>{t.none[filter]}</p>}
        {visible.length > shown && (
          <Button className={styles.more} onClick={() => setShown(shown + PAGE_LINES)}>
            {t.more(visible.length - shown)}
          </Button>
        )}
      </section>
    </section>
  )
}

function LineRow({ line }: { readonly line: Line }): ReactElement {
  return (
    <tr>
      <th scope="row">
        <Words text={line.question} />
      </th>
      {line.cells.map((cell, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: models keep their places
        <td key={place}>{cell === undefined ? <span className={styles.waiting}>–</span> : <Cell cell={cell} />}</td>
      ))}
    </tr>
  )
}

/** A long text shows its beginning, and the rest on demand. */
function Words({ text, failed = false }: { readonly text: string; readonly failed?: boolean }): ReactElement {
  const t = useTexts(texts)
  const [open, setOpen] = useState(false)
  const cut = text.length > SHORT_CHARACTERS || text.split('\n', SHORT_LINES + 1).length > SHORT_LINES
  const beginning = text.split('\n', SHORT_LINES).join('\n').slice(0, SHORT_CHARACTERS)
  return (
    <div className={styles.text} data-failed={failed || undefined}>
      {cut && !open ? `${beginning} …` : text}
      {cut && (
        <button type="button" className={styles.rest} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t.less : t.rest}
        </button>
      )}
    </div>
  )
}

function Cell({ cell }: { readonly cell: MatrixCell }): ReactElement {
  const t = useTexts(texts)
  return (
    <>
      <Words
        text={cell.outcome === 'ok' ? cell.answer : cell.message === undefined ? cell.outcome : told({ message: cell.message, said: cell.said })}
        failed={cell.outcome !== 'ok'}
      />
      {cell.checks.length > 0 && (
        <ul className={styles.results}>
          {cell.checks
            .map(({ passed, why }) => ({ passed, why: words(why) }))
            .map(({ passed, why }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: checks keep their places
              <li key={index} data-passed={passed} title={why}>
                {passed ? <Check role="img" aria-label={t.passed} size={13} /> : <X role="img" aria-label={t.notPassed} size={13} />}
                <span>{why}</span>
              </li>
            ))}
        </ul>
      )}
      <p className={styles.figures}>
        {formatSpan(cell.totalMs)} · {cell.tokensOut ?? 'n/a'} tok · {formatMoney(cell.cost)}
      </p>
    </>
  )
}

function Progress({ run, onLeave }: { readonly run: ViewedRun; readonly onLeave: () => void }): ReactElement {
  const t = useTexts(texts)
  const { id, progress, spec } = run
  const [removing, setRemoving] = useState(false)
  const [raising, setRaising] = useState(false)
  const told = async (call: Promise<Result<null>>) => {
    const result = await call
    if (!result.ok) showFailure(result.failure.message)
  }
  const over = progress.done === progress.total
  return (
    <header className={styles.progress}>
      <div className={styles.title}>
        <h2>{spec.name}</h2>
        <span data-state={progress.state}>{t.states[progress.state]}</span>
        <span className={styles.fill} />
        {progress.state === 'running' && (
          <Button small icon={<Pause aria-hidden />} onClick={() => void told(client['matrix.pause']({ id }))}>
            {t.pause}
          </Button>
        )}
        {progress.state !== 'running' && !over && (
          <Button
            small
            icon={<Play aria-hidden />}
            onClick={() => (progress.state === 'at-cap' ? setRaising(true) : void told(client['matrix.resume']({ id })))}
          >
            {t.resume}
          </Button>
        )}
        {(progress.state === 'running' || progress.state === 'paused') && !over && (
          <Button small icon={<Square aria-hidden />} onClick={() => void told(client['matrix.cancel']({ id }))}>
            {t.cancel}
          </Button>
        )}
        <IconButton
          small
          label={t.copy}
          onClick={() => {
            useDraft.setState(draftOf(spec))
            onLeave()
          }}
        >
          <Copy aria-hidden />
        </IconButton>
        <IconButton small label={t.remove} onClick={() => setRemoving(true)}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
      <progress max={progress.total} value={progress.done} aria-label={t.progress} />
      <p className={styles.figures}>{figuresOf(progress, t)}</p>
      <Confirm
        open={removing}
        onClose={() => setRemoving(false)}
        title={t.remove}
        action={t.remove}
        onConfirm={async () => {
          const result = await client['matrix.remove']({ id })
          if (!result.ok) return result.failure.message
          onLeave()
          return undefined
        }}
      >
        {t.removeBody(progress.done)}
      </Confirm>
      {raising && <RaiseCap id={id} spent={progress.spent} onClose={() => setRaising(false)} />}
    </header>
  )
}

function figuresOf({ done, total, failing, spent, unpriced, forecast, remainingMs }: MatrixProgress, t: (typeof texts)['en']): string {
  const cost = `${formatMoney(spent)}${unpriced > 0 ? '+' : ''}`
  return [
    t.done(done, total),
    failing > 0 ? t.failing(failing) : '',
    t.spent(cost),
    forecast !== undefined && done < total ? t.inAll(formatMoney(forecast)) : '',
    remainingMs === undefined ? '' : t.remaining(formatSpan(remainingMs)),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

/** A run that came to its cap goes on under a higher one. */
function RaiseCap({ id, spent, onClose }: { readonly id: string; readonly spent: number; readonly onClose: () => void }): ReactElement {
  const t = useTexts(texts)
  const [dollars, setDollars] = useState(String(Math.ceil((spent / 1e9) * 2 * 100 + 1) / 100))
  const [failure, setFailure] = useState<ApiFailure>()
  const number = Number.parseFloat(dollars)
  async function go(): Promise<void> {
    const result = await client['matrix.resume']({ id, costCap: Math.round(number * 1e9) })
    if (result.ok) onClose()
    else setFailure(result.failure)
  }
  return (
    <Dialog open onClose={onClose} title={t.raise} description={t.raiseBody}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        <TextField label={t.costCap} inputMode="decimal" unit="$" value={dollars} onValue={setDollars} error={failure?.message} />
        <DialogActions>
          <Button onClick={onClose}>{t.back}</Button>
          <Button variant="primary" type="submit" disabled={!(number > 0)}>
            {t.resume}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
