import type { ReactElement } from 'react'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { useTexts } from '../../i18n/texts.ts'
import styles from './layouts.module.css'
import { isHidden, letterOf, useConversation, useDesk } from './store.ts'
import { texts } from './texts.ts'

/** In layouts that show one pane: which one. The others go on answering. */
export function PaneTabs({ byId, front }: { readonly byId: ReadonlyMap<string, ModelRow>; readonly front: number }): ReactElement {
  const t = useTexts(texts)
  const desk = useDesk()
  const conversation = useConversation()
  const hidden = isHidden(desk, conversation)
  return (
    <nav className={styles.strip} aria-label={t.panesLabel}>
      {desk.panes.map((pane, index) => (
        <button key={pane.id} type="button" aria-current={index === front ? 'true' : undefined} onClick={() => useDesk.setState({ front: index })}>
          <b>{letterOf(index)}</b>
          <span>{hidden ? t.hiddenModel : (byId.get(pane.model)?.name ?? pane.model)}</span>
          {conversation.running.includes(pane.id) && <i>{t.answering}</i>}
        </button>
      ))}
    </nav>
  )
}
