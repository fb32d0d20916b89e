import type { ReactElement } from 'react'
import { useMirrored } from '../../../client/mirror.ts'
import { models } from '../../../client/mirrors.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { TextField, Toggle } from '../../../ui/field.tsx'
import { Section } from '../../../ui/page.tsx'
import { Checks } from '../../playground/matrix/checks-form.tsx'
import { groupModels } from '../../playground/model-list.ts'
import { ModelField } from '../models-field.tsx'
import routing from '../routing.module.css'
import { changeAuto } from './actions.ts'
import styles from './auto.module.css'
import type { AutoSettings } from './draft.ts'
import { AUTO_TEXTS } from './texts.ts'

type Escalation = AutoSettings['escalation']

/** The cheap model first, its answer checked, and up where that fails. Off by default, since every try is paid for. */
export function EscalationSection({ auto: { escalation } }: { readonly auto: AutoSettings }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).escalation
  const set = (changed: Partial<Escalation>): void => changeAuto({ escalation: { ...escalation, ...changed } })
  return (
    <Section title={texts.title}>
      <Toggle label={texts.enabled} hint={texts.enabledHint} checked={escalation.enabled} onChecked={(enabled) => set({ enabled })} />
      {escalation.enabled && <Fields escalation={escalation} set={set} />}
    </Section>
  )
}

function Fields({ escalation, set }: { readonly escalation: Escalation; readonly set: (changed: Partial<Escalation>) => void }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).escalation
  const groups = groupModels(useMirrored(models) ?? [])
  const { verifier: _, ...without } = escalation
  const number = (text: string, least: number, most: number, take: (value: number) => void): void => {
    const value = Number(text)
    if (text.trim() !== '' && value >= least && value <= most) take(value)
  }
  return (
    <>
      <div className={routing.grid}>
        <TextField
          label={texts.mostTries}
          type="number"
          min="2"
          max="4"
          value={String(escalation.mostTries)}
          onValue={(text) => number(text, 2, 4, (mostTries) => set({ mostTries: Math.round(mostTries) }))}
        />
        <TextField
          label={texts.samples}
          type="number"
          min="0"
          max="4"
          value={String(escalation.samples)}
          onValue={(text) => number(text, 0, 4, (samples) => set({ samples: Math.round(samples) }))}
        />
        {escalation.samples > 0 && (
          <TextField
            label={texts.agreement}
            unit="%"
            type="number"
            min="0"
            max="100"
            value={String(Math.round(100 * escalation.agreement))}
            onValue={(text) => number(text, 0, 100, (percent) => set({ agreement: percent / 100 }))}
          />
        )}
      </div>
      <div className={styles.pair}>
        <ModelField
          label={texts.verifier}
          value={escalation.verifier ?? ''}
          onValue={(verifier) => (verifier === '' ? changeAuto({ escalation: without }) : set({ verifier }))}
        />
      </div>
      <Toggle label={texts.refusals} hint={texts.refusalsHint} checked={escalation.refusals} onChecked={(refusals) => set({ refusals })} />
      <Checks checks={escalation.tests} groups={groups} onChecks={(tests) => set({ tests: [...tests] })} />
      <p className={routing.faint}>{texts.schema}</p>
    </>
  )
}
