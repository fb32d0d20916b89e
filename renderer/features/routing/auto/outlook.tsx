import { Sparkles } from 'lucide-react'
import type { ReactElement } from 'react'
import type { AutoReplay } from '../../../../shared/api/auto.ts'
import { hashOf } from '../../../frame/route.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { EmptyState, Skeleton } from '../../../ui/empty-state.tsx'
import { Notice } from '../../../ui/status.tsx'
import routing from '../routing.module.css'
import styles from './auto.module.css'
import { outlookOf } from './curve.ts'
import { formatEnds, formatPerThousand, formatPoints, formatShare, formatShareEnds } from './estimates.ts'
import { useAuto } from './store.ts'
import { AUTO_TEXTS } from './texts.ts'

const MOST_MODELS = 5

/** What the setting on the screen would have meant for the requests of the past. Keeps its place while it is asked for anew. */
export function OutlookPanel(): ReactElement | null {
  const texts = useTexts(AUTO_TEXTS)
  const outlook = useAuto((screen) => screen.outlook)
  const curve = useAuto((screen) => screen.curve)
  const looking = useAuto((screen) => screen.looking)
  if (outlook.is === 'failed') return <Notice tone="bad">{outlook.message}</Notice>
  if (outlook.is !== 'answered') return <Skeleton rows={5} label={texts.loading} />
  const leftOut = curve.is === 'answered' ? curve.value.leftOut : 0
  if (outlook.value.requests === 0 && leftOut === 0) return <NoPast />
  return (
    <section className={styles.outlook} aria-label={texts.outlook.title(outlook.value.requests)} aria-busy={looking} data-looking={looking || undefined}>
      <h3 className={styles.outlookTitle}>{texts.outlook.title(outlook.value.requests)}</h3>
      {outlook.value.requests === 0 ? <p className={styles.verdict}>{texts.outlook.none}</p> : <Figures replay={outlook.value} />}
      <p className={routing.faint}>
        {texts.outlook.nothing} {leftOut > 0 && texts.outlook.leftOut(leftOut)}
      </p>
    </section>
  )
}

/** Before the first request: what it needs, and what it can do without. */
function NoPast(): ReactElement {
  const texts = useTexts(AUTO_TEXTS).empty
  return (
    <div className={styles.nothing}>
      <EmptyState icon={<Sparkles />} title={texts.title}>
        <p>{texts.needs}</p>
        <p>{texts.can}</p>
        <p>
          <a href={hashOf('connect')}>{texts.connect}</a>
        </p>
      </EmptyState>
    </div>
  )
}

function Figures({ replay }: { readonly replay: AutoReplay }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).outlook
  const { requests, quality, cost, elsewhere, models } = replay
  const compared = outlookOf(replay)
  return (
    <>
      <p className={styles.verdict} role="status">
        {compared !== undefined && verdict(texts, compared)}
      </p>
      <dl className={styles.figures}>
        <Figure
          name={texts.quality}
          value={formatShare(quality.mean)}
          ends={formatShareEnds(quality)}
          now={compared && formatShare(compared.now.quality.mean)}
        />
        <Figure
          name={texts.cost}
          value={formatPerThousand(cost.mean)}
          ends={formatEnds(cost, formatPerThousand)}
          now={compared && formatPerThousand(compared.now.cost.mean)}
        />
        <Figure name={texts.elsewhere} value={texts.of(elsewhere, requests)} />
      </dl>
      <div>
        <span className={styles.small}>{texts.goesTo}</span>
        <ul className={styles.shares}>
          {models.slice(0, MOST_MODELS).map(({ model, requests: count }) => (
            <li key={model}>
              <code>{model}</code>
              <span>{formatShare(count / requests)}</span>
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}

function verdict(texts: (typeof AUTO_TEXTS)['en']['outlook'], { cheaper, better }: NonNullable<ReturnType<typeof outlookOf>>): string {
  const points = formatPoints(better)
  if (cheaper === undefined) return texts.unpriced(points)
  return cheaper >= 0 ? texts.cheaper(formatShare(cheaper), points) : texts.dearer(formatShare(-cheaper), points)
}

function Figure(props: { readonly name: string; readonly value: string; readonly ends?: string; readonly now?: string | undefined }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).outlook
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        <span className={styles.value}>{props.value}</span>
        {props.ends !== undefined && <span className={styles.small}>{props.ends}</span>}
        {props.now !== undefined && <span className={styles.small}>{texts.now(props.now)}</span>}
      </dd>
    </div>
  )
}
