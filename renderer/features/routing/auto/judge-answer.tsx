import { Coins, ThumbsDown, ThumbsUp } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { RequestId } from '../../../../shared/ids.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button } from '../../../ui/button.tsx'
import { judge, type Verdict } from './actions.ts'
import styles from './auto.module.css'
import { AUTO_TEXTS } from './texts.ts'

const ICONS = { wrong: ThumbsDown, good: ThumbsUp, cheaper: Coins } as const
const VERDICTS = Object.keys(ICONS) as readonly Verdict[]

/** A click tells automatic routing what the user thinks of an answer. The same is said once. */
export function JudgeAnswer({ request }: { readonly request: RequestId }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).judge
  const [said, setSaid] = useState<readonly Verdict[]>([])
  const say = async (verdict: Verdict): Promise<void> => {
    setSaid((before) => [...before, verdict])
    if (!(await judge(request, verdict))) setSaid((before) => before.filter((each) => each !== verdict))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields, this groups buttons
    <div className={styles.judge} role="group" aria-label={texts.title}>
      {VERDICTS.map((verdict) => {
        const Icon = ICONS[verdict]
        return (
          <Button key={verdict} small variant="quiet" icon={<Icon aria-hidden size={14} />} disabled={said.includes(verdict)} onClick={() => void say(verdict)}>
            {texts[verdict]}
          </Button>
        )
      })}
    </div>
  )
}
