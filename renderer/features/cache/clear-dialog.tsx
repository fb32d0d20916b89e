import { type ReactElement, useEffect, useState } from 'react'
import type { CacheFilterInput } from '../../../shared/api/cache.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { Choice } from '../../ui/field.tsx'
import { Notice } from '../../ui/status.tsx'
import { clearMatching, countMatching, filterInput } from './actions.ts'
import styles from './dialogs.module.css'
import { isFiltered, useCache } from './store.ts'
import { CACHE_TEXTS } from './texts.ts'

const WHATS = ['shown', 'unused', 'old', 'all'] as const
type What = (typeof WHATS)[number]

const WEEK_MS = 7 * 86_400_000

/** Removes by filter; what that would be is told first. */
export function ClearDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactElement {
  const { clear: texts, cancel } = useTexts(CACHE_TEXTS)
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
    <Dialog open={open} onClose={onClose} title={texts.title} description={texts.lead}>
      <div className={styles.form}>
        <Choice
          label={texts.which}
          hideLabel
          value={what}
          onValue={setChosen}
          options={WHATS.filter((each) => each !== 'shown' || filtered).map((each) => ({ value: each, ...texts.what[each] }))}
        />
        <Notice tone={typeof count === 'string' ? 'bad' : 'info'}>
          {count === undefined ? texts.counting : typeof count === 'string' ? count : texts.removes(count)}
        </Notice>
        {failure !== undefined && <Notice tone="bad">{failure}</Notice>}
        <DialogActions>
          <Button onClick={onClose}>{cancel}</Button>
          <Button variant="danger" disabled={typeof count !== 'number' || count === 0} onClick={() => void clear()}>
            {texts.remove}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  )
}
