import type { ReactElement } from 'react'
import type { LocalModelSummary } from '../../../../shared/local-models.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions } from '../../../ui/dialog.tsx'
import { formatBytes } from '../../../ui/figures.ts'
import { Notice } from '../../../ui/status.tsx'
import styles from '../cache.module.css'
import { cancelModel, deleteModel } from './actions.ts'
import { LOCAL_MODEL_TEXTS, problemIn } from './local-model-texts.ts'

interface ConsentProps {
  /** undefined: nothing is asked. */
  readonly model: LocalModelSummary | undefined
  readonly onRefuse: () => void
  readonly onAgree: (model: LocalModelSummary) => void
}

/** What loading a model means, before anything leaves this machine. */
export function ModelConsent({ model, onRefuse, onAgree }: ConsentProps): ReactElement {
  const texts = useTexts(LOCAL_MODEL_TEXTS)
  return (
    <Dialog open={model !== undefined} onClose={onRefuse} title={texts.title} description={texts.lead}>
      {model !== undefined && (
        <>
          <dl className={styles.terms}>
            {(
              [
                [texts.facts.model, model.repository],
                [texts.facts.size, formatBytes(model.bytes)],
                [texts.facts.licence, model.licence],
                [texts.facts.from, model.host],
                [texts.facts.commit, model.revision],
                [texts.facts.folder, model.folder],
                [texts.facts.checks, texts.checked],
              ] as const
            ).map(([name, value]) => (
              <div key={name} className={styles.fact}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <p className={styles.dim}>{texts.leaves}</p>
          <DialogActions>
            <Button onClick={onRefuse}>{texts.refuse}</Button>
            <Button variant="primary" onClick={() => onAgree(model)}>
              {texts.agree(formatBytes(model.bytes))}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  )
}

interface ModelsProps {
  readonly models: readonly LocalModelSummary[]
  /** As the settings name it. */
  readonly chosen: string
  readonly onGet: (model: LocalModelSummary) => void
}

/** Models that are here, are on their way, or should be. */
export function LocalModels({ models, chosen, onGet }: ModelsProps): ReactElement | null {
  const texts = useTexts(LOCAL_MODEL_TEXTS)
  const shown = models.filter(({ id, state }) => id === chosen || state.is !== 'absent' || state.received > 0)
  if (shown.length === 0) return null
  return (
    <ul className={styles.models} aria-label={texts.models}>
      {shown.map((model) => (
        <li key={model.id} className={styles.model}>
          <Model model={model} isChosen={model.id === chosen} onGet={() => onGet(model)} />
        </li>
      ))}
    </ul>
  )
}

function Model({ model, isChosen, onGet }: { readonly model: LocalModelSummary; readonly isChosen: boolean; readonly onGet: () => void }): ReactElement {
  const texts = useTexts(LOCAL_MODEL_TEXTS)
  const { id, repository, bytes, state } = model
  const remove = (
    <Button small onClick={() => void deleteModel(model)}>
      {texts.delete}
    </Button>
  )
  switch (state.is) {
    case 'loading':
      return (
        <>
          <label className={styles.modelLine}>
            {texts.loading(repository)}
            <progress className={styles.progress} max={bytes} value={state.received} />
          </label>
          <span className={styles.dim}>{texts.received(formatBytes(state.received), formatBytes(bytes))}</span>
          <Button small onClick={() => void cancelModel(id)}>
            {texts.cancel}
          </Button>
        </>
      )
    case 'failed':
      return (
        <>
          <span className={styles.modelLine}>{repository}</span>
          <Notice tone="bad">{texts.failed(problemIn(texts, state.problem))}</Notice>
          <Button small onClick={onGet}>
            {texts.tryAgain}
          </Button>
          {remove}
        </>
      )
    case 'ready':
      return (
        <>
          <span className={styles.modelLine}>{repository}</span>
          <span className={styles.dim}>{texts.ready(formatBytes(bytes))}</span>
          {remove}
        </>
      )
    case 'absent':
      return (
        <>
          <span className={styles.modelLine}>{repository}</span>
          <span className={styles.dim}>{state.received > 0 ? texts.kept(formatBytes(state.received), formatBytes(bytes)) : texts.absent}</span>
          {(isChosen || state.received > 0) && (
            <Button small onClick={onGet}>
              {state.received > 0 ? texts.goOn : texts.get}
            </Button>
          )}
          {state.received > 0 && remove}
        </>
      )
  }
}
