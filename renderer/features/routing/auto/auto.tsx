import { RotateCw, Sparkles } from 'lucide-react'
import { type ReactElement, useEffect } from 'react'
import { useMirror } from '../../../client/mirror.ts'
import { settings } from '../../../client/mirrors.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState, Skeleton } from '../../../ui/empty-state.tsx'
import { Notice } from '../../../ui/status.tsx'
import routing from '../routing.module.css'
import { ROUTING_TEXTS } from '../texts.ts'
import { applyAuto, discardAuto, loadAuto } from './actions.ts'
import { Calibration } from './calibration.tsx'
import { Clients } from './clients.tsx'
import { Curve } from './curve-section.tsx'
import { withChanges } from './draft.ts'
import { EscalationSection } from './escalation.tsx'
import { EvidenceSection } from './evidence-section.tsx'
import { Learns } from './learns.tsx'
import { Pairs } from './pairs.tsx'
import { ProvenanceSection } from './provenance.tsx'
import { Qualities } from './qualities.tsx'
import { Retrain } from './retrain.tsx'
import { Savings } from './savings.tsx'
import { SliderSection } from './slider-section.tsx'
import { useAuto, useAutoEdits } from './store.ts'
import { AUTO_TEXTS } from './texts.ts'
import { Where } from './where.tsx'

/** Automatic routing: what it may do, what that means on the user's own traffic, and what it has learned. */
export function Auto(): ReactElement {
  const texts = useTexts(AUTO_TEXTS)
  const { again } = useTexts(ROUTING_TEXTS)
  const state = useMirror(settings)
  const changes = useAutoEdits((edits) => edits.changes)
  const overview = useAuto((screen) => screen.overview)
  const known = state.is === 'ready'
  useEffect(() => {
    if (known) void loadAuto()
  }, [known])
  const failure = state.is === 'failed' ? state.failure.message : overview.is === 'failed' ? overview.message : undefined
  if (failure !== undefined) {
    return (
      <EmptyState icon={<Sparkles />} title={texts.failedTitle} tone="bad">
        <p>{failure}</p>
        <Button icon={<RotateCw aria-hidden />} onClick={() => void (known ? loadAuto() : settings.refresh())}>
          {again}
        </Button>
      </EmptyState>
    )
  }
  if (state.is !== 'ready' || overview.is !== 'answered') return <Skeleton rows={10} label={texts.loading} />
  const shown = withChanges(state.value.auto, changes ?? {})
  return (
    <>
      <p className={routing.faint}>{texts.lead}</p>
      <Unsaved />
      <SliderSection auto={shown} />
      <Where auto={shown} />
      <Past />
      <Savings />
      <Calibration />
      <EvidenceSection />
      <Learns auto={shown} />
      <Retrain overview={overview.value} />
      <EscalationSection auto={shown} />
      <Pairs auto={shown} />
      <Clients auto={shown} />
      <Qualities auto={shown} overview={overview.value} />
      <ProvenanceSection shipped={overview.value.shipped} />
    </>
  )
}

/** Keeps its place in sight while there is something to apply. */
function Unsaved(): ReactElement | null {
  const texts = useTexts(AUTO_TEXTS)
  const { changes, saving, refused } = useAutoEdits()
  if (changes === undefined) return null
  return (
    <div className={routing.saving}>
      <div className={routing.savingLine}>
        <span>{texts.unsaved}</span>
        <span className={routing.gap} />
        <Button small onClick={discardAuto}>
          {texts.discard}
        </Button>
        <Button small variant="primary" disabled={saving} onClick={() => void applyAuto()}>
          {saving ? texts.applying : texts.apply}
        </Button>
      </div>
      {refused !== undefined && <Notice tone="bad">{refused}</Notice>}
    </div>
  )
}

/** The curve, once there is something to draw it from. */
function Past(): ReactElement | null {
  const texts = useTexts(AUTO_TEXTS)
  const curve = useAuto((screen) => screen.curve)
  if (curve.is === 'failed') return <Notice tone="bad">{curve.message}</Notice>
  if (curve.is !== 'answered') return <Skeleton rows={6} label={texts.loading} />
  return (curve.value.points.at(-1)?.requests ?? 0) > 0 ? <Curve curve={curve.value} /> : null
}
