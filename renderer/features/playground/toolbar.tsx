import { Menu } from '@base-ui/react/menu'
import { Check, Columns3, Diff, Eraser, EyeOff, LayoutGrid, Maximize2, MoveVertical, PanelTop, Plus, SquarePlus } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import type { NanoUsd } from '../../../shared/money.ts'
import { useKeyHint } from '../../frame/shortcuts/use-key-hint.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, classes, IconButton } from '../../ui/button.tsx'
import { formatMoney } from '../../ui/figures.ts'
import menu from '../../ui/menu.module.css'
import { clearConversation } from './actions.ts'
import { addPane, chooseLayout, chooseMode, choosePanes, openTab, toggleBlind } from './desk-actions.ts'
import { toggleDiff, useDiff } from './diff-store.ts'
import type { ModelGroup } from './model-list.ts'
import { ModelsPicker } from './model-picker.tsx'
import { type Conversation, isEmpty, isHidden, LAYOUTS, type Layout, MODES, MOST_PANES, type Pane, turnsOf, useConversation, useDesk } from './store.ts'
import { texts } from './texts.ts'
import styles from './toolbar.module.css'
import { runsOf } from './turns.ts'
import { WarmNotices } from './warm-notice.tsx'

const LAYOUT_ICONS: Readonly<Record<Layout, typeof Columns3>> = { columns: Columns3, grid: LayoutGrid, focus: Maximize2, tabs: PanelTop }

export function Toolbar({ groups }: { readonly groups: readonly ModelGroup[] }): ReactElement {
  const t = useTexts(texts)
  const mode = useDesk((desk) => desk.mode)
  return (
    <header className={styles.toolbar}>
      <h1 className="visually-hidden">{t.modes[mode]}</h1>
      <nav className={styles.modes} aria-label={t.modesLabel}>
        {MODES.map((each) => (
          <button key={each} type="button" aria-current={each === mode ? 'page' : undefined} onClick={() => chooseMode(each)}>
            {t.modes[each]}
          </button>
        ))}
      </nav>
      {mode === 'compare' && <CompareTools groups={groups} />}
    </header>
  )
}

function CompareTools({ groups }: { readonly groups: readonly ModelGroup[] }): ReactElement {
  const t = useTexts(texts)
  const withKey = useKeyHint()
  const { panes, syncScroll, blind, active } = useDesk()
  const empty = useConversation((conversation) => isEmpty(conversation, panes))
  const hidden = useConversation((conversation) => isHidden({ blind, active }, conversation))
  const diffing = useDiff((diff) => diff.open)
  const full = panes.length >= MOST_PANES
  return (
    <>
      {!empty && <Spent panes={panes} />}
      <span className={styles.fill} />
      <ModelsPicker
        groups={groups}
        chosen={hidden ? [] : [...new Set(panes.map(({ model }) => model))]}
        most={MOST_PANES}
        label={t.models}
        hint={withKey(t.models, 'pickModel')}
        disabled={hidden}
        onChoose={choosePanes}
        notice={<WarmNotices leaving="model" />}
      />
      <LayoutMenu />
      <Switch label={withKey(t.syncScroll, 'syncScroll')} on={syncScroll} onChange={(on) => useDesk.setState({ syncScroll: on })}>
        <MoveVertical aria-hidden />
      </Switch>
      <Switch label={withKey(t.blind, 'blind')} on={blind} onChange={toggleBlind}>
        <EyeOff aria-hidden />
      </Switch>
      <Switch label={withKey(t.diff.title, 'diff')} on={diffing} disabled={panes.length < 2} onChange={toggleDiff}>
        <Diff aria-hidden />
      </Switch>
      <IconButton small label={t.clear} disabled={empty} onClick={clearConversation}>
        <Eraser aria-hidden />
      </IconButton>
      <IconButton small label={withKey(t.tabs.add, 'newTab')} onClick={() => openTab()}>
        <SquarePlus aria-hidden />
      </IconButton>
      <Button
        small
        className={styles.add}
        aria-label={t.addModel}
        icon={<Plus aria-hidden />}
        disabled={full}
        title={full ? t.sixIsMost : withKey(t.addModel, 'addPane')}
        onClick={() => addPane()}
      >
        <span>{t.addModel}</span>
      </Button>
    </>
  )
}

interface SwitchProps {
  readonly label: string
  readonly on: boolean
  readonly disabled?: boolean
  readonly onChange: (on: boolean) => void
  readonly children: ReactNode
}

function Switch({ label, on, disabled = false, onChange, children }: SwitchProps): ReactElement {
  return (
    <IconButton small label={label} aria-pressed={on} disabled={disabled} className={classes(on && styles.on)} onClick={() => onChange(!on)}>
      {children}
    </IconButton>
  )
}

function LayoutMenu(): ReactElement {
  const t = useTexts(texts)
  const layout = useDesk((desk) => desk.layout)
  const Icon = LAYOUT_ICONS[layout]
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <IconButton small label={`${t.layout}: ${t.layouts[layout]}`}>
            <Icon aria-hidden />
          </IconButton>
        }
      />
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            <Menu.RadioGroup value={layout} onValueChange={(value: Layout) => chooseLayout(value)}>
              {LAYOUTS.map((each) => {
                const Each = LAYOUT_ICONS[each]
                return (
                  <Menu.RadioItem key={each} value={each} className={menu.item} closeOnClick>
                    <Each aria-hidden size={15} />
                    {t.layouts[each]}
                    <Menu.RadioItemIndicator className={menu.check}>
                      <Check aria-hidden size={14} />
                    </Menu.RadioItemIndicator>
                  </Menu.RadioItem>
                )
              })}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

/** What this tab has cost so far. Drawn anew when a run ends, not with every token. */
function Spent({ panes }: { readonly panes: readonly Pane[] }): ReactElement {
  const t = useTexts(texts)
  const conversation = useConversation()
  const { cost, unknown } = spentOn(conversation, panes)
  const figure = `${formatMoney(cost)}${unknown > 0 ? '+' : ''}`
  return (
    <span className={styles.spent} title={t.spentTitle(unknown)}>
      <span className={styles.inWords}>{t.spent(figure)}</span>
      <span className={styles.alone} aria-hidden>
        {figure}
      </span>
    </span>
  )
}

/** Every answer counts, also those not shown now. */
export function spentOn(conversation: Pick<Conversation, 'turns'>, panes: readonly Pane[]): { readonly cost: NanoUsd; readonly unknown: number } {
  let cost = 0
  let unknown = 0
  for (const run of runsOf(panes.flatMap(({ id }) => turnsOf(conversation, id)))) {
    const { phase } = run.store.getState()
    if (phase.is === 'waiting' || phase.is === 'answering') continue
    if (phase.is === 'ended' && phase.summary.cost !== undefined) cost += phase.summary.cost
    else unknown += 1
  }
  return { cost: cost as NanoUsd, unknown }
}
