import { RotateCcw, X } from 'lucide-react'
import { type KeyboardEvent, type ReactElement, useState } from 'react'
import type { Settings } from '../../../shared/settings.ts'
import { ACTION_IDS } from '../../frame/shortcuts/actions.ts'
import { type BoundId, bindingsOf } from '../../frame/shortcuts/bindings.ts'
import { chordHint, chordOf } from '../../frame/shortcuts/chord.ts'
import { conflictsOf } from '../../frame/shortcuts/conflicts.ts'
import { SCREEN_KEY_IDS } from '../../frame/shortcuts/screen-keys.ts'
import { isThere, nameOfKey } from '../../frame/shortcuts/sheet.tsx'
import { FRAME_TEXTS } from '../../frame/texts.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { changeShortcut } from './actions.ts'
import styles from './settings.module.css'
import { SETTINGS_TEXTS } from './texts.ts'

/** Each action with its keys; what two ask for is shown at both. */
export function ShortcutEditor({ own, hint }: { readonly own: Settings['shortcuts']; readonly hint: string | undefined }): ReactElement {
  const texts = useTexts(SETTINGS_TEXTS)
  const frame = useTexts(FRAME_TEXTS)
  const [recording, setRecording] = useState<BoundId>()
  const bound = bindingsOf(own)
  const conflicts = conflictsOf(bound)

  function onKeyDown(event: KeyboardEvent, id: BoundId): void {
    if (recording !== id || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    const chord = chordOf(event.nativeEvent)
    if (chord === undefined) return
    setRecording(undefined)
    if (chord !== 'Escape') void changeShortcut(own, id, chord)
  }

  return (
    <>
      <p className={styles.note}>{hint}</p>
      {[...ACTION_IDS.filter(isThere), ...SCREEN_KEY_IDS].map((id: BoundId) => {
        const name = nameOfKey(id, frame)
        const others = conflicts.get(id)?.map((other) => nameOfKey(other, frame))
        return (
          <div key={id} className={styles.row}>
            <div className={styles.words}>
              <span className={styles.rowTitle}>{name}</span>
              {others !== undefined && (
                <span className={styles.refused} role="status">
                  {texts.conflict(others.join(', '))}
                </span>
              )}
            </div>
            <Button
              small
              className={styles.keys}
              aria-pressed={recording === id}
              onClick={() => setRecording(id)}
              onKeyDown={(event) => onKeyDown(event, id)}
              onBlur={() => setRecording(undefined)}
            >
              <span className="visually-hidden">{texts.record(name)}</span>{' '}
              {recording === id ? texts.pressKeys : bound[id] === '' ? texts.noKey : chordHint(bound[id])}
            </Button>
            <IconButton small label={texts.remove(name)} disabled={bound[id] === ''} onClick={() => void changeShortcut(own, id, '')}>
              <X aria-hidden />
            </IconButton>
            <IconButton small label={texts.reset(name)} disabled={own[id] === undefined} onClick={() => void changeShortcut(own, id, undefined)}>
              <RotateCcw aria-hidden />
            </IconButton>
          </div>
        )
      })}
    </>
  )
}
