import { HeartPulse, RotateCw } from 'lucide-react'
import { type ReactElement, useEffect } from 'react'
import type { PlaceHealth } from '../../../shared/api/routing.ts'
import { useTexts } from '../../i18n/texts.ts'
import { words } from '../../messages/words.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { formatRate, formatSpan } from '../../ui/figures.ts'
import { Status, type StatusTone } from '../../ui/status.tsx'
import { loadHealth, resetHealth } from './actions.ts'
import styles from './routing.module.css'
import { useHealth } from './store.ts'
import { ROUTING_TEXTS } from './texts.ts'

/** Often enough to see a breaker close. */
const REFRESH_MS = 5_000
const TONES: Readonly<Record<PlaceHealth['standing']['is'], StatusTone>> = { well: 'ok', troubled: 'warn', 'on-trial': 'info', resting: 'bad' }
const MISSING = 'n/a'

export function Health(): ReactElement {
  const texts = useTexts(ROUTING_TEXTS)
  const places = useHealth((state) => state.places)
  useEffect(() => {
    void loadHealth()
    const timer = setInterval(() => void loadHealth(), REFRESH_MS)
    return () => clearInterval(timer)
  }, [])
  if (places.is === 'failed') {
    return (
      <EmptyState icon={<HeartPulse />} title={texts.health.failed} tone="bad">
        <p>{places.message}</p>
        <Button icon={<RotateCw aria-hidden />} onClick={() => void loadHealth()}>
          {texts.again}
        </Button>
      </EmptyState>
    )
  }
  if (places.is !== 'answered') return <Skeleton rows={6} label={texts.loading} />
  if (places.value.length === 0) {
    return (
      <EmptyState icon={<HeartPulse />} title={texts.health.empty}>
        <p>{texts.health.emptyWords}</p>
      </EmptyState>
    )
  }
  return (
    <>
      <p className={styles.faint}>{texts.health.lead}</p>
      <Table places={places.value} />
    </>
  )
}

function Table({ places }: { readonly places: readonly PlaceHealth[] }): ReactElement {
  const texts = useTexts(ROUTING_TEXTS).health
  const { columns } = texts
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={columns.state}>
      <table className={styles.table}>
        <thead>
          <tr>
            {[columns.place, columns.key, columns.state].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
            {[columns.calls, columns.errors, columns.first, columns.speed].map((title) => (
              <th key={title} scope="col" data-number>
                {title}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <tr key={`${place.endpoint} ${place.credential ?? ''}`}>
              <th scope="row">{place.endpoint}</th>
              <td>{place.keyLabel ?? ''}</td>
              <td title={place.standing.is === 'well' ? undefined : words(place.standing.why)}>
                <Status tone={TONES[place.standing.is]}>{texts.standing[place.standing.is]}</Status>
              </td>
              <td data-number>{place.calls}</td>
              <td data-number>{place.errorRate === undefined ? MISSING : `${Math.round(place.errorRate * 100)} %`}</td>
              <td data-number>{`${spanOf(place.firstEventMs.p50)} / ${spanOf(place.firstEventMs.p95)}`}</td>
              <td data-number>{place.tokensPerSecond === undefined ? MISSING : formatRate(place.tokensPerSecond)}</td>
              <td>
                <Button
                  small
                  aria-label={texts.resetLabel(place.endpoint)}
                  disabled={place.standing.is === 'well'}
                  onClick={() => void resetHealth(place.endpoint, place.credential)}
                >
                  {texts.reset}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function spanOf(ms: number | undefined): string {
  return ms === undefined ? MISSING : formatSpan(ms)
}
