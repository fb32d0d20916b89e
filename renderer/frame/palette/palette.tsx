import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { type ReactElement, useEffect, useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { FRAME_TEXTS } from '../texts.ts'
import styles from './palette.module.css'
import { type Command, type CommandSection, collect, ranked } from './registry.ts'
import { closeOverlay, useOverlay } from './store.ts'

/** Typing pauses this long before the engine is asked. */
const PAUSE_MS = 90

/** One field for everything: sections, actions, models, requests, cache entries. */
export function Palette(): ReactElement {
  const texts = useTexts(FRAME_TEXTS)
  const open = useOverlay((state) => state.open === 'palette')
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && closeOverlay()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} aria-label={texts.palette}>
          <Search />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Search(): ReactElement {
  const texts = useTexts(FRAME_TEXTS)
  const [query, setQuery] = useState('')
  const sections = useCommands(query)
  return (
    <Autocomplete.Root
      open
      inline
      items={sections}
      filter={null}
      autoHighlight="always"
      keepHighlight
      value={query}
      onValueChange={(value) => setQuery(value)}
      itemToStringValue={(command: Command) => command.title}
    >
      <Autocomplete.Input className={styles.input} placeholder={texts.palettePlaceholder} aria-label={texts.palette} spellCheck={false} />
      <Autocomplete.Empty className={styles.empty}>{texts.paletteEmpty}</Autocomplete.Empty>
      <Autocomplete.List className={styles.list} aria-label={texts.palette}>
        {(section: CommandSection) => (
          <Autocomplete.Group key={section.group} items={section.items} className={styles.group}>
            <Autocomplete.GroupLabel className={styles.groupLabel}>{texts.commandGroups[section.group]}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => (
                <Autocomplete.Item
                  key={command.id}
                  value={command}
                  className={styles.item}
                  onClick={() => {
                    closeOverlay()
                    command.run()
                  }}
                >
                  <span className={styles.title}>{command.title}</span>
                  {command.note !== undefined && <span className={styles.note}>{command.note}</span>}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  )
}

function useCommands(query: string): readonly CommandSection[] {
  const [sections, setSections] = useState<readonly CommandSection[]>([])
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => void collect(query, stop.signal, (commands) => setSections(ranked(query, commands))), query === '' ? 0 : PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [query])
  return sections
}
