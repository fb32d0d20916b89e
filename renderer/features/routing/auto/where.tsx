import { type ReactElement, useState } from 'react'
import { useTexts } from '../../../i18n/texts.ts'
import { Choice, Toggle } from '../../../ui/field.tsx'
import { changeAuto } from './actions.ts'
import styles from './auto.module.css'
import type { AutoSettings } from './draft.ts'
import { WHERE_TEXTS } from './where-texts.ts'

type Region = NonNullable<AutoSettings['regions']>[number]
/** A server on this machine is within every region. */
export const REGIONS = ['eu', 'us', 'cn'] as const satisfies readonly Region[]
const POLICIES = ['any', 'not-kept', 'this-machine'] as const satisfies readonly AutoSettings['dataPolicy'][]

/** Where requests may be processed, and what may become of them. */
export function Where({ auto: { regions, dataPolicy } }: { readonly auto: AutoSettings }): ReactElement {
  const texts = useTexts(WHERE_TEXTS)
  // what is limited is seen; later it opens and closes by hand alone
  const [startsOpen] = useState(regions !== undefined || dataPolicy !== 'any')
  return (
    <details className={styles.details} open={startsOpen}>
      <summary>{texts.title}</summary>
      <div className={styles.controls}>
        <Choice
          label={texts.policy}
          value={dataPolicy}
          onValue={(chosen) => changeAuto({ dataPolicy: chosen })}
          options={POLICIES.map((value) => ({ value, ...texts.policies[value] }))}
        />
        <fieldset className={styles.regions}>
          <legend>{texts.regions}</legend>
          <p className={styles.regionsHint}>{texts.regionsHint}</p>
          {REGIONS.map((region) => (
            <Toggle
              key={region}
              label={texts.region[region]}
              disabled={dataPolicy === 'this-machine'}
              checked={regions?.includes(region) ?? true}
              onChecked={(isAllowed) => changeAuto({ regions: regionsWith(regions, region, isAllowed) })}
            />
          ))}
        </fieldset>
      </div>
    </details>
  )
}

/** undefined, which is anywhere, where all of them are allowed. The last one stays. */
export function regionsWith(before: AutoSettings['regions'], region: Region, isAllowed: boolean): AutoSettings['regions'] {
  const allowed = REGIONS.filter((each) => (each === region ? isAllowed : (before?.includes(each) ?? true)))
  if (allowed.length === 0) return before
  return allowed.length === REGIONS.length ? undefined : allowed
}
