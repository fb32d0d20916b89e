import { type ReactElement, useEffect, useState } from 'react'
import type { Removed } from '../../../shared/api/traffic.ts'
import { client } from '../../client/client.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { removeShown } from './request-actions.ts'
import { useTraffic } from './store.ts'
import { TRAFFIC_TEXTS } from './texts.ts'

/** Deleting all that the filter shows: says first what that would be. */
export function ClearDialog(): ReactElement {
  const texts = useTexts(TRAFFIC_TEXTS).clear
  const open = useTraffic((state) => state.asking === 'clear')
  const filter = useTraffic((state) => (state.list.is === 'ready' ? state.list.filter : ''))
  const [counted, setCounted] = useState<Removed>()
  useEffect(() => {
    if (!open) return undefined
    let isLate = false
    setCounted(undefined)
    void client['traffic.remove']({ what: { filter }, dryRun: true }).then((result) => {
      if (!isLate && result.ok) setCounted(result.value)
    })
    return () => {
      isLate = true
    }
  }, [open, filter])
  return (
    <Confirm
      open={open}
      onClose={() => useTraffic.setState({ asking: 'nothing' })}
      title={texts.title}
      action={texts.action(counted?.rows ?? 0)}
      onConfirm={() => removeShown(filter)}
    >
      {filter === '' ? texts.all : texts.what(filter)}{' '}
      {counted === undefined
        ? texts.counting
        : [texts.count(counted.rows), counted.pinned > 0 && texts.pinned(counted.pinned), counted.open > 0 && texts.running(counted.open), texts.kept]
            .filter(Boolean)
            .join(' ')}
    </Confirm>
  )
}
