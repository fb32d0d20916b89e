import { Plus } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTexts } from '../../../i18n/texts.ts'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/page.tsx'
import { Card, NameField } from '../card.tsx'
import { freeName, renamed, withoutName } from '../edit.ts'
import { ModelField } from '../models-field.tsx'
import routing from '../routing.module.css'
import { changeAuto } from './actions.ts'
import styles from './auto.module.css'
import type { AutoSettings } from './draft.ts'
import { AUTO_TEXTS } from './texts.ts'

type AllPairs = AutoSettings['pairs']

/** Names of the user's own that choose between a strong and a cheap model. */
export function Pairs({ auto: { pairs } }: { readonly auto: AutoSettings }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).pairs
  const change = (after: AllPairs): void => changeAuto({ pairs: after })
  return (
    <Section
      title={texts.title}
      actions={
        <Button small icon={<Plus aria-hidden size={14} />} onClick={() => change({ ...pairs, [freeName(pairs, 'pair')]: { strong: '', cheap: '' } })}>
          {texts.add}
        </Button>
      }
    >
      {Object.keys(pairs).length === 0 && <p className={routing.faint}>{texts.empty}</p>}
      {Object.entries(pairs).map(([name, pair], place) => (
        <Card
          // biome-ignore lint/suspicious/noArrayIndexKey: a pair keeps its place while its name is typed
          key={place}
          what={texts.item(name)}
          onRemove={() => change(withoutName(pairs, name))}
          head={
            <NameField
              value={name}
              onName={(next) => {
                const after = renamed(pairs, name, next)
                if (after !== undefined) change(after)
                return after !== undefined
              }}
            />
          }
        >
          <div className={styles.pair}>
            <ModelField label={texts.strong} value={pair.strong} onValue={(strong) => change({ ...pairs, [name]: { ...pair, strong } })} />
            <ModelField label={texts.cheap} value={pair.cheap} onValue={(cheap) => change({ ...pairs, [name]: { ...pair, cheap } })} />
          </div>
        </Card>
      ))}
    </Section>
  )
}
