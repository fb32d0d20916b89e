import { Waypoints } from 'lucide-react'
import type { ReactElement } from 'react'
import type { TrafficDetail } from '../../../shared/api/traffic.ts'
import type { CandidateScore, RoutePlan } from '../../../shared/routing.ts'
import { language, useTexts } from '../../i18n/texts.ts'
import { words } from '../../messages/words.ts'
import { Button } from '../../ui/button.tsx'
import { Block } from '../../ui/details.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatMoney, formatRate, formatSpan } from '../../ui/figures.ts'
import { Chip } from '../../ui/status.tsx'
import { AutoWhy } from '../routing/auto/auto-why.tsx'
import { DRAWER_TEXTS, type DrawerTexts } from './drawer-texts.ts'
import { makeRule } from './request-actions.ts'
import { TRAFFIC_TEXTS } from './texts.ts'
import styles from './traffic.module.css'

/** The routing decision, as it was made. */
export function WhyTab({ detail }: { readonly detail: TrafficDetail }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS).why
  const { actions } = useTexts(TRAFFIC_TEXTS)
  const plan = detail.exchange?.plan
  if (plan === undefined) {
    return (
      <EmptyState icon={<Waypoints />} title={texts.noPlan}>
        <p>{detail.exchange === undefined ? texts.planNotKept : texts.noPlanYet}</p>
      </EmptyState>
    )
  }
  return (
    <>
      <p className={styles.story}>
        {/* what automatic routing says stands below in full */}
        {texts.asked(plan.requested)} {texts.decidedBy(plan.auto === undefined ? words(plan.decidedBy) : texts.automatic)}
      </p>
      <p>
        <Button small onClick={() => void makeRule(detail.record.id)}>
          {actions.rule}
        </Button>
      </p>
      <AutoWhy detail={detail} />
      <Trail plan={plan} texts={texts} />
      <Candidates detail={detail} plan={plan} texts={texts} />
      <Resting plan={plan} texts={texts} />
      <PassedOver plan={plan} texts={texts} />
    </>
  )
}

interface PartProps {
  readonly plan: RoutePlan
  readonly texts: DrawerTexts['why']
}

function Trail({ plan, texts }: PartProps): ReactElement | null {
  if (plan.trail === undefined || plan.trail.length === 0) return null
  return (
    <Block title={texts.ownRouting}>
      <ol className={styles.candidates}>
        {plan.trail.map(words).map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step may be said twice, and none ever moves
          <li key={`${index} ${step}`} className={styles.candidate}>
            <span className={styles.rank}>{index + 1}</span>
            <span className={styles.candidateWords}>{step}</span>
          </li>
        ))}
      </ol>
    </Block>
  )
}

function Candidates({ detail, plan, texts }: PartProps & { readonly detail: TrafficDetail }): ReactElement {
  const { servedBy, attempts } = detail.record
  const tried = new Set(attempts.map((attempt) => attempt.endpoint))
  return (
    <Block title={texts.candidates} note={texts.candidatesNote}>
      {plan.candidates.length === 0 ? (
        <p className={styles.faint}>{plan.passedOver.length === 0 ? texts.nobodyAsked : texts.noneLeft}</p>
      ) : (
        <ol className={styles.candidates}>
          {plan.candidates.map((candidate, index) => (
            <li key={`${candidate.endpoint.id} ${candidate.credential ?? ''}`} className={styles.candidate}>
              <span className={styles.rank}>{index + 1}</span>
              <div className={styles.candidateWords}>
                <span className={styles.candidateName}>
                  {candidate.endpoint.id}
                  {candidate.endpoint.id === servedBy && <Chip tone="ok">{texts.served}</Chip>}
                  {candidate.endpoint.id !== servedBy && tried.has(candidate.endpoint.id) && <Chip>{texts.tried}</Chip>}
                </span>
                <span className={styles.faint}>{words(candidate.why)}</span>
                {candidate.score !== undefined && <Score score={candidate.score} texts={texts} />}
              </div>
            </li>
          ))}
        </ol>
      )}
    </Block>
  )
}

/** What a place in the order was made from. */
function Score({ score, texts }: { readonly score: CandidateScore; readonly texts: DrawerTexts['why'] }): ReactElement {
  const { warm } = score
  const facts = [
    score.price === undefined ? texts.priceUnknown : texts.price((score.price / 1e6).toFixed(2)),
    ...(score.firstEventMs === undefined ? [] : [texts.first(formatSpan(score.firstEventMs))]),
    ...(score.tokensPerSecond === undefined ? [] : [texts.speed(formatRate(score.tokensPerSecond))]),
    ...(warm === undefined
      ? []
      : [texts.warm(warm.tokens.toLocaleString(language.getState().now), warm.saves === undefined ? undefined : formatMoney(warm.saves))]),
  ]
  return (
    <span className={styles.faint}>
      {score.standing === 'troubled' && <Chip tone="bad">{texts.failedLately}</Chip>}
      {score.standing === 'on-trial' && <Chip>{texts.onTrial}</Chip>}
      {facts.join(' · ')}
    </span>
  )
}

/** Places that would have been waited for, had nobody else been left. */
function Resting({ plan, texts }: PartProps): ReactElement | null {
  const resting = plan.resting ?? []
  if (resting.length === 0) return null
  return (
    <Block title={texts.resting} note={texts.restingNote}>
      <ul className={styles.candidates}>
        {resting.map(({ candidate, because }) => (
          <Other key={`${candidate.endpoint.id} ${candidate.credential ?? ''}`} name={candidate.endpoint.id} why={texts[because]} />
        ))}
      </ul>
    </Block>
  )
}

function PassedOver({ plan, texts }: PartProps): ReactElement | null {
  if (plan.passedOver.length === 0) return null
  return (
    <Block title={texts.passedOver} note={plan.passedOver.length}>
      <ul className={styles.candidates}>
        {plan.passedOver
          .map(({ endpoint, why }) => ({ endpoint, why: words(why) }))
          .map((each) => (
            <Other key={`${each.endpoint} ${each.why}`} name={each.endpoint} why={each.why} />
          ))}
      </ul>
    </Block>
  )
}

/** One that has no place in the order. */
function Other({ name, why }: { readonly name: string; readonly why: string }): ReactElement {
  return (
    <li className={styles.candidate}>
      <span className={styles.rank} aria-hidden="true">
        –
      </span>
      <div className={styles.candidateWords}>
        <span className={styles.candidateName}>{name}</span>
        <span className={styles.faint}>{why}</span>
      </div>
    </li>
  )
}
