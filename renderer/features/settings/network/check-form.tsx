import { type FormEvent, type ReactElement, useState } from 'react'
import type { ConnectionReport } from '../../../../shared/network.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Status } from '../../../ui/status.tsx'
import { checkConnection, faultInWords, stepInWords } from './actions.ts'
import styles from './network.module.css'
import { NETWORK_TEXTS } from './texts.ts'

/** A first address to try; which one matters little, for what lies between is looked at. */
const FIRST_URL = 'https://api.openai.com/v1/models'

export function CheckForm(): ReactElement {
  const texts = useTexts(NETWORK_TEXTS)
  const [url, setUrl] = useState(FIRST_URL)
  const [error, setError] = useState<string>()
  const [isChecking, setIsChecking] = useState(false)
  const [report, setReport] = useState<ConnectionReport>()
  async function check(event: FormEvent): Promise<void> {
    event.preventDefault()
    const typed = url.trim()
    if (!/^https?:\/\/[^/]/.test(typed) || URL.parse(typed) === null) return setError(texts.notUrl)
    setError(undefined)
    setIsChecking(true)
    setReport(await checkConnection(typed))
    setIsChecking(false)
  }
  return (
    <form className={styles.part} onSubmit={(event) => void check(event)}>
      <TextField label={texts.url} hint={texts.urlHint} mono spellCheck={false} value={url} onValue={setUrl} error={error} />
      <div className={styles.buttons}>
        <Button type="submit" disabled={isChecking}>
          {isChecking ? texts.checking : texts.check}
        </Button>
      </div>
      <div role="status">{report !== undefined && <Report report={report} />}</div>
    </form>
  )
}

function Report({ report: { steps, fault } }: { readonly report: ConnectionReport }): ReactElement {
  const texts = useTexts(NETWORK_TEXTS)
  return (
    <>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={JSON.stringify(step)}>{stepInWords(step)}</li>
        ))}
      </ol>
      {/* undefined goes missing on its way over HTTP */}
      {fault === undefined ? <Status tone="ok">{texts.works}</Status> : <Status tone="bad">{faultInWords(fault)}</Status>}
    </>
  )
}
