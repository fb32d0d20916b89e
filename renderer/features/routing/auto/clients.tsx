import type { ReactElement } from 'react'
import { useMirrored } from '../../../client/mirror.ts'
import { clientKeys } from '../../../client/mirrors.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Toggle } from '../../../ui/field.tsx'
import { Section } from '../../../ui/page.tsx'
import { withoutName } from '../edit.ts'
import routing from '../routing.module.css'
import { changeAuto } from './actions.ts'
import styles from './auto.module.css'
import type { AutoSettings } from './draft.ts'
import { Patterns, Slider } from './slider-section.tsx'
import { AUTO_TEXTS } from './texts.ts'

type Own = AutoSettings['clients'][string]

/** What differs for single client keys. */
export function Clients({ auto }: { readonly auto: AutoSettings }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).clients
  const keys = useMirrored(clientKeys) ?? []
  const set = (id: string, own: Own | undefined): void => {
    changeAuto({ clients: own === undefined ? withoutName(auto.clients, id) : { ...auto.clients, [id]: own } })
  }
  return (
    <Section title={texts.title}>
      {keys.length === 0 && <p className={routing.faint}>{texts.empty}</p>}
      <ul className={styles.clients}>
        {keys.map(({ id, name }) => {
          const own = auto.clients[id]
          return (
            <li key={id} className={styles.client}>
              <Toggle label={texts.toggle(name)} checked={own !== undefined} onChecked={(checked) => set(id, checked ? { slider: auto.slider } : undefined)} />
              {own !== undefined && (
                <div className={styles.clientFields}>
                  <Slider label={texts.slider(name)} value={own.slider ?? auto.slider} onValue={(slider) => set(id, { ...own, slider })} />
                  <Patterns label={texts.allowed(name)} patterns={own.allowed ?? auto.allowed} onPatterns={(allowed) => set(id, { ...own, allowed })} />
                  <Patterns label={texts.excluded(name)} patterns={own.excluded ?? auto.excluded} onPatterns={(excluded) => set(id, { ...own, excluded })} />
                </div>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
