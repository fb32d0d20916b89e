import { Plus, X } from 'lucide-react'
import { type ReactElement, useEffect, useState } from 'react'
import type { MatrixForecast } from '../../../../shared/api/matrix.ts'
import type { ApiFailure } from '../../../../shared/contract.ts'
import { variablesOf } from '../../../../shared/template.ts'
import { client } from '../../../client/client.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Field, TextField } from '../../../ui/field.tsx'
import { formatCount, formatMoney } from '../../../ui/figures.ts'
import type { ModelGroup } from '../model-list.ts'
import { ModelPicker } from '../model-picker.tsx'
import { Checks } from './checks-form.tsx'
import { type MatrixDraft, specOf, useDraft } from './draft-store.ts'
import styles from './matrix.module.css'
import { readRows } from './read-rows.ts'
import { texts } from './texts.ts'

const AFTER_TYPING_MS = 400
const MOST_MODELS = 20

/** A new matrix: what to ask, of whom, with which values, and what the answers are held to. */
export function Setup({ groups, onStarted }: { readonly groups: readonly ModelGroup[]; readonly onStarted: (id: string) => void }): ReactElement {
  const t = useTexts(texts)
  const draft = useDraft()
  const [failure, setFailure] = useState<ApiFailure>()
  const [busy, setBusy] = useState(false)
  const set = (changed: Partial<MatrixDraft>) => {
    useDraft.setState(changed)
    setFailure(undefined)
  }
  const spec = specOf(draft)

  async function start(): Promise<void> {
    if (spec === undefined || busy) return
    setBusy(true)
    const result = await client['matrix.start']({ spec })
    setBusy(false)
    if (result.ok) onStarted(result.value.id)
    else setFailure(result.failure)
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which the keyboard must be able to do
    <section className={styles.setup} tabIndex={0} aria-label={t.add}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void start()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void start()
        }}
      >
        <p className={styles.lead}>{t.lead}</p>
        <TextField label={t.name} value={draft.name} onValue={(name) => set({ name })} />
        <Prompts draft={draft} set={set} />
        <Models draft={draft} groups={groups} set={set} />
        <Rows draft={draft} set={set} />
        <Checks checks={draft.checks} groups={groups} onChecks={(checks) => set({ checks })} />
        <div className={styles.numbers}>
          <TextField
            label={t.temperature}
            inputMode="decimal"
            placeholder={t.modelDefault}
            value={draft.temperature}
            onValue={(temperature) => set({ temperature })}
          />
          <TextField
            label={t.maxTokens}
            inputMode="numeric"
            placeholder={t.modelDefault}
            value={draft.maxOutputTokens}
            onValue={(maxOutputTokens) => set({ maxOutputTokens })}
          />
          <TextField label={t.costCap} inputMode="decimal" placeholder={t.noCap} value={draft.costCap} onValue={(costCap) => set({ costCap })} unit="$" />
          <Field label={t.concurrency}>
            {(wiring) => (
              <select {...wiring} className={styles.select} value={draft.concurrency} onChange={(event) => set({ concurrency: Number(event.target.value) })}>
                {[1, 2, 3, 4, 6, 8].map((count) => (
                  <option key={count}>{count}</option>
                ))}
              </select>
            )}
          </Field>
        </div>
        {failure !== undefined && (
          <p className={styles.failed} role="alert">
            {failure.field === undefined ? '' : `${failure.field}: `}
            {failure.message}
          </p>
        )}
        <div className={styles.start}>
          <Forecast draft={draft} />
          <Button variant="primary" type="submit" disabled={busy || spec === undefined || draft.models.length === 0}>
            {t.start}
          </Button>
        </div>
      </form>
    </section>
  )
}

interface PartProps {
  readonly draft: MatrixDraft
  readonly set: (changed: Partial<MatrixDraft>) => void
}

