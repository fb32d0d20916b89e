import { TriangleAlert } from 'lucide-react'
import { type DragEvent, type ReactElement, useEffect, useState } from 'react'
import { useTexts } from '../../../i18n/texts.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/page.tsx'
import { compareFile, leaveComparison } from './actions.ts'
import { ChooseFile } from './choose-file.tsx'
import { ColumnsForm } from './columns-form.tsx'
import { FORMATS } from './formats.ts'
import styles from './reconcile.module.css'
import { Result } from './result.tsx'
import { type ReconcileState, useReconcile } from './store.ts'
import { RECONCILE_TEXTS } from './texts.ts'

/** A provider's own count, out of a file, held against ours. */
export function Reconcile(): ReactElement {
  const texts = useTexts(RECONCILE_TEXTS)
  const state = useReconcile()
  const [over, setOver] = useState(false)
  // what was read is forgotten with the screen
  useEffect(() => leaveComparison, [])
  function drop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file !== undefined) void compareFile(file)
  }
  return (
    <Section title={texts.title} hint={texts.hint}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the button within, which every keyboard reaches */}
      <div
        className={styles.place}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Body state={state} />
      </div>
    </Section>
  )
}

function Body({ state }: { readonly state: ReconcileState }): ReactElement {
  const texts = useTexts(RECONCILE_TEXTS)
  switch (state.is) {
    case 'idle':
      return (
        <div className={styles.idle}>
          <ChooseFile label={texts.choose} />
          <p className={styles.note}>
            {texts.exports(FORMATS.map(({ title }) => title).join('; '))} {texts.written}
          </p>
        </div>
      )
    case 'reading':
      return <Underway label={texts.reading(state.file, Math.round(state.share * 100))} share={state.share} />
    case 'comparing':
      return <Underway label={texts.comparing(state.file)} share={undefined} />
    case 'columns':
      return <ColumnsForm state={state} />
    case 'failed':
      return (
        <EmptyState icon={<TriangleAlert />} title={texts.failed(state.file)} tone="bad">
          <p role="alert">{state.failure.why === 'engine' ? state.failure.message : texts.why(state.failure)}</p>
          <ChooseFile label={texts.again} />
        </EmptyState>
      )
    case 'ready':
      return <Result state={state} />
  }
}

/** Large files take seconds, which are shown and can be ended. */
function Underway({ label, share }: { readonly label: string; readonly share: number | undefined }): ReactElement {
  const texts = useTexts(RECONCILE_TEXTS)
  return (
    <div className={styles.underway}>
      <progress className={styles.progress} aria-label={label} max={1} {...(share !== undefined && { value: share })} />
      <span aria-hidden>{label}</span>
      <Button small onClick={leaveComparison}>
        {texts.cancel}
      </Button>
    </div>
  )
}
