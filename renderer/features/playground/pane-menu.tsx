import { Menu } from '@base-ui/react/menu'
import { Ellipsis } from 'lucide-react'
import type { ReactElement } from 'react'
import { useMirrored } from '../../client/mirror.ts'
import { connectStatus } from '../../client/mirrors.ts'
import { useKeyHint } from '../../frame/shortcuts/use-key-hint.ts'
import { useTexts } from '../../i18n/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { copyText } from '../../ui/copy-text.ts'
import menu from '../../ui/menu.module.css'
import { showFailure, showToast } from '../../ui/toast.tsx'
import { messagesOf } from './actions.ts'
import { asCode, CODE_KINDS, type CodeKind } from './code.ts'
import { removePane, toggleFocus } from './desk-actions.ts'
import { FEWEST_PANES, filesOf, type Pane, settingsOf, turnsOf, useConversation, useDesk } from './store.ts'
import { texts } from './texts.ts'

const ANYWHERE = 'http://127.0.0.1:4747'

/** What a pane can do besides answering. */
export function PaneMenu({
  pane,
  index,
  letter,
  hidden,
}: {
  readonly pane: Pane
  readonly index: number
  readonly letter: string
  readonly hidden: boolean
}): ReactElement {
  const t = useTexts(texts).pane
  const withKey = useKeyHint()
  const address = useMirrored(connectStatus)?.address ?? ANYWHERE
  const removable = useDesk((desk) => desk.panes.length > FEWEST_PANES)
  const focused = useDesk((desk) => desk.layout === 'focus')
  async function copyCode(kind: CodeKind): Promise<void> {
    if (await copyText(codeOf(pane, kind, address))) showToast(t.codeCopied(t.code[kind]))
    else showFailure(t.codeRefused)
  }
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <IconButton small label={t.more(letter)}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      />
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            <Menu.Item className={menu.item} onClick={() => toggleFocus(index)}>
              {withKey(focused ? t.unfocus : t.focus, 'onePane')}
            </Menu.Item>
            {!hidden &&
              CODE_KINDS.map((kind) => (
                <Menu.Item key={kind} className={menu.item} onClick={() => void copyCode(kind)}>
                  {t.copyAs(t.code[kind])}
                </Menu.Item>
              ))}
            <Menu.Item className={menu.item} disabled={!removable} onClick={() => removePane(pane.id)}>
              {t.remove(letter)}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

/** The request that asked the pane's last question; before there is one, the request that the draft would make. */
export function codeOf(pane: Pane, kind: CodeKind, address: string): string {
  const desk = useDesk.getState()
  const conversation = useConversation.getState()
  const { system, parameters } = settingsOf(pane, desk)
  const turns = turnsOf(conversation, pane.id)
  const last = turns.at(-1)
  const messages =
    last === undefined
      ? messagesOf(system, [], desk.draft, filesOf(conversation, desk.active))
      : messagesOf(system, turns.slice(0, -1), last.prompt, last.files)
  return asCode(kind, { address, model: pane.model, messages, parameters })
}
