import { Plus, X } from 'lucide-react'
import type { ReactElement } from 'react'
import type { RoutingConfig, Shadow, Split } from '../../../shared/routing-config.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Choice, TextField, Toggle } from '../../ui/field.tsx'
import { Section } from '../../ui/page.tsx'
import { edit } from './actions.ts'
import { Card } from './card.tsx'
import { ConditionEditor } from './condition-editor.tsx'
import { removed, replaced } from './edit.ts'
import { listOf, ModelField } from './models-field.tsx'
import { Part } from './part.tsx'
import { Results } from './results.tsx'
import styles from './routing.module.css'
import { ROUTING_TEXTS } from './texts.ts'

const changeSplits = (splits: RoutingConfig['splits']): void => edit((config) => ({ ...config, splits }))
const changeShadows = (shadows: RoutingConfig['shadows']): void => edit((config) => ({ ...config, shadows }))
const ARMS: Split['arms'] = [
  { name: 'a', model: '', weight: 1 },
  { name: 'b', model: '', weight: 1 },
]

/** What may be tried beside what is used: conversations shared out, and copies that nobody sees. */
export function Splits({ splits, shadows }: Pick<RoutingConfig, 'splits' | 'shadows'>): ReactElement {
  const all = useTexts(ROUTING_TEXTS)
  return (
    <>
      <Section
        title={all.splits.title}
        actions={
          <Button
            small
            icon={<Plus aria-hidden size={14} />}
            onClick={() =>
              changeSplits([...splits, { name: `${all.splits.title} ${splits.length + 1}`, enabled: true, models: ['*'], arms: ARMS, by: 'session' }])
            }
          >
            {all.splits.add}
          </Button>
        }
      >
        {splits.length === 0 && <p className={styles.faint}>{all.splits.empty}</p>}
        {splits.map((split, place) => (
          <OneSplit
            // biome-ignore lint/suspicious/noArrayIndexKey: a split is its place
            key={place}
            split={split}
            onSplit={(after) => changeSplits(replaced(splits, place, after))}
            onRemove={() => changeSplits(removed(splits, place))}
          />
        ))}
      </Section>
      <Section
        title={all.shadows.title}
        actions={
          <Button
            small
            icon={<Plus aria-hidden size={14} />}
            onClick={() =>
              changeShadows([
                ...shadows,
                { name: `${all.shadows.title} ${shadows.length + 1}`, enabled: true, when: {}, to: '', share: 0.05, mostUsdPerDay: 1 },
              ])
            }
          >
            {all.shadows.add}
          </Button>
        }
      >
        {shadows.length === 0 && <p className={styles.faint}>{all.shadows.empty}</p>}
        {shadows.map((shadow, place) => (
          <OneShadow
            // biome-ignore lint/suspicious/noArrayIndexKey: a shadow run is its place
            key={place}
            shadow={shadow}
            onShadow={(after) => changeShadows(replaced(shadows, place, after))}
            onRemove={() => changeShadows(removed(shadows, place))}
          />
        ))}
      </Section>
      <Results />
    </>
  )
}

function OneSplit({
  split,
  onSplit,
  onRemove,
}: {
  readonly split: Split
  readonly onSplit: (split: Split) => void
  readonly onRemove: () => void
}): ReactElement {
  const all = useTexts(ROUTING_TEXTS)
  const texts = all.splits
  const set = (changed: Partial<Split>): void => onSplit({ ...split, ...changed })
  const setArm = (place: number, changed: Partial<Split['arms'][number]>): void =>
    set({ arms: split.arms.map((arm, each) => (each === place ? { ...arm, ...changed } : arm)) })
  return (
    <Card
      what={split.name}
      onRemove={onRemove}
      head={<TextField label={all.name} hideLabel value={split.name} onValue={(name) => set({ name })} />}
      aside={<Toggle label={all.enabled} checked={split.enabled} onChecked={(enabled) => set({ enabled })} />}
    >
      <TextField label={texts.models} mono value={split.models.join(', ')} onValue={(text) => set({ models: listOf(text) })} />
      {split.arms.map((arm, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an arm is its place
        <div key={place} className={styles.arm}>
          <TextField label={texts.arm(place + 1)} mono value={arm.name} onValue={(name) => setArm(place, { name })} />
          <ModelField label={texts.armModel(place + 1)} value={arm.model} onValue={(model) => setArm(place, { model })} />
          <TextField
            label={texts.armWeight(place + 1)}
            type="number"
            min="0"
            step="any"
            value={String(arm.weight)}
            onValue={(text) => setArm(place, { weight: Number(text) })}
          />
          <IconButton
            label={all.remove(texts.arm(place + 1))}
            small
            className={styles.level}
            disabled={split.arms.length <= 2}
            onClick={() => set({ arms: removed(split.arms, place) })}
          >
            <X aria-hidden size={14} />
          </IconButton>
        </div>
      ))}
      <div>
        <Button
          small
          icon={<Plus aria-hidden size={14} />}
          onClick={() => set({ arms: [...split.arms, { name: `arm-${split.arms.length + 1}`, model: '', weight: 1 }] })}
        >
          {texts.addArm}
        </Button>
      </div>
      <Choice
        label={texts.by}
        bar
        value={split.by}
        onValue={(by) => set({ by })}
        options={[
          { value: 'session', title: texts.session },
          { value: 'client', title: texts.client },
        ]}
      />
    </Card>
  )
}

function OneShadow({
  shadow,
  onShadow,
  onRemove,
}: {
  readonly shadow: Shadow
  readonly onShadow: (shadow: Shadow) => void
  readonly onRemove: () => void
}): ReactElement {
  const all = useTexts(ROUTING_TEXTS)
  const texts = all.shadows
  const set = (changed: Partial<Shadow>): void => onShadow({ ...shadow, ...changed })
  return (
    <Card
      what={shadow.name}
      onRemove={onRemove}
      head={<TextField label={all.name} hideLabel value={shadow.name} onValue={(name) => set({ name })} />}
      aside={<Toggle label={all.enabled} checked={shadow.enabled} onChecked={(enabled) => set({ enabled })} />}
    >
      <div className={styles.shadow}>
        <ModelField label={texts.to} value={shadow.to} onValue={(to) => set({ to })} />
        <TextField
          label={texts.share}
          unit="%"
          type="number"
          min="0"
          max="100"
          step="any"
          value={String(Math.round(shadow.share * 1e6) / 1e4)}
          onValue={(text) => set({ share: Number(text) / 100 })}
        />
        <TextField
          label={texts.most}
          unit="USD"
          type="number"
          min="0"
          step="any"
          value={String(shadow.mostUsdPerDay)}
          onValue={(text) => set({ mostUsdPerDay: Number(text) })}
        />
      </div>
      <Part title={all.rules.when}>
        <ConditionEditor condition={shadow.when} add={all.rules.addCondition} onCondition={(when) => set({ when })} />
      </Part>
    </Card>
  )
}
