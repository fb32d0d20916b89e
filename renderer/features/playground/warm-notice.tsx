import { Flame } from 'lucide-react'
import { type ReactElement, useEffect, useState } from 'react'
import type { WarmPrefixSummary } from '../../../shared/api/prompt-cache.ts'
import { client } from '../../client/client.ts'
import { useTexts } from '../../i18n/texts.ts'
import { formatCount, formatMoney, formatUntil } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import styles from './model-picker.module.css'
import { settingsOf, turnsOf, useConversation, useDesk } from './store.ts'
import { texts } from './texts.ts'

/** What is about to be changed: either makes another beginning, which no cache holds. */
type Leaving = 'model' | 'system'

/** What the conversations of all panes have in prompt caches, where a choice is made for all of them. */
export function WarmNotices({ leaving }: { readonly leaving: Leaving }): ReactElement {
  const panes = useDesk((desk) => desk.panes)
  const turns = useConversation((conversation) => conversation.turns)
  return <>{panes.map(({ id }) => (turns[id]?.length ?? 0) > 0 && <WarmNotice key={id} pane={id} leaving={leaving} />)}</>
}

/**
 * Before another model or system prompt is chosen: what this pane's conversation has in a provider's prompt cache, which it would not find there again.
 * Nothing where nothing is warm.
 */
export function WarmNotice({ pane, leaving }: { readonly pane: string; readonly leaving: Leaving }): ReactElement | null {
  const t = useTexts(texts).picker
  const [warm, setWarm] = useState<WarmPrefixSummary | undefined>(undefined)
  const now = useNow(1_000, warm !== undefined)
  useEffect(() => {
    let gone = false
    void warmOf(pane).then((found) => {
      if (!gone) setWarm(found)
    })
    return () => {
      gone = true
    }
  }, [pane])
  if (warm === undefined || warm.until <= now) return null
  const { tokens, endpoint, until, worth } = warm
  return (
    <p className={styles.warm} role="note">
      <Flame aria-hidden size={14} />
      {t.warm(formatCount(tokens), endpoint, formatUntil(until, now), worth === undefined ? undefined : formatMoney(worth), leaving)}
    </p>
  )
}

async function warmOf(paneId: string): Promise<WarmPrefixSummary | undefined> {
  const desk = useDesk.getState()
  const pane = desk.panes.find(({ id }) => id === paneId)
  const [first] = turnsOf(useConversation.getState(), paneId)
  if (pane === undefined || first === undefined) return undefined
  const result = await client['promptCache.ofConversation']({ system: settingsOf(pane, desk).system, question: first.prompt })
  // without an answer there is nothing to warn of
  return result.ok ? (result.value ?? undefined) : undefined
}
