import { ChevronRight, CornerDownLeft, FileText, Image, Paperclip, Square, X } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, type ReactElement, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { type Attachment, bytesOf, FILE_LIMIT_BYTES, FILES_LIMIT_BYTES, MOST_FILES } from '../../../shared/attachments.ts'
import { useMirrored } from '../../client/mirror.ts'
import { settings } from '../../client/mirrors.ts'
import { bindingsOf } from '../../frame/shortcuts/bindings.ts'
import { chordHint } from '../../frame/shortcuts/chord.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, classes, IconButton } from '../../ui/button.tsx'
import { formatBytes, formatMoney } from '../../ui/figures.ts'
import { tookKey } from '../providers/focus-key-field.ts'
import { runAll, stopAll } from './actions.ts'
import styles from './composer.module.css'
import { EXAMPLES, exampleInLanguage, isExample } from './examples.ts'
import { type FileTrouble, takeFiles } from './files.ts'
import { useForecast } from './forecast.ts'
import { OfflineNote } from './offline-note.tsx'
import { RUN_FIELD_ID } from './run-field.ts'
import { filesOf, isEmpty, runningOf, useConversation, useDesk } from './store.ts'
import { texts } from './texts.ts'

/** One question for all panes, with files by paste and drop. */
export function Composer(): ReactElement {
  const t = useTexts(texts)
  const { runAll: runKey } = bindingsOf(useMirrored(settings)?.shortcuts ?? {})
  const { draft, system, systemOpen, panes, active } = useDesk()
  const running = useConversation((conversation) => runningOf(conversation, panes).length > 0)
  const empty = useConversation((conversation) => isEmpty(conversation, panes))
  const files = useConversation((conversation) => filesOf(conversation, active))
  const [troubles, setTroubles] = useState<readonly FileTrouble[]>([])
  const [dragging, setDragging] = useState(false)
  const question = useRef<HTMLTextAreaElement>(null)
  const chooser = useRef<HTMLInputElement>(null)
  const systemId = useId()

  const examples = useTexts(EXAMPLES)
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at with each tab and each language
  useLayoutEffect(() => {
    useDesk.setState((desk) => ({ draft: exampleInLanguage(desk.draft) }))
  }, [active, examples])

  // biome-ignore lint/correctness/useExhaustiveDependencies: each tab begins in its question
  useEffect(() => {
    const field = question.current
    if (field === null) return
    field.focus()
    // An example is there to be replaced by typing; what the user wrote is not.
    if (isExample(field.value)) field.select()
    else field.setSelectionRange(field.value.length, field.value.length)
  }, [active])

  function take(prompt: string): void {
    useDesk.setState({ draft: prompt })
    question.current?.focus()
  }

  async function attach(given: readonly File[]): Promise<void> {
    const taken = await takeFiles(filesOf(useConversation.getState(), active), given)
    setFiles(taken.files)
    setTroubles(taken.troubles)
  }

  function setFiles(next: readonly Attachment[]): void {
    useConversation.setState((state) => ({ files: { ...state.files, [active]: next } }))
  }

  function onPaste(event: ClipboardEvent): void {
    if (tookKey(event.clipboardData.getData('text/plain'))) {
      event.preventDefault()
      return
    }
    const given = [...event.clipboardData.files]
    // text that an editor copies comes with a picture of itself
    if (given.length === 0 || event.clipboardData.types.includes('text/plain')) return
    event.preventDefault()
    void attach(given)
  }

  function onDrop(event: DragEvent): void {
    event.preventDefault()
    setDragging(false)
    void attach([...event.dataTransfer.files])
  }

  return (
    <form
      className={styles.composer}
      aria-label={t.composer.question}
      onPaste={onPaste}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setDragging(true)
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={onDrop}
      onSubmit={(event) => {
        event.preventDefault()
        void runAll()
      }}
    >
      {empty && (
        <ul className={styles.examples} aria-label={t.composer.examples}>
          {examples.map(({ title, prompt }) => (
            <li key={title}>
              <button type="button" onClick={() => take(prompt)} aria-pressed={draft === prompt}>
                <b>{title}</b>
                <span>{prompt}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <OfflineNote />
      <div className={classes(styles.box, dragging && styles.dragging)}>
        <div id={systemId} hidden={!systemOpen} className={styles.system}>
          <textarea
            dir="auto"
            value={system}
            rows={2}
            aria-label={t.composer.system}
            placeholder={t.composer.systemHint}
            onChange={(event) => useDesk.setState({ system: event.target.value })}
          />
        </div>
        {(files.length > 0 || troubles.length > 0) && (
          <Files
            files={files}
            troubles={troubles}
            onRemove={(gone) => {
              setFiles(files.filter((file) => file !== gone))
              setTroubles([])
            }}
          />
        )}
        <textarea
          dir="auto"
          data-question
          ref={question}
          className={styles.question}
          value={draft}
          rows={2}
          aria-label={t.composer.questionTo(panes.length)}
          placeholder={dragging ? t.composer.drop : t.composer.ask(panes.length)}
          onChange={(event) => useDesk.setState({ draft: event.target.value })}
          onKeyDown={(event) => {
            const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.nativeEvent.isComposing)
            if (event.key !== 'Enter' || !isPlain || !isMarkedExample(event.currentTarget)) return
            event.preventDefault()
            void runAll()
          }}
        />
        <div className={styles.bar}>
          <IconButton small label={t.composer.attach} onClick={() => chooser.current?.click()}>
            <Paperclip aria-hidden />
          </IconButton>
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            aria-hidden
            tabIndex={-1}
            onChange={(event) => {
              void attach([...(event.target.files ?? [])])
              // the same file may be chosen again after it was removed
              event.target.value = ''
            }}
          />
          <Button
            small
            variant="quiet"
            aria-expanded={systemOpen}
            aria-controls={systemId}
            className={classes(styles.toggle, systemOpen && styles.open)}
            icon={<ChevronRight aria-hidden />}
            onClick={() => useDesk.setState({ systemOpen: !systemOpen })}
          >
            {t.composer.system}
            {!systemOpen && system.trim() !== '' && <span className={styles.set}>{t.composer.set}</span>}
          </Button>
          <Estimate />
          <span className={styles.hint}>{running ? t.composer.escStops : chordHint(runKey)}</span>
          {running ? (
            <Button small icon={<Square aria-hidden className={styles.stop} strokeWidth={0} />} onClick={stopAll}>
              {t.composer.stopAll}
            </Button>
          ) : (
            <Button
              small
              variant="primary"
              type="submit"
              data-field={RUN_FIELD_ID}
              disabled={draft.trim() === '' && files.length === 0}
              icon={<CornerDownLeft aria-hidden />}
            >
              {t.composer.run(panes.length)}
            </Button>
          )}
        </div>
      </div>
    </form>
  )
}

/** An example as it was put there. Nobody means to put an empty line in its place: Enter asks it. */
function isMarkedExample({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): boolean {
  return isExample(value) && selectionStart === 0 && selectionEnd === value.length
}

interface FilesProps {
  readonly files: readonly Attachment[]
  readonly troubles: readonly FileTrouble[]
  readonly onRemove: (file: Attachment) => void
}

function Files({ files, troubles, onRemove }: FilesProps): ReactElement {
  const t = useTexts(texts)
  return (
    <div className={styles.files}>
      <ul aria-label={t.files.label}>
        {files.map((file, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
          <li key={index}>
            {file.mediaType.startsWith('image/') ? <Image aria-hidden size={14} /> : <FileText aria-hidden size={14} />}
            <span title={file.name}>{file.name}</span>
            <i>{formatBytes(bytesOf(file))}</i>
            <IconButton small label={t.files.remove(file.name)} onClick={() => onRemove(file)}>
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {troubles.map((trouble, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are replaced together
        <p key={index} role="alert">
          {troubleText(trouble, t.files)}
        </p>
      ))}
    </div>
  )
}

function troubleText(trouble: FileTrouble, t: (typeof texts)['en']['files']): string {
  switch (trouble.is) {
    case 'empty':
      return t.empty(trouble.name)
    case 'too-large':
      return t.tooLarge(trouble.name, formatBytes(FILE_LIMIT_BYTES))
    case 'unknown-type':
      return t.unknownType(trouble.name)
    case 'too-many':
      return t.tooMany(MOST_FILES)
    case 'too-large-together':
      return t.tooLargeTogether(formatBytes(FILES_LIMIT_BYTES))
  }
}

/** What the next run is going to cost, and above what one is asked. */
function Estimate(): ReactElement {
  const t = useTexts(texts)
  const sum = useForecast((state) => state.sum)
  const cap = useDesk((desk) => desk.costCap)
  return (
    <span className={styles.estimate}>
      <span title={t.cost.estimateTitle(sum?.estimated ?? 0)}>
        {sum === undefined ? '' : t.cost.estimate(`${formatMoney(sum.cost)}${sum.unknown > 0 ? '+' : ''}`, sum.estimated > 0)}
      </span>
      <label title={t.cost.capTitle}>
        {t.cost.askAbove} $
        <input
          type="number"
          min={0}
          step="0.1"
          value={cap === undefined ? '' : cap / 1e9}
          placeholder="∞"
          aria-label={t.cost.capTitle}
          onChange={(event) => useDesk.setState({ costCap: capOf(event.target.value) })}
        />
      </label>
    </span>
  )
}

/** Dollars as typed to nano-USD; undefined for no cap. */
function capOf(typed: string): number | undefined {
  const dollars = Number.parseFloat(typed)
  return Number.isFinite(dollars) && dollars >= 0 ? Math.round(dollars * 1e9) : undefined
}
