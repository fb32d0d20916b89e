import { type ReactElement, useEffect, useState } from 'react'
import type { CacheFilterInput } from '../../../shared/api/cache.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Choice } from '../../ui/field.tsx'
import { formatNoun } from '../../ui/figures.ts'
import { Notice } from '../../ui/status.tsx'
import { clearMatching, countMatching, filterInput } from './actions.ts'
import styles from './cache.module.css'
import { isFiltered, useCache } from './store.ts'

type What = 'shown' | 'unused' | 'old' | 'all'

const WEEK_MS = 7 * 86_400_000

/** Removes by filter; what that would be is told first. */
export function ClearDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactElement {
  const filter = useCache((state) => state.filter)
  const filtered = isFiltered(filter)
  const [chosen, setChosen] = useState<What>('unused')
  const what: What = chosen === 'shown' && !filtered ? 'unused' : chosen
  const [count, setCount] = useState<number | string | undefined>(undefined)
  const [failure, setFailure] = useState<string | undefined>(undefined)
  const meant: Readonly<Record<What, CacheFilterInput>> = {
    shown: filterInput(filter),
    unused: { mostHits: 0, pinned: false },
    old: { olderThanMs: WEEK_MS, pinned: false },
    all: {},
  }
  const input = JSON.stringify(meant[what])
  useEffect(() => {
    if (!open) return undefined
    let stale = false
    setCount(undefined)
    setFailure(undefined)
    void countMatching(JSON.parse(input) as CacheFilterInput).then((counted) => {
      if (!stale) setCount(counted)
    })
    return () => {
      stale = true
    }
  }, [open, input])
  async function clear(): Promise<void> {
    const message = await clearMatching(meant[what])
    setFailure(message)
    if (message === undefined) onClose()
  }
  return (
    <Dialog open={open} onClose={onClose} title="Remove answers" description="They are not given again from then on. You can take it back for ten minutes.">
      <div className={styles.form}>
        <Choice
          label="Which"
          hideLabel
          value={what}
          onValue={setChosen}
          options={[
            ...(filtered ? [{ value: 'shown' as const, title: 'Those that the filter shows' }] : []),
            { value: 'unused', title: 'Those never used', note: 'Without pinned ones.' },
            { value: 'old', title: 'Those older than a week', note: 'Without pinned ones.' },
            { value: 'all', title: 'All', note: 'Pinned ones too.' },
          ]}
        />
        <Notice tone={typeof count === 'string' ? 'bad' : 'info'}>
          {count === undefined ? 'Counting' : typeof count === 'string' ? count : `This removes ${formatNoun(count, 'answer')}.`}
        </Notice>
        {failure !== undefined && <Notice tone="bad">{failure}</Notice>}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" disabled={typeof count !== 'number' || count === 0} onClick={() => void clear()}>
            Remove
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  )
}
