import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { compare, emptyTray, openInPlayground, toggleCompared } from './actions.ts'
import styles from './models.module.css'
import { FEWEST_COMPARED, useModels } from './store.ts'
import { MODELS_TEXTS } from './texts.ts'

/** What has been put aside, at the foot of the screen. */
export function Tray({ rows }: { readonly rows: readonly ModelRow[] }): ReactElement | null {
  const texts = useTexts(MODELS_TEXTS)
  const tray = useModels((state) => state.tray)
  const comparing = useModels((state) => state.comparing)
  if (tray.length === 0) return null
  const few = tray.length < FEWEST_COMPARED
  return (
    <section className={styles.tray} aria-label={texts.tray}>
      <ul className={styles.trayItems}>
        {tray.map((id) => (
          <li key={id} className={styles.trayItem} title={id}>
            <span className={styles.words} translate="no">
              {rows.find((row) => row.id === id)?.name ?? id}
            </span>
            <IconButton label={`${texts.removeFromTray}: ${id}`} small onClick={() => toggleCompared(id)}>
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {few && <span className={styles.faint}>{texts.trayHint}</span>}
      <span className={styles.fill} />
      <Button small variant="quiet" onClick={emptyTray}>
        {texts.empty}
      </Button>
      <Button small disabled={few} onClick={() => compare(!comparing)}>
        {comparing ? texts.backToList : texts.compare}
      </Button>
      <Button small variant="primary" onClick={() => openInPlayground(tray)}>
        {texts.inPlayground}
      </Button>
    </section>
  )
}
