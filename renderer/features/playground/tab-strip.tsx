import { X } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { useKeyHint } from '../../frame/shortcuts/use-key-hint.ts'
import { useTexts } from '../../i18n/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { chooseTab, closeTab, renameTab } from './desk-actions.ts'
import styles from './layouts.module.css'
import { type Tab, useDesk } from './store.ts'
import { texts } from './texts.ts'

/** The tabs, once there is more than one. The open one is renamed by pressing it again. */
export function TabStrip(): ReactElement | null {
  const t = useTexts(texts)
  const withKey = useKeyHint()
  const tabs = useDesk((desk) => desk.tabs)
  const active = useDesk((desk) => desk.active)
  const [renaming, setRenaming] = useState<string>()
  if (tabs.length < 2) return null
  const nameOf = (tab: Tab, index: number) => (tab.name === '' ? t.tabs.unnamed(index + 1) : tab.name)
  return (
    <nav className={styles.strip} aria-label={t.tabs.label}>
      {tabs.map((tab, index) =>
        renaming === tab.id ? (
          <input
            key={tab.id}
            // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
            autoFocus
            defaultValue={tab.name}
            aria-label={t.tabs.rename}
            onBlur={(event) => {
              renameTab(tab.id, event.target.value)
              setRenaming(undefined)
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
              event.stopPropagation()
            }}
          />
        ) : (
          <button
            key={tab.id}
            type="button"
            aria-current={tab.id === active ? 'true' : undefined}
            title={tab.id === active ? t.tabs.rename : nameOf(tab, index)}
            onClick={() => (tab.id === active ? setRenaming(tab.id) : chooseTab(tab.id))}
          >
            <span>{nameOf(tab, index)}</span>
          </button>
        ),
      )}
      <IconButton small label={withKey(t.tabs.close, 'closeTab')} onClick={() => closeTab(active)}>
        <X aria-hidden />
      </IconButton>
    </nav>
  )
}
