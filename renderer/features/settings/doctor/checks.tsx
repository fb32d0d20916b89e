import { Stethoscope } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { DoctorFinding } from '../../../../shared/doctor.ts'
import { doctorWords } from '../../../../shared/messages/doctor.ts'
import { client } from '../../../client/client.ts'
import { useMirrored } from '../../../client/mirror.ts'
import { doctor } from '../../../client/mirrors.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { words } from '../../../messages/words.ts'
import { Button } from '../../../ui/button.tsx'
import { showFailure } from '../../../ui/toast.tsx'
import styles from '../settings.module.css'
import { Finding } from './finding.tsx'
import { DOCTOR_TEXTS } from './texts.ts'

const TONES = { ok: 'ok', warn: 'warn', bad: 'bad', unknown: 'idle' } as const

/** What the engine finds of itself and its machine; the checks that take time, or the network, only when asked for. */
export function Checks(): ReactElement {
  const texts = useTexts(DOCTOR_TEXTS)
  const quick = useMirrored(doctor) ?? []
  const [thorough, setThorough] = useState<readonly DoctorFinding[]>([])
  const [isRunning, setIsRunning] = useState(false)
  // what was found just now goes before what was found when the thorough check was asked for
  const findings = [...quick, ...thorough.filter(({ of }) => !quick.some((found) => found.of === of))]
  async function check(): Promise<void> {
    setIsRunning(true)
    const result = await client['doctor.check']({ thorough: true })
    setIsRunning(false)
    if (result.ok) setThorough(result.value)
    else showFailure(result.failure.message)
  }
  return (
    <>
      {findings.map((finding) => (
        <Finding
          key={finding.of === 'reach' ? finding.provider : finding.of}
          tone={TONES[finding.is]}
          name={texts.names[finding.of]}
          words={inWords(finding)}
        />
      ))}
      <div className={styles.row}>
        <div className={styles.words}>
          <span className={styles.rowTitle}>{texts.thorough}</span>
          <span className={styles.hint}>{texts.thoroughHint}</span>
        </div>
        <Button icon={<Stethoscope aria-hidden />} disabled={isRunning} onClick={() => void check()}>
          {isRunning ? texts.running : texts.check}
        </Button>
      </div>
    </>
  )
}

function inWords(finding: DoctorFinding): string {
  const { says, helps } = doctorWords(finding)
  return helps === undefined ? words(says) : `${words(says)} ${words(helps)}`
}
