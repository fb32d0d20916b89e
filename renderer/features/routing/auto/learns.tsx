import type { ReactElement } from 'react'
import { useTexts } from '../../../i18n/texts.ts'
import { Toggle } from '../../../ui/field.tsx'
import { changeAuto } from './actions.ts'
import styles from './auto.module.css'
import type { AutoSettings } from './draft.ts'
import { AUTO_TEXTS } from './texts.ts'

const SIGNS = ['reAsked', 'edited', 'wentOn', 'wrong', 'checks'] as const satisfies readonly (keyof AutoSettings['learns'])[]

/** Which signs are learned from without being asked, and whether they are compared by meaning. */
export function Learns({ auto: { learns, embeds } }: { readonly auto: AutoSettings }): ReactElement {
  const { learns: texts, embeds: meaning } = useTexts(AUTO_TEXTS)
  return (
    <details className={styles.details}>
      <summary>{texts.title}</summary>
      <div className={styles.controls}>
        {SIGNS.map((sign) => (
          <Toggle key={sign} label={texts.signs[sign]} checked={learns[sign]} onChecked={(checked) => changeAuto({ learns: { ...learns, [sign]: checked } })} />
        ))}
        <Toggle label={meaning.label} hint={meaning.hint} checked={embeds} onChecked={(checked) => changeAuto({ embeds: checked })} />
      </div>
    </details>
  )
}
