import { Menu } from '@base-ui/react/menu'
import { Columns3, Ellipsis, Pin, PinOff, Repeat2 } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { useKey, useKeyHint } from '../../frame/shortcuts/use-key-hint.ts'
import { useTexts } from '../../i18n/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import menu from '../../ui/menu.module.css'
import { chooseForDiff, compareCheaper, copyCurl, copyJson, copySdkCall, makeRule, remove, replay, togglePin } from './request-actions.ts'
import { useTraffic } from './store.ts'
import { TRAFFIC_TEXTS } from './texts.ts'
import styles from './traffic.module.css'

/** What can be done with the request in the drawer, with the keys that do it. */
export function RequestActions({ record }: { readonly record: UsageRecord }): ReactElement {
  const texts = useTexts(TRAFFIC_TEXTS).actions
  const withKey = useKeyHint()
  const keyOf = useKey()
  const isHalf = useTraffic((state) => state.difference.is === 'half' && state.difference.one !== record.id)
  const { id } = record
  const isPinned = record.pinned === true
  return (
    <div className={styles.actions}>
      <IconButton small label={withKey(texts.replay, 'replay')} onClick={() => void replay(id)}>
        <Repeat2 aria-hidden />
      </IconButton>
      <IconButton small label={withKey(texts.compare, 'compareCheaper')} onClick={() => void compareCheaper(id)}>
        <Columns3 aria-hidden />
      </IconButton>
      <IconButton small label={withKey(isPinned ? texts.unpin : texts.pin, 'pin')} aria-pressed={isPinned} onClick={() => void togglePin(id)}>
        {isPinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
      </IconButton>
      <Menu.Root>
        <Menu.Trigger
          render={
            <IconButton small label={texts.more}>
              <Ellipsis aria-hidden />
            </IconButton>
          }
        />
        <Menu.Portal>
          <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
            <Menu.Popup className={menu.popup}>
              <Item keys={keyOf('copyCurl')} onClick={() => void copyCurl(id)}>
                {texts.copyCurl}
              </Item>
              <Item onClick={() => void copySdkCall(id, 'typescript')}>{texts.copyTypeScript}</Item>
              <Item onClick={() => void copySdkCall(id, 'python')}>{texts.copyPython}</Item>
              <Item onClick={() => void copyJson(id)}>{texts.copyJson}</Item>
              <Item keys={keyOf('makeRule')} onClick={() => void makeRule(id)}>
                {texts.rule}
              </Item>
              <Item keys={keyOf('chooseForDiff')} onClick={() => void chooseForDiff(id, keyOf('chooseForDiff'))}>
                {isHalf ? texts.diffWith : texts.diff}
              </Item>
              <Item keys={keyOf('remove')} onClick={() => void remove(id)}>
                {texts.remove}
              </Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  )
}

function Item({ keys, onClick, children }: { readonly keys?: string | undefined; readonly onClick: () => void; readonly children: ReactNode }): ReactElement {
  return (
    <Menu.Item className={menu.item} onClick={onClick}>
      {children}
      {keys !== undefined && <kbd className={styles.itemKeys}>{keys}</kbd>}
    </Menu.Item>
  )
}
