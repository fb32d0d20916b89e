import { Trash2 } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { Evidence } from '../../../../shared/auto.ts'
import { hashOf } from '../../../frame/route.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { formatAgo } from '../../../ui/figures.ts'
import { useNow } from '../../../ui/now.ts'
import { Section } from '../../../ui/page.tsx'
import { Chip, Notice } from '../../../ui/status.tsx'
import routing from '../routing.module.css'
import { removeEvidence } from './actions.ts'
import styles from './auto.module.css'
import { formatShare } from './estimates.ts'
import { countEvidence } from './evidence.ts'
import { Figures } from './figures-table.tsx'
import { useAuto } from './store.ts'
import { AUTO_TEXTS } from './texts.ts'

const PAGE = 10
const MINUTE_MS = 60_000

/** The user's judgements: how many of which kind and age, and each of them, to be forgotten by a click. */
export function EvidenceSection(): ReactElement | null {
  const all = useTexts(AUTO_TEXTS)
  const texts = all.evidence
  const now = useNow(MINUTE_MS, true)
  const evidence = useAuto((screen) => screen.evidence)
  const [shown, setShown] = useState(PAGE)
  if (evidence.is === 'failed') return <Notice tone="bad">{evidence.message}</Notice>
  if (evidence.is !== 'answered') return null
  const { value } = evidence
  const { columns, kinds } = texts
  if (value.length === 0) {
    return (
      <Section title={texts.title}>
        <p className={routing.faint}>{texts.none}</p>
      </Section>
    )
  }
  return (
    <Section title={texts.title}>
      <Figures
        label={texts.title}
        columns={[columns.kind, columns.week, columns.quarter, columns.older, columns.good]}
        rows={countEvidence(value, now).map(({ signal, byAge, total, good }) => ({
          key: signal,
          cells: [kinds[signal], byAge.week, byAge.quarter, byAge.older, formatShare(good / total)],
        }))}
      />
      <p className={routing.faint}>{texts.decays}</p>
      <ul className={styles.judgements} aria-label={texts.list}>
        {value.slice(0, shown).map((one) => (
          <Judgement key={one.id} one={one} now={now} />
        ))}
      </ul>
      {value.length > shown && (
        <div>
          <Button small onClick={() => setShown(shown + 5 * PAGE)}>
            {texts.more(value.length - shown)}
          </Button>
        </div>
      )}
    </Section>
  )
}

function Judgement({ one, now }: { readonly one: Evidence; readonly now: number }): ReactElement {
  const all = useTexts(AUTO_TEXTS)
  const texts = all.evidence
  const isGood = one.quality >= 0.5
  return (
    <li className={styles.judgement}>
      <span className={styles.prompt} dir="auto">
        {one.prompt}
      </span>
      <span className={styles.small}>
        <Chip tone={isGood ? 'ok' : 'bad'}>{isGood ? texts.good : texts.bad}</Chip> {texts.kind[one.signal]} · <code>{one.model}</code> ·{' '}
        {formatAgo(one.at, now)}
        {one.request !== undefined && (
          <>
            {' · '}
            <a href={hashOf('traffic', one.request)}>{all.request}</a>
          </>
        )}
      </span>
      <IconButton label={texts.remove(one.prompt.slice(0, 60))} small className={styles.forget} onClick={() => void removeEvidence(one)}>
        <Trash2 aria-hidden size={14} />
      </IconButton>
    </li>
  )
}
