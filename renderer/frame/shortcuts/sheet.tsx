import type { ReactElement } from 'react'
import { useMirrored } from '../../client/mirror.ts'
import { settings } from '../../client/mirrors.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { closeOverlay, useOverlay } from '../palette/store.ts'
import { hashOf, SECTIONS } from '../route.ts'
import { FRAME_TEXTS } from '../texts.ts'
import { ACTION_IDS, ACTIONS, type ActionId } from './actions.ts'
import { type BoundId, bindingsOf } from './bindings.ts'
import { chordHint } from './chord.ts'
import { SCREEN_KEY_IDS } from './screen-keys.ts'
import styles from './sheet.module.css'

/** All keys at a glance. They are changed in Settings. */
export function ShortcutSheet(): ReactElement {
  const texts = useTexts(FRAME_TEXTS)
  const open = useOverlay((state) => state.open === 'shortcuts')
  const bound = bindingsOf(useMirrored(settings)?.shortcuts ?? {})
  return (
    <Dialog open={open} onClose={closeOverlay} title={texts.shortcuts}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <section className={styles.scroller} tabIndex={0} aria-label={texts.shortcuts}>
        <dl className={styles.keys}>
          {ACTION_IDS.filter((id) => bound[id] !== '' && isThere(id)).map((id) => (
            <Key key={id} name={actionName(id, texts)} chord={bound[id]} />
          ))}
          {SCREEN_KEY_IDS.filter((id) => bound[id] !== '').map((id) => (
            <Key key={id} name={texts.screenKeys[id]} chord={bound[id]} />
          ))}
        </dl>
      </section>
      <p>
        <a href={hashOf('settings', 'shortcuts')} onClick={closeOverlay}>
          {texts.changeShortcuts}
        </a>
      </p>
    </Dialog>
  )
}

function Key({ name, chord }: { readonly name: string; readonly chord: string }): ReactElement {
  return (
    <div className={styles.key}>
      <dt>{name}</dt>
      <dd>
        <kbd>{chordHint(chord)}</kbd>
      </dd>
    </div>
  )
}

/** There may be fewer sections than digits. */
export function isThere(id: ActionId): boolean {
  const place = sectionPlace(id)
  return place === undefined || place <= SECTIONS.length
}

export function nameOfKey(id: BoundId, texts: (typeof FRAME_TEXTS)['en']): string {
  return Object.hasOwn(ACTIONS, id) ? actionName(id as ActionId, texts) : texts.screenKeys[id as Exclude<BoundId, ActionId>]
}

/** `section3` is named by what stands at the third place. */
export function actionName(id: ActionId, { actions, sections, goTo }: (typeof FRAME_TEXTS)['en']): string {
  const section = SECTIONS[(sectionPlace(id) ?? 0) - 1]
  return section === undefined ? actions[id] : goTo(sections[section])
}

function sectionPlace(id: ActionId): number | undefined {
  const digit = /^section(\d)$/.exec(id)?.[1]
  return digit === undefined ? undefined : Number(digit)
}
