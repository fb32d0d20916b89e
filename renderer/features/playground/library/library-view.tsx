import { BookMarked, Trash2, TriangleAlert } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { LibraryEntry, LibraryItem } from '../../../../shared/api/library.ts'
import { variablesOf } from '../../../../shared/template.ts'
import { client } from '../../../client/client.ts'
import { mirrorOf, useMirror } from '../../../client/mirror.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { EmptyState, Skeleton } from '../../../ui/empty-state.tsx'
import { Choice, Field, TextField } from '../../../ui/field.tsx'
import { showFailure, showToast } from '../../../ui/toast.tsx'
import { takeEntry } from '../desk-actions.ts'
import { saveFile } from '../save-file.ts'
import { useDesk } from '../store.ts'
import { WarmNotices } from '../warm-notice.tsx'
import styles from './library.module.css'
import { libraryFile, readLibraryFile } from './library-file.ts'
import { texts } from './texts.ts'

const library = mirrorOf(() => client['library.list']({}), ['library'])

/** Prompts and presets, kept by name, and as a file that others can import. */
export function LibraryView(): ReactElement {
  const t = useTexts(texts)
  const list = useMirror(library)
  const [open, setOpen] = useState<LibraryEntry>()
  const entries = list.is === 'ready' ? list.value : []

  async function importFile(file: File): Promise<void> {
    const read = readLibraryFile(await file.text())
    if (read.is === 'wrong') return showFailure(t.notALibrary)
    // what is in it is checked by the engine, which names the entry at fault
    const result = await client['library.import'](read.file)
    if (result.ok) showToast(t.imported(result.value.added, result.value.replaced))
    else showFailure(result.failure.message)
  }

  return (
    <div className={styles.view}>
      <div className={styles.side}>
        <div className={styles.tools}>
          <Button small aria-current={open === undefined ? 'true' : undefined} onClick={() => setOpen(undefined)}>
            {t.add}
          </Button>
          <label className={styles.file}>
            {t.import}
            <input
              type="file"
              accept=".json,application/json"
              onChange={(event) => {
                const [file] = event.target.files ?? []
                if (file !== undefined) void importFile(file)
                event.target.value = ''
              }}
            />
          </label>
          <Button small disabled={entries.length === 0} onClick={() => saveFile('switchyard-library.json', 'application/json', libraryFile(entries))}>
            {t.export}
          </Button>
        </div>
        {list.is === 'loading' && <Skeleton rows={6} label={t.loading} />}
        {list.is === 'ready' && (
          <ul className={styles.list} aria-label={t.library}>
            {entries.map((entry) => (
              <li key={entry.id}>
                <button type="button" aria-current={entry.id === open?.id ? 'true' : undefined} onClick={() => setOpen(entry)}>
                  <b>{entry.name}</b>
                  <span>
                    {t.kinds[entry.kind]}
                    {entry.kind === 'prompt' && variablesOf(entry.text).map((name) => ` {{${name}}}`)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {list.is === 'ready' && entries.length === 0 && (
          <EmptyState icon={<BookMarked />} title={t.libraryEmpty}>
            <p>{t.libraryHint}</p>
          </EmptyState>
        )}
      </div>
      {list.is === 'failed' ? (
        <EmptyState icon={<TriangleAlert />} title={list.failure.message} tone="bad" />
      ) : (
        <EntryForm key={open?.id ?? 'new'} entry={open} onGone={() => setOpen(undefined)} />
      )}
    </div>
  )
}

/** A new entry begins with what is on the desk. */
function EntryForm({ entry, onGone }: { readonly entry: LibraryEntry | undefined; readonly onGone: () => void }): ReactElement {
  const t = useTexts(texts)
  const desk = useDesk.getState()
  const [kind, setKind] = useState<LibraryItem['kind']>(entry?.kind ?? 'prompt')
  const [name, setName] = useState(entry?.name ?? '')
  const [text, setText] = useState(entry?.kind === 'prompt' ? entry.text : desk.draft)
  const [system, setSystem] = useState(entry === undefined ? desk.system : (entry.system ?? ''))
  const parameters = entry?.kind === 'preset' ? entry.parameters : desk.parameters
  const [failure, setFailure] = useState<string>()

  async function save(): Promise<void> {
    const item: LibraryItem = kind === 'prompt' ? { kind, name, text, ...(system.trim() !== '' && { system }) } : { kind, name, system, parameters }
    const result = await client['library.put']({ entry: item })
    if (!result.ok) return setFailure(result.failure.message)
    // under another name it is another entry, and the old one is not wanted any more
    if (entry !== undefined && entry.id !== result.value.id) await client['library.remove']({ id: entry.id })
    setFailure(undefined)
    showToast(t.saved(result.value.name))
  }
  async function remove(gone: LibraryEntry): Promise<void> {
    const result = await client['library.remove']({ id: gone.id })
    if (!result.ok) return showFailure(result.failure.message)
    onGone()
    const { id: _id, changedAt: _at, ...item } = gone
    showToast(t.removed, () => void client['library.put']({ entry: item }))
  }

  return (
    <form
      className={styles.form}
      aria-label={entry?.name ?? t.add}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {entry === undefined && (
        <Choice
          bar
          label={t.kind}
          value={kind}
          onValue={setKind}
          options={(['prompt', 'preset'] as const).map((value) => ({ value, title: t.kinds[value] }))}
        />
      )}
      <TextField label={t.name} value={name} onValue={setName} error={failure} />
      {kind === 'prompt' && (
        <Field label={t.prompt} hint={t.promptHint}>
          {(wiring) => <textarea {...wiring} rows={8} value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
      )}
      <Field label={t.system}>{(wiring) => <textarea {...wiring} rows={4} value={system} onChange={(event) => setSystem(event.target.value)} />}</Field>
      {kind === 'preset' && (
        <Field label={t.parameters} hint={t.parametersHint}>
          {(wiring) => <textarea {...wiring} readOnly rows={4} value={JSON.stringify(parameters, null, 2)} />}
        </Field>
      )}
      {entry !== undefined && (entry.kind === 'preset' || entry.system !== undefined) && <WarmNotices leaving="system" />}
      <div className={styles.tools}>
        <Button variant="primary" type="submit" disabled={name.trim() === '' || (kind === 'prompt' && text.trim() === '')}>
          {t.save}
        </Button>
        {entry !== undefined && (
          <>
            <Button onClick={() => takeEntry(entry)}>{t.use}</Button>
            <IconButton label={t.remove} onClick={() => void remove(entry)}>
              <Trash2 aria-hidden />
            </IconButton>
          </>
        )}
      </div>
    </form>
  )
}
