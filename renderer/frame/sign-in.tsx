import { type FormEvent, type ReactElement, useState } from 'react'
import { printNewCode, signIn } from '../client/session.ts'
import { useTexts } from '../i18n/texts.ts'
import { Button } from '../ui/button.tsx'
import { Mark } from './mark.tsx'
import styles from './sign-in.module.css'
import { FRAME_TEXTS } from './texts.ts'

/** Headless only: proves that whoever sits here can also read the terminal in which Switchyard was started. */
export function SignIn(): ReactElement {
  const texts = useTexts(FRAME_TEXTS)
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string>()
  const [printed, setPrinted] = useState(false)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    const answer = await signIn(code)
    setBusy(false)
    if (answer.is === 'refused') setFailed(texts.notSignedIn[answer.why])
  }

  async function printCode(): Promise<void> {
    setFailed(undefined)
    if (await printNewCode()) setPrinted(true)
    else setFailed(texts.codeNotPrinted)
  }

  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={(event) => void submit(event)}>
        <Mark size={32} />
        <h1>{texts.openWorkbench}</h1>
        <p>{texts.codeLead}</p>
        <label htmlFor="code">{texts.code}</label>
        <input
          id="code"
          name="code"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          placeholder="XXXX-XXXX"
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          aria-invalid={failed !== undefined}
          aria-describedby="code-state"
          // biome-ignore lint/a11y/noAutofocus: the page has one field and nothing else to read first
          autoFocus
        />
        <p id="code-state" className={failed === undefined ? styles.said : styles.failed} role="status">
          {failed ?? (printed ? texts.codePrinted : '')}
        </p>
        <div className={styles.actions}>
          <Button variant="primary" type="submit" disabled={busy || code.trim() === ''}>
            {texts.signIn}
          </Button>
          <Button variant="quiet" onClick={() => void printCode()}>
            {texts.printCode}
          </Button>
        </div>
      </form>
    </main>
  )
}
