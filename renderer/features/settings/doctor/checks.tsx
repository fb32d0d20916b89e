import { Stethoscope } from 'lucide-react'
import { type ReactElement, useEffect, useState } from 'react'
import type { DoctorFinding } from '../../../../shared/doctor.ts'
import { client } from '../../../client/client.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button } from '../../../ui/button.tsx'
import { showFailure } from '../../../ui/toast.tsx'
import styles from '../settings.module.css'
import { Finding } from './finding.tsx'
import { DOCTOR_TEXTS } from './texts.ts'
import { findingInWords } from './words.ts'

const TONES = { ok: 'ok', warn: 'warn', bad: 'bad', unknown: 'idle' } as const

/** What the engine finds of itself and its machine; the checks that take time, or the network, only when asked for. */
export function Checks(): ReactElement {
  const texts = useTexts(DOCTOR_TEXTS)
  const [findings, setFindings] = useState<readonly DoctorFinding[]>([])
  const [isRunning, setIsRunning] = useState(false)
  useEffect(() => {
    let wanted = true
    void client['doctor.check']({ thorough: false }).then((result) => {
      if (wanted && result.ok) setFindings(result.value)
    })
    return () => {
      wanted = false
    }
  }, [])
  async function check(): Promise<void> {
    setIsRunning(true)
    const result = await client['doctor.check']({ thorough: true })
    setIsRunning(false)
    if (result.ok) setFindings(result.value)
    else showFailure(result.failure.message)
  }
  return (
    <>
      {findings.map((finding) => (
        <Finding key={finding.of} tone={TONES[finding.is]} name={texts.names[finding.of]} words={findingInWords(finding)} />
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