function Prompts({ draft, set }: PartProps): ReactElement {
  const t = useTexts(texts)
  const change = (index: number, changed: Partial<MatrixDraft['prompts'][number]>) =>
    set({ prompts: draft.prompts.map((prompt, place) => (place === index ? { ...prompt, ...changed } : prompt)) })
  return (
    <fieldset className={styles.group}>
      <legend>{t.prompts}</legend>
      {draft.prompts.map((prompt, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: prompts have no other name than their place
        <div key={index} className={styles.prompt}>
          <textarea
            rows={2}
            aria-label={t.prompt(index + 1)}
            placeholder={t.promptHint}
            value={prompt.text}
            onChange={(event) => change(index, { text: event.target.value })}
          />
          <textarea
            rows={1}
            aria-label={t.system(index + 1)}
            placeholder={t.systemHint}
            value={prompt.system}
            onChange={(event) => change(index, { system: event.target.value })}
          />
          <IconButton
            small
            label={t.removePrompt(index + 1)}
            disabled={draft.prompts.length === 1}
            onClick={() => set({ prompts: draft.prompts.filter((_, place) => place !== index) })}
          >
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <Button small icon={<Plus aria-hidden />} onClick={() => set({ prompts: [...draft.prompts, { system: '', text: '' }] })}>
        {t.addPrompt}
      </Button>
    </fieldset>
  )
}

function Models({ draft, groups, set }: PartProps & { readonly groups: readonly ModelGroup[] }): ReactElement {
  const t = useTexts(texts)
  return (
    <fieldset className={styles.group}>
      <legend>{t.models}</legend>
      <ul className={styles.models}>
        {draft.models.map((model) => (
          <li key={model}>
            <code>{model}</code>
            <IconButton small label={t.removeModel(model)} onClick={() => set({ models: draft.models.filter((each) => each !== model) })}>
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
        {draft.models.length < MOST_MODELS && (
          <li>
            <ModelPicker
              groups={groups}
              model={t.addModel}
              row={undefined}
              label={t.addModel}
              onChoose={(model) => set({ models: [...draft.models.filter((each) => each !== model), model] })}
            />
          </li>
        )}
      </ul>
    </fieldset>
  )
}

function Rows({ draft, set }: PartProps): ReactElement {
  const t = useTexts(texts)
  const read = readRows(draft.rows)
  const names = [...new Set(draft.prompts.flatMap(({ system, text }) => [...variablesOf(system), ...variablesOf(text)]))]
  const missing = read.is === 'ok' ? names.filter((name) => !read.columns.includes(name)) : []
  const note = read.is === 'ok' ? t.rowsRead(read.rows.length, read.columns.join(', ')) : undefined
  const error =
    read.is === 'wrong' ? t.rowsWrong[read.why](read.line) : missing.length > 0 ? t.missing(missing.map((name) => `{{${name}}}`).join(', ')) : undefined
  return (
    <Field label={t.rows} hint={note} error={error}>
      {(wiring) => (
        <>
          <textarea
            {...wiring}
            className={styles.area}
            rows={5}
            spellCheck={false}
            placeholder={'city,country\nLisbon,Portugal'}
            value={draft.rows}
            onChange={(event) => set({ rows: event.target.value })}
          />
          <input
            type="file"
            accept=".csv,.tsv,.jsonl,.ndjson,.txt,text/csv,application/jsonl"
            aria-label={t.rowsFile}
            onChange={(event) => {
              const [file] = event.target.files ?? []
              if (file !== undefined) void file.text().then((rows) => set({ rows }))
              event.target.value = ''
            }}
          />
        </>
      )}
    </Field>
  )
}

/** How many answers that makes, and about what they cost. */
function Forecast({ draft }: { readonly draft: MatrixDraft }): ReactElement {
  const t = useTexts(texts)
  const [forecast, setForecast] = useState<MatrixForecast>()
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      const spec = specOf(draft)
      if (spec === undefined) return setForecast(undefined)
      void client['matrix.forecast']({ spec }, stop.signal).then((result) => {
        if (!stop.signal.aborted) setForecast(result.ok ? result.value : undefined)
      })
    }, AFTER_TYPING_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [draft])
  return <p className={styles.forecast}>{forecast !== undefined && t.forecast(formatCount(forecast.cells), formatMoney(forecast.cost), forecast.estimated)}</p>
}
