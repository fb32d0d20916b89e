import { type FormEvent, type ReactElement, useState } from 'react'
import { printNewCode, signIn } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import { Mark } from './mark.tsx'
import styles from './sign-in.module.css'

/** Headless only: proves that whoever sits here can also read the terminal in which Switchyard was started. */
export function SignIn(): ReactElement {
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string>()
  const [printed, setPrinted] = useState(false)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    const answer = await signIn(code)
    setBusy(false)
    if (answer.is === 'refused') setFailed(answer.message)
  }

  async function printCode(): Promise<void> {
    setFailed(undefined)
    if (await printNewCode()) setPrinted(true)
    else setFailed('Switchyard did not print a code. Is it still running in the terminal?')
  }

  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={(event) => void submit(event)}>
        <Mark size={32} />
        <h1>Open the workbench</h1>
        <p>Switchyard printed a one-time code in the terminal where it was started. Type it here; this browser then stays signed in until Switchyard stops.</p>
        <label htmlFor="code">One-time code</label>
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
          {failed ?? (printed ? 'A new code is in the terminal.' : '')}
        </p>
        <div className={styles.actions}>
          <Button variant="primary" type="submit" disabled={busy || code.trim() === ''}>
            Sign in
          </Button>
          <Button variant="quiet" onClick={() => void printCode()}>
            Print a new code in the terminal
          </Button>
        </div>
      </form>
    </main>
  )
}
