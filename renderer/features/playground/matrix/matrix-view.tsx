import { Plus } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { useMirror } from '../../../client/mirror.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button } from '../../../ui/button.tsx'
import type { ModelGroup } from '../model-list.ts'
import styles from './matrix.module.css'
import { RunView } from './run-view.tsx'
import { matrices } from './run-view-store.ts'
import { Setup } from './setup.tsx'
import { texts } from './texts.ts'

/** Prompts × models × rows: runs at the left, and one of them, or a new one, beside them. */
export function MatrixView({ groups }: { readonly groups: readonly ModelGroup[] }): ReactElement {
  const t = useTexts(texts)
  const list = useMirror(matrices)
  const [open, setOpen] = useState<string>()
  return (
    <div className={styles.view}>
      <nav className={styles.runs} aria-label={t.runs}>
        <Button small icon={<Plus aria-hidden />} aria-current={open === undefined ? 'true' : undefined} onClick={() => setOpen(undefined)}>
          {t.add}
        </Button>
        {list.is === 'failed' && <p role="alert">{list.failure.message}</p>}
        {list.is === 'ready' && (
          <ul>
            {list.value.map((run) => (
              <li key={run.id}>
                <button type="button" aria-current={run.id === open ? 'true' : undefined} onClick={() => setOpen(run.id)}>
                  <b>{run.name}</b>
                  <span>
                    {t.states[run.state]} · {run.done}/{run.total}
                    {run.failing > 0 && ` · ${t.failing(run.failing)}`}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </nav>
      {open === undefined ? <Setup groups={groups} onStarted={setOpen} /> : <RunView key={open} id={open} onLeave={() => setOpen(undefined)} />}
    </div>
  )
}
