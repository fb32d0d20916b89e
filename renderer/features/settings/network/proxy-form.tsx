import { type FormEvent, type ReactElement, useState } from 'react'
import type { NetworkStatus } from '../../../../shared/network.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button } from '../../../ui/button.tsx'
import { Choice, Field, TextField } from '../../../ui/field.tsx'
import { Notice } from '../../../ui/status.tsx'
import { useRefusals } from '../store.ts'
import { changeNetwork } from './actions.ts'
import styles from './network.module.css'
import { NETWORK_TEXTS } from './texts.ts'

/** Which way calls go. The first two hold at once; a proxy of one's own has to be spelled out and saved. */
export function ProxyForm({ now }: { readonly now: NetworkStatus }): ReactElement {
  const texts = useTexts(NETWORK_TEXTS)
  const [wantsOwn, setWantsOwn] = useState(false)
  const proxy = wantsOwn ? 'own' : now.proxy
  function choose(value: NetworkStatus['proxy']): void {
    const isUnnamed = value === 'own' && now.proxyUrl === ''
    setWantsOwn(isUnnamed)
    if (!isUnnamed) void changeNetwork(now, { proxy: value })
  }
  const options = (['environment', 'none', 'own'] as const).map((value) => ({ value, ...texts.proxies[value] }))
  return (
    <div className={styles.part}>
      <Choice label={texts.proxy} value={proxy} onValue={choose} options={options} />
      {proxy === 'environment' && <Variables now={now} />}
      {proxy === 'own' && <OwnProxy now={now} />}
    </div>
  )
}

function Variables({ now }: { readonly now: NetworkStatus }): ReactElement {
  const texts = useTexts(NETWORK_TEXTS)
  if (now.environment.length === 0) return <p className={styles.hint}>{texts.nothingSet}</p>
  return (
    <ul className={styles.variables}>
      {now.environment.map(({ name, value }) => (
        <li key={name}>
          <code>
            {name}={value}
          </code>
        </li>
      ))}
    </ul>
  )
}

function OwnProxy({ now }: { readonly now: NetworkStatus }): ReactElement {
  const texts = useTexts(NETWORK_TEXTS)
  const refusals = useRefusals()
  const [proxyUrl, setProxyUrl] = useState(now.proxyUrl)
  const [proxyUser, setProxyUser] = useState(now.proxyUser)
  const [password, setPassword] = useState('')
  const [exceptions, setExceptions] = useState(now.exceptions.join('\n'))
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const listed = exceptions.split(/[\s,]+/).filter(Boolean)
    const changed = { proxy: 'own' as const, proxyUrl: proxyUrl.trim().replace(/\/$/, ''), proxyUser: proxyUser.trim(), exceptions: listed }
    if (await changeNetwork(now, password === '' ? changed : { ...changed, password })) setPassword('')
  }
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)}>
      <TextField
        label={texts.address}
        hint={texts.addressHint}
        placeholder={texts.addressExample}
        mono
        value={proxyUrl}
        onValue={setProxyUrl}
        error={refusals['network.proxyUrl']}
      />
      <div className={styles.pair}>
        <TextField label={texts.user} autoComplete="off" value={proxyUser} onValue={setProxyUser} error={refusals['network.proxyUser']} />
        <TextField
          label={texts.password}
          hint={texts.passwordHint}
          type="password"
          autoComplete="off"
          placeholder={now.password === 'kept' ? texts.passwordKept : ''}
          value={password}
          onValue={setPassword}
          error={refusals['network.password']}
        />
      </div>
      {now.password === 'missing' && <Notice tone="warn">{texts.passwordMissing}</Notice>}
      <Field label={texts.exceptions} hint={texts.exceptionsHint} error={refusals['network.exceptions']}>
        {(wiring) => (
          <textarea
            {...wiring}
            className={styles.lines}
            rows={Math.min(8, Math.max(2, exceptions.split('\n').length))}
            spellCheck={false}
            value={exceptions}
            onChange={(event) => setExceptions(event.target.value)}
          />
        )}
      </Field>
      <div className={styles.buttons}>
        <Button type="submit" variant="primary">
          {texts.save}
        </Button>
        {now.password !== 'none' && <Button onClick={() => void changeNetwork(now, { password: '' })}>{texts.removePassword}</Button>}
      </div>
    </form>
  )
}
