import { Plus, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { useMirrored } from '../../client/mirror.ts'
import { models as served } from '../../client/mirrors.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { removed, replaced } from './edit.ts'
import styles from './routing.module.css'
import { ROUTING_TEXTS } from './texts.ts'

const LIST = 'routing-model-names'

/** The names that fields for models offer. Once on the screen. */
export function ModelNames(): ReactElement {
  const rows = useMirrored(served) ?? []
  return (
    <datalist id={LIST}>
      {rows.map(({ id }) => (
        <option key={id} value={id} />
      ))}
    </datalist>
  )
}

export function ModelField(props: {
  readonly label: string
  readonly value: string
  readonly onValue: (model: string) => void
  readonly hideLabel?: boolean
}): ReactElement {
  return <TextField {...props} mono list={LIST} placeholder="provider/model" />
}

export interface WeighedModel {
  readonly model: string
  readonly weight?: number | undefined
}

/** Models in their order, with their weights where one is drawn. */
export function ModelsField({
  models,
  onModels,
  weighed = false,
}: {
  readonly models: readonly WeighedModel[]
  readonly onModels: (models: WeighedModel[]) => void
  readonly weighed?: boolean
}): ReactElement {
  const texts = useTexts(ROUTING_TEXTS)
  return (
    <div className={styles.models}>
      {models.map((each, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a model is its place; two may have the same name while one is typed
        <div key={place} className={styles.model}>
          <span className={styles.rank}>{place + 1}</span>
          <ModelField label={texts.model(place + 1)} hideLabel value={each.model} onValue={(model) => onModels(replaced(models, place, { ...each, model }))} />
          {weighed && (
            <div className={styles.weight}>
              <TextField
                label={texts.weight(place + 1)}
                hideLabel
                type="number"
                min="0"
                step="any"
                value={String(each.weight ?? 1)}
                onValue={(text) => onModels(replaced(models, place, { ...each, weight: Number(text) }))}
              />
            </div>
          )}
          <IconButton label={texts.remove(texts.model(place + 1))} small disabled={models.length === 1} onClick={() => onModels(removed(models, place))}>
            <X aria-hidden size={14} />
          </IconButton>
        </div>
      ))}
      <div>
        <Button small icon={<Plus aria-hidden size={14} />} onClick={() => onModels([...models, { model: '' }])}>
          {texts.addModel}
        </Button>
      </div>
    </div>
  )
}

/** The same for plain names. */
export function NamesField({ names, onNames }: { readonly names: readonly string[]; readonly onNames: (names: string[]) => void }): ReactElement {
  return <ModelsField models={names.map((model) => ({ model }))} onModels={(models) => onNames(models.map(({ model }) => model))} />
}

/** Texts by commas, kept as typed until they are a list again. */
export function listOf(text: string): string[] {
  return text.split(',').map((word) => word.trim())
}
