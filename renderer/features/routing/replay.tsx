import { History } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { ReplayEvent } from '../../../shared/api/routing.ts'
import { hashOf } from '../../frame/route.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatMoney } from '../../ui/figures.ts'
import { Section } from '../../ui/page.tsx'
import { Notice } from '../../ui/status.tsx'
import { cancelReplay, replay } from './actions.ts'
import styles from './routing.module.css'
import { useReplay } from './store.ts'
import { ROUTING_TEXTS } from './texts.ts'

const USUAL = '500'

/** What is on the screen, over the requests of the past. */
export function Replay(): ReactElement {
  const texts = useTexts(ROUTING_TEXTS).replay
  const [most, setMost] = useState(USUAL)
  const state = useReplay()
  const isRunning = state.is === 'running'
  return (
    <>
      <p className={styles.faint}>{texts.lead}</p>
      <div className={styles.grid}>
        <TextField label={texts.most} type="number" min="1" max="10000" value={most} onValue={setMost} />
      </div>
      <div>
        {isRunning ? (
          <Button onClick={cancelReplay}>{texts.cancel}</Button>
        ) : (
          <Button variant="primary" icon={<History aria-hidden size={16} />} onClick={() => void replay(Math.round(Number(most)))}>
            {texts.run}
          </Button>
        )}
      </div>
      {isRunning && (
        <p role="status" className={styles.faint}>
          {texts.progress(state.looked)}
        </p>
      )}
      {state.is === 'failed' && <Notice tone="bad">{state.message}</Notice>}
      {state.is === 'cancelled' && <Notice tone="info">{texts.cancelled}</Notice>}
      {state.is === 'done' && <Result {...state.result} />}
    </>
  )
}

function Result({ totals, moves }: Extract<ReplayEvent, { type: 'result' }>): ReactElement {
  const texts = useTexts(ROUTING_TEXTS).replay
  const { counts } = texts
  const figures = (['looked', 'same', 'moved', 'denied', 'refused', 'notKept'] as const).map((name) => [counts[name], String(totals[name])] as const)
  return (
    <div role="status" className={styles.plan}>
      <dl className={styles.figures}>
        {[...figures, [texts.costThen, formatMoney(totals.costThen)] as const, [texts.costNow, formatMoney(totals.costNow)] as const].map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {totals.unpriced > 0 && <p className={styles.faint}>{texts.unpriced(totals.unpriced)}</p>}
      <Section title={texts.moves}>
        {moves.length === 0 && <p className={styles.faint}>{texts.noMoves}</p>}
        <ul className={styles.steps}>
          {moves.map(({ from, to, count, example }) => (
            <li key={`${from} ${to}`}>
              <code>{from === '' ? '–' : from}</code> → <code>{to}</code>
              <span className={styles.why}>
                {texts.times(count)} · <a href={hashOf('traffic', example)}>{texts.example}</a>
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  )
}
