import type { ReactElement } from 'react'
import { useTexts } from '../../../i18n/texts.ts'
import { Choice, Toggle } from '../../../ui/field.tsx'
import routing from '../routing.module.css'
import { changeAuto } from './actions.ts'
import styles from './auto.module.css'
import type { AutoSettings } from './draft.ts'
import { AUTO_TEXTS } from './texts.ts'

type Region = NonNullable<AutoSettings['regions']>[number]
const POLICIES = ['any', 'not-kept', 'this-machine'] as const satisfies readonly AutoSettings['dataPolicy'][]
/** A server on this machine is within every region. */
const REGIONS = ['eu', 'us', 'cn'] as const satisfies readonly Region[]

/** Where what is asked may be sent: hard limits that no slider goes past. */
export function Where({ auto }: { readonly auto: AutoSettings }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).where
  const { dataPolicy, regions = [] } = auto
  const set = (region: Region, isIn: boolean): void => {
    const next = isIn ? [...regions, region] : regions.filter((each) => each !== region)
    changeAuto({ regions: next.length === 0 ? undefined : next })
  }
  return (
    <>
      <Choice
        label={texts.policy}
        value={dataPolicy}
        onValue={(policy) => changeAuto({ dataPolicy: policy })}
        options={POLICIES.map((policy) => ({ value: policy, title: texts.policies[policy], note: texts.policyNotes[policy] }))}
      />
      <fieldset className={styles.regions}>
        <legend>{texts.regions}</legend>
        <p className={routing.faint}>{texts.regionsHint}</p>
        {REGIONS.map((region) => (
          <Toggle
            key={region}
            label={texts.region[region]}
            disabled={dataPolicy === 'this-machine'}
            checked={regions.includes(region)}
            onChecked={(isIn) => set(region, isIn)}
          />
        ))}
      </fieldset>
    </>
  )
}
