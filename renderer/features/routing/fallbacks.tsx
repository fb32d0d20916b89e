import { Plus, Split } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Cause, Fallback, RoutingConfig } from '../../../shared/routing-config.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { TextField } from '../../ui/field.tsx'
import { edit } from './actions.ts'
import { Card, focusLastCard } from './card.tsx'
import { removed, replaced } from './edit.ts'
import { listOf, NamesField } from './models-field.tsx'
import { Part } from './part.tsx'
import styles from './routing.module.css'
import { ROUTING_TEXTS } from './texts.ts'

const change = (fallbacks: RoutingConfig['fallbacks']): void => edit((config) => ({ ...config, fallbacks }))

export function Fallbacks({ fallbacks }: Pick<RoutingConfig, 'fallbacks'>): ReactElement {
  const texts = useTexts(ROUTING_TEXTS).fallbacks
  return (
    <>
      {fallbacks.length === 0 && (
        <EmptyState icon={<Split />} title={texts.empty}>
          <p>{texts.emptyWords}</p>
        </EmptyState>
      )}
      {fallbacks.map((fallback, place) => (
        <One
          // biome-ignore lint/suspicious/noArrayIndexKey: a fallback is its place
          key={place}
          what={texts.item(place + 1)}
          fallback={fallback}
          onFallback={(after) => change(replaced(fallbacks, place, after))}
          onRemove={() => change(removed(fallbacks, place))}
        />
      ))}
      <div>
        <Button
          icon={<Plus aria-hidden size={16} />}
          onClick={() => {
            change([...fallbacks, { models: ['*'], on: ['error'], to: [''] }])
            focusLastCard()
          }}
        >
          {texts.add}
        </Button>
      </div>
    </>
  )
}

interface OneProps {
  readonly what: string
  readonly fallback: Fallback
  readonly onFallback: (fallback: Fallback) => void
  readonly onRemove: () => void
}

function One({ what, fallback, onFallback, onRemove }: OneProps): ReactElement {
  const texts = useTexts(ROUTING_TEXTS).fallbacks
  const causes = Object.keys(texts.causes) as readonly Cause[]
  const toggle = (cause: Cause, on: boolean): void =>
    onFallback({ ...fallback, on: causes.filter((each) => (each === cause ? on : fallback.on.includes(each))) })
  return (
    <Card
      what={what}
      onRemove={onRemove}
      head={<TextField label={texts.models} mono value={fallback.models.join(', ')} onValue={(text) => onFallback({ ...fallback, models: listOf(text) })} />}
    >
      <fieldset className={styles.checks}>
        <legend>{texts.on}</legend>
        {causes.map((cause) => (
          <label key={cause}>
            <input type="checkbox" checked={fallback.on.includes(cause)} onChange={(event) => toggle(cause, event.target.checked)} />
            {texts.causes[cause]}
          </label>
        ))}
      </fieldset>
      <Part title={texts.to}>
        <NamesField names={fallback.to} onNames={(to) => onFallback({ ...fallback, to })} />
      </Part>
    </Card>
  )
}
