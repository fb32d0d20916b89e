import { type FormEvent, type ReactElement, useState } from 'react'
import type { CaReading, CertificateFacts, NetworkStatus } from '../../../../shared/network.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { formatDay } from '../../../ui/figures.ts'
import { useNow } from '../../../ui/now.ts'
import { useRefusals } from '../store.ts'
import { changeNetwork, readCa } from './actions.ts'
import styles from './network.module.css'
import { NETWORK_TEXTS } from './texts.ts'

/** Reads a file first and shows what it holds; only a second press trusts it. */
export function CaForm({ now }: { readonly now: NetworkStatus }): ReactElement {
  const texts = useTexts(NETWORK_TEXTS)
  const refused = useRefusals((refusals) => refusals['network.caFile'])
  const [path, setPath] = useState(now.caFile)
  const [seen, setSeen] = useState<{ readonly path: string; readonly reading: CaReading }>()
  const typed = path.trim()
  const isInUse = typed !== '' && typed === now.caFile
  const reading = seen?.path === typed ? seen.reading : isInUse ? now.ca : undefined
  async function look(event: FormEvent): Promise<void> {
    event.preventDefault()
    const read = await readCa(typed)
    if (read !== undefined) setSeen({ path: typed, reading: read })
  }
  async function remove(): Promise<void> {
    if (await changeNetwork(now, { caFile: '' })) setPath('')
  }
  const problem =
    reading?.is === 'refused' ? [texts.problems[reading.why], reading.block === undefined ? '' : texts.inBlock(reading.block)].join(' ').trim() : undefined
  return (
    <form className={styles.part} onSubmit={(event) => void look(event)}>
      <TextField
        label={texts.caFile}
        hint={texts.caHint}
        placeholder={texts.caExample}
        mono
        spellCheck={false}
        value={path}
        onValue={setPath}
        error={problem ?? refused}
      />
      {reading?.is === 'read' && (
        <div role="status">
          <p className={styles.hint}>{isInUse ? texts.inUse : texts.notYetInUse}</p>
          <ul className={styles.certificates} aria-label={texts.certificates}>
            {reading.certificates.map((certificate) => (
              <Certificate key={certificate.fingerprint} certificate={certificate} />
            ))}
          </ul>
        </div>
      )}
      <div className={styles.buttons}>
        <Button type="submit" disabled={typed === ''}>
          {texts.read}
        </Button>
        {reading?.is === 'read' && !isInUse && (
          <Button variant="primary" onClick={() => void changeNetwork(now, { caFile: typed })}>
            {texts.use}
          </Button>
        )}
        {now.caFile !== '' && <Button onClick={() => void remove()}>{texts.remove}</Button>}
      </div>
    </form>
  )
}

function Certificate({ certificate }: { readonly certificate: CertificateFacts }): ReactElement {
  const texts = useTexts(NETWORK_TEXTS)
  const now = useNow(60_000)
  const { subject, issuer, validTo, isAuthority } = certificate
  const isExpired = validTo < now
  return (
    <li>
      <strong>{subject}</strong>
      <span className={styles.hint}>{issuer === subject ? texts.selfIssued : texts.issuedBy(issuer)}</span>
      <span className={isExpired ? styles.bad : styles.hint}>{isExpired ? texts.expired(formatDay(validTo)) : texts.validTo(formatDay(validTo))}</span>
      {!isAuthority && <span className={styles.hint}>{texts.notAuthority}</span>}
    </li>
  )
}
