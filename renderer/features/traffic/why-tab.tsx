import { Waypoints } from 'lucide-react'
import type { ReactElement } from 'react'
import type { TrafficDetail } from '../../../shared/api/traffic.ts'
import { formatUsd } from '../../../shared/money.ts'
import type { CandidateScore, RoutePlan } from '../../../shared/routing.ts'
import { go } from '../../frame/route.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatRate, formatSpan } from '../../ui/figures.ts'
import { Chip } from '../../ui/status.tsx'
import styles from './traffic.module.css'

/** The routing decision, as it was made. */
export function WhyTab({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const plan = detail.exchange?.plan
  if (plan === undefined) {
    return (
      <EmptyState icon={<Waypoints />} title="No plan">
        <p>{detail.exchange === undefined ? 'The plan of this request was not kept.' : 'The request ended before a model was chosen.'}</p>
      </EmptyState>
    )
  }
  const tried = new Set(detail.record.attempts.map((attempt) => attempt.endpoint))
  return (
    <>
      <p className={styles.story}>
        {'Asked for '}
        <code>{plan.requested}</code>
        {`. Decided by: ${plan.decidedBy}.`}
      </p>
      <p>
        {/* see the Routing screen */}
        <Button small onClick={() => go('routing', `rule-for/${plan.requested}`)}>
          Make a rule
        </Button>
      </p>
      {plan.trail !== undefined && plan.trail.length > 0 && (
        <section className={styles.block} aria-label="Your own routing">
          <h3 className={styles.blockTitle}>Your own routing</h3>
          <ol className={styles.candidates}>
            {plan.trail.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step may be said twice, and none ever moves
              <li key={`${index} ${step}`} className={styles.candidate}>
                <span className={styles.rank}>{index + 1}</span>
                <span className={styles.candidateWords}>{step}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
      <section className={styles.block} aria-label="Candidates">
        <h3 className={styles.blockTitle}>
          Candidates <span className={styles.axis}>in the order in which they would be tried</span>
        </h3>
        {plan.candidates.length === 0 ? (
          <p className={styles.faint}>{plan.passedOver.length === 0 ? 'Nobody was asked.' : 'None was left.'}</p>
        ) : (
          <ol className={styles.candidates}>
            {plan.candidates.map((candidate, index) => (
              <li key={`${candidate.endpoint.id} ${candidate.credential ?? ''}`} className={styles.candidate}>
                <span className={styles.rank}>{index + 1}</span>
                <div className={styles.candidateWords}>
                  <span className={styles.candidateName}>
                    {candidate.endpoint.id}
                    {candidate.endpoint.id === detail.record.servedBy && <Chip tone="ok">served</Chip>}
                    {candidate.endpoint.id !== detail.record.servedBy && tried.has(candidate.endpoint.id) && <Chip>tried</Chip>}
                  </span>
                  <span className={styles.faint}>{candidate.why}</span>
                  {candidate.score !== undefined && <Score score={candidate.score} />}
                </div>
              </li>
            ))}
          </ol>
        )}
      </section>
      <Resting plan={plan} />
      {plan.passedOver.length > 0 && (
        <section className={styles.block} aria-label="Passed over">
          <h3 className={styles.blockTitle}>
            Passed over <span className={styles.axis}>{plan.passedOver.length}</span>
          </h3>
          <ul className={styles.candidates}>
            {plan.passedOver.map((each) => (
              <li key={`${each.endpoint} ${each.why}`} className={styles.candidate}>
                <span className={styles.rank} aria-hidden="true">
                  –
                </span>
                <div className={styles.candidateWords}>
                  <span className={styles.candidateName}>{each.endpoint}</span>
                  <span className={styles.faint}>{each.why}</span>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** What a place in the order was made from. */
function Score({ score }: { readonly score: CandidateScore }): ReactElement {
  const facts = [
    score.price === undefined ? 'price not known' : `$${(score.price / 1e6).toFixed(2)} a million tokens`,
    ...(score.firstEventMs === undefined ? [] : [`first content ${formatSpan(score.firstEventMs)}`]),
    ...(score.tokensPerSecond === undefined ? [] : [`${formatRate(score.tokensPerSecond)} tok/s`]),
    ...(score.warm === undefined ? [] : [warmth(score.warm)]),
  ]
  return (
    <span className={styles.faint}>
      {score.standing === 'troubled' && <Chip tone="bad">failed lately</Chip>}
      {score.standing === 'on-trial' && <Chip>on trial</Chip>}
      {facts.join(' · ')}
    </span>
  )
}

function warmth({ tokens, saves }: NonNullable<CandidateScore['warm']>): string {
  const worth = saves === undefined ? '' : `, worth ${formatUsd(saves)}`
  return `up to ${tokens.toLocaleString('en-US')} tokens in its cache${worth}`
}

/** Places that would have been waited for, had nobody else been left. */
function Resting({ plan }: { readonly plan: RoutePlan }): ReactElement | null {
  const resting = plan.resting ?? []
  if (resting.length === 0) return null
  return (
    <section className={styles.block} aria-label="Resting">
      <h3 className={styles.blockTitle}>
        Resting <span className={styles.axis}>waited for when nobody else is left</span>
      </h3>
      <ul className={styles.candidates}>
        {resting.map(({ candidate, because }) => (
          <li key={`${candidate.endpoint.id} ${candidate.credential ?? ''}`} className={styles.candidate}>
            <span className={styles.rank} aria-hidden="true">
              –
            </span>
            <div className={styles.candidateWords}>
              <span className={styles.candidateName}>{candidate.endpoint.id}</span>
              <span className={styles.faint}>{because === 'limit' ? 'a limit was reached' : 'it failed too often'}</span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
