import type { ReactElement, ReactNode } from 'react'
import { useStore } from 'zustand'
import { formatUsd } from '../../../shared/money.ts'
import { classes } from '../../ui/button.tsx'
import styles from './metric-line.module.css'
import { formatCount, formatSpan, metricsOf } from './metrics.ts'
import type { Run } from './run-store.ts'

/** One quiet line under every answer. Its places are there from the beginning, so nothing moves when the figures come. */
export function MetricLine({ run, children }: { readonly run: Run; readonly children?: ReactNode }): ReactElement {
  const state = useStore(run.store)
  const { firstEventMs, tokensPerSecond, estimated, tokensIn, tokensOut, cached, reasoning, cost, final } = metricsOf(state, state.heardAt - run.startedAt)
  // While it runs a missing figure may still come; afterwards it is not known.
  const missing = final ? 'n/a' : '–'
  const details = [cached && `${cached} read from the prompt cache`, reasoning && `${reasoning} for reasoning`].filter(Boolean).join(', ')
  return (
    <div className={styles.line}>
      <dl className={styles.figures}>
        <Figure label="Time to first token" unit="first">
          {firstEventMs === undefined ? missing : formatSpan(firstEventMs)}
        </Figure>
        <Figure label={estimated ? 'Estimated speed' : 'Speed'} unit="tok/s">
          {tokensPerSecond === undefined
            ? missing
            : `${estimated ? '~' : ''}${tokensPerSecond < 10 ? tokensPerSecond.toFixed(1) : Math.round(tokensPerSecond)}`}
        </Figure>
        <Figure label="Tokens in and out" unit="tok" title={details}>
          {tokensIn === undefined && tokensOut === undefined ? (
            missing
          ) : (
            <>
              {tokensIn === undefined ? 'n/a' : formatCount(tokensIn)}
              <i aria-label="in,"> → </i>
              {tokensOut === undefined ? 'n/a' : formatCount(tokensOut)}
            </>
          )}
        </Figure>
        <Figure label="Cost" strong>
          {final ? formatUsd(cost) : missing}
        </Figure>
      </dl>
      {state.simulated && (
        <span className={styles.chip} title="Switchyard made this answer up itself; no provider was asked">
          Simulated
        </span>
      )}
      {children}
    </div>
  )
}

interface FigureProps {
  readonly label: string
  readonly unit?: string
  readonly title?: string
  readonly strong?: boolean
  readonly children: ReactNode
}

function Figure({ label, unit, title, strong = false, children }: FigureProps): ReactElement {
  return (
    <div className={classes(styles.figure, strong && styles.strong)} title={title ? `${label}: ${title}` : label}>
      <dt className="visually-hidden">{label}</dt>
      <dd>
        {children}
        {unit !== undefined && <i> {unit}</i>}
      </dd>
    </div>
  )
}
