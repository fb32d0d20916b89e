import { ChevronRight, CornerDownLeft, Square } from 'lucide-react'
import { type KeyboardEvent, type ReactElement, useEffect, useId, useRef } from 'react'
import { Button, classes } from '../../ui/button.tsx'
import { isMod, modHint } from '../../ui/keyboard.ts'
import { runAll, stopAll } from './actions.ts'
import styles from './composer.module.css'
import { EXAMPLES } from './examples.ts'
import { isEmpty, useConversation, useDesk } from './store.ts'

/** One question for all panes. */
export function Composer(): ReactElement {
  const { draft, system, systemOpen } = useDesk()
  const panes = useDesk((desk) => desk.panes.length)
  const running = useConversation((conversation) => conversation.running.length > 0)
  const empty = useConversation(isEmpty)
  const question = useRef<HTMLTextAreaElement>(null)
  const systemId = useId()

  useEffect(() => {
    const field = question.current
    if (field === null) return
    field.focus()
    // An example is there to be replaced by typing; what the user wrote is not.
    if (EXAMPLES.some(({ prompt }) => prompt === field.value)) field.select()
    else field.setSelectionRange(field.value.length, field.value.length)
  }, [])

  function take(prompt: string): void {
    useDesk.setState({ draft: prompt })
    question.current?.focus()
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !isMod(event) || event.nativeEvent.isComposing) return
    event.preventDefault()
    runAll()
  }

  return (
    <form
      className={styles.composer}
      aria-label="Question"
      onKeyDown={onKey}
      onSubmit={(event) => {
        event.preventDefault()
        runAll()
      }}
    >
      {empty && (
        <ul className={styles.examples} aria-label="Examples">
          {EXAMPLES.map(({ title, prompt }) => (
            <li key={title}>
              <button type="button" onClick={() => take(prompt)} aria-pressed={draft === prompt}>
                <b>{title}</b>
                <span>{prompt}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.box}>
        <div id={systemId} hidden={!systemOpen} className={styles.system}>
          <textarea
            value={system}
            rows={2}
            aria-label="System prompt"
            placeholder="System prompt, the same for every pane"
            onChange={(event) => useDesk.setState({ system: event.target.value })}
          />
        </div>
        <textarea
          ref={question}
          className={styles.question}
          value={draft}
          rows={2}
          aria-label={panes === 1 ? 'Question' : `Question to ${panes} models`}
          placeholder={panes === 1 ? 'Ask this model' : `Ask these ${panes} models`}
          onChange={(event) => useDesk.setState({ draft: event.target.value })}
        />
        <div className={styles.bar}>
          <Button
            small
            variant="quiet"
            aria-expanded={systemOpen}
            aria-controls={systemId}
            className={classes(styles.toggle, systemOpen && styles.open)}
            icon={<ChevronRight aria-hidden />}
            onClick={() => useDesk.setState({ systemOpen: !systemOpen })}
          >
            System prompt
            {!systemOpen && system.trim() !== '' && <span className={styles.set}>set</span>}
          </Button>
          <span className={styles.hint}>{running ? `Esc stops` : `${modHint('Enter')}`}</span>
          {running ? (
            <Button small icon={<Square aria-hidden className={styles.stop} strokeWidth={0} />} onClick={stopAll}>
              Stop all
            </Button>
          ) : (
            <Button small variant="primary" type="submit" disabled={draft.trim() === ''} icon={<CornerDownLeft aria-hidden />}>
              {panes === 1 ? 'Run' : 'Run all'}
            </Button>
          )}
        </div>
      </div>
    </form>
  )
}
