import { Check, Copy, FlaskConical } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { useStore } from 'zustand'
import { useTexts } from '../../i18n/texts.ts'
import { classes, IconButton } from '../../ui/button.tsx'
import { useCopy } from '../../ui/clipboard.ts'
import { formatCount, formatMoney, formatSpan } from '../../ui/figures.ts'
import styles from './metric-line.module.css'
import { metricsOf } from './metrics.ts'
import type { Run } from './run-store.ts'
import { texts } from './texts.ts'

/**
 * One quiet line for an answer. The newest answer's stands at the foot of its pane, so that panes compare along one line. Its places are there from
 * the beginning: nothing moves when the figures come.
 */
export function MetricLine({ run }: { readonly run: Run }): ReactElement {
  const t = useTexts(texts).metrics
  const state = useStore(run.store)
  const { firstEventMs, tokensPerSecond, estimated, tokensIn, tokensOut, cached, reasoning, cost, final } = metricsOf(state, state.heardAt - run.startedAt)
  // While it runs a missing figure may still come; afterwards it is not known.
  const missing = final ? 'n/a' : '–'
  const details = [cached && t.cached(cached), reasoning && t.reasoning(reasoning)].filter(Boolean).join(', ')
  return (
    <div className={styles.line}>
      <dl className={styles.figures}>
        <Figure label={t.firstToken} unit={t.first} known={firstEventMs !== undefined}>
          {firstEventMs === undefined ? missing : formatSpan(firstEventMs)}
        </Figure>
        <Figure label={estimated ? t.estimatedSpeed : t.speed} unit={<PerSecond words={t.tokensPerSecond} />} known={tokensPerSecond !== undefined}>
          {tokensPerSecond === undefined
            ? missing
            : `${estimated ? '~' : ''}${tokensPerSecond < 10 ? tokensPerSecond.toFixed(1) : Math.round(tokensPerSecond)}`}
        </Figure>
        <Figure label={t.tokens} unit="tok" title={details} known={tokensIn !== undefined || tokensOut !== undefined}>
          {tokensIn === undefined && tokensOut === undefined ? (
            missing
          ) : (
            <>
              {tokensIn === undefined ? 'n/a' : formatCount(tokensIn)}
              <i aria-hidden> → </i>
              {tokensOut === undefined ? 'n/a' : formatCount(tokensOut)}
            </>
          )}
        </Figure>
        <Figure label={t.cost} strong known={cost !== undefined}>
          {final ? formatMoney(cost) : missing}
        </Figure>
      </dl>
      {state.simulated && (
        <span className={styles.chip} title={t.simulatedTitle}>
          <FlaskConical aria-hidden size={12} />
          <span>{t.simulated}</span>
        </span>
      )}
      <CopyAnswer run={run} />
    </div>
  )
}

function CopyAnswer({ run }: { readonly run: Run }): ReactElement {
  const t = useTexts(texts).metrics
  const { copied, copy } = useCopy()
  const over = useStore(run.store, ({ phase }) => phase.is !== 'waiting' && phase.is !== 'answering')
  return (
    <IconButton small label={copied === undefined ? t.copy : t.copied} disabled={!over || run.text() === ''} onClick={() => copy(run.text())}>
      {copied === undefined ? <Copy aria-hidden /> : <Check aria-hidden />}
    </IconButton>
  )
}

interface FigureProps {
  readonly label: string
  readonly unit?: ReactNode
  readonly title?: string
  readonly strong?: boolean
  readonly known: boolean
  readonly children: ReactNode
}

/** `tok/s`; in a narrow pane `/s`, for a rate reads as one by that alone. */
function PerSecond({ words }: { readonly words: string }): ReactElement {
  const at = words.lastIndexOf('/')
  return (
    <>
      <span className={styles.spare}>{words.slice(0, at)}</span>
      {words.slice(at)}
    </>
  )
}

function Figure({ label, unit, title, strong = false, known, children }: FigureProps): ReactElement {
  return (
    <div className={classes(styles.figure, strong && styles.strong)} title={title ? `${label}: ${title}` : label} data-known={known}>
      <dt className="visually-hidden">{label}</dt>
      <dd>
        {children}
        {unit !== undefined && <i> {unit}</i>}
      </dd>
    </div>
  )
}
