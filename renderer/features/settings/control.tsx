import { type FormEvent, type ReactElement, type ReactNode, useState } from 'react'
import type { Settings } from '../../../shared/settings.ts'
import { chooseLanguage } from '../../frame/language.ts'
import { hashOf } from '../../frame/route.ts'
import { chooseContrast, chooseTheme } from '../../frame/theme.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Choice, TextField, Toggle } from '../../ui/field.tsx'
import { DataFolder, Doctor, Version } from './about.tsx'
import { change, changeLimit, changeMostUsd, changeOrigins, refuse } from './actions.ts'
import type { ChoiceItem, Item, OwnPath } from './items.ts'
import type { Limit } from './limits.ts'
import { CheckForm } from './network/check-form.tsx'
import { NetworkPanel } from './network/panel.tsx'
import { PriceList } from './price-list.tsx'
import styles from './settings.module.css'
import { ShortcutEditor } from './shortcut-editor.tsx'
import { useRefusals } from './store.ts'
import { SETTINGS_TEXTS } from './texts.ts'
import { Backups } from './transfer/backups.tsx'
import { ExportForm } from './transfer/export-form.tsx'
import { ImportForm } from './transfer/import-form.tsx'
import { parsed, shown, signOf } from './units.ts'
import { FeedForm } from './updates/feed-form.tsx'
import { UpdatePanel } from './updates/panel.tsx'

/** One setting with its words. */
export function Control({ item, settings: now }: { readonly item: Item; readonly settings: Settings }): ReactElement {
  const texts = useTexts(SETTINGS_TEXTS)
  const { label, hint } = texts.items[item.path]
  switch (item.kind) {
    case 'toggle':
      return (
        <Row>
          <Toggle label={label} hint={hint} checked={item.read(now)} onChecked={(value) => void change(item.write(now, value))} />
        </Row>
      )
    case 'choice':
      return <ChoiceRow item={item} settings={now} />
    case 'limit':
      // mounted anew when the value changes elsewhere, so that the field never shows an old one
      return <LimitField key={item.limit.read(now)} limit={item.limit} settings={now} />
    case 'own':
      return <OwnControl path={item.path} settings={now} />
  }
}

function Row({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={styles.row}>{children}</div>
}

function ChoiceRow({ item, settings: now }: { readonly item: ChoiceItem; readonly settings: Settings }): ReactElement {
  const texts = useTexts(SETTINGS_TEXTS)
  const { label, hint } = texts.items[item.path]
  const words = texts.options[item.path]
  const options = item.values.map((value) => ({ value, ...(words[value] ?? { title: value }) }))
  const control = (
    <Choice label={label} hideLabel={item.bar} bar={item.bar} value={item.read(now)} onValue={(value) => choose(item, now, value)} options={options} />
  )
  if (!item.bar) return <Row>{control}</Row>
  return (
    <Row>
      <Words label={label} hint={hint} />
      {control}
    </Row>
  )
}

/** What is seen at once goes past the engine: the window does not wait for it. */
function choose(item: ChoiceItem, now: Settings, value: string): void {
  const changed = item.write(now, value)
  if (changed.theme !== undefined) chooseTheme(changed.theme)
  else if (changed.contrast !== undefined) chooseContrast(changed.contrast)
  else if (changed.language !== undefined) chooseLanguage(changed.language)
  else void change(changed)
}

function Words({ label, hint }: { readonly label: string; readonly hint?: string | undefined }): ReactElement {
  return (
    <div className={styles.words}>
      <span className={styles.rowTitle}>{label}</span>
      {hint !== undefined && <span className={styles.hint}>{hint}</span>}
    </div>
  )
}

function LimitField({ limit, settings: now }: { readonly limit: Limit; readonly settings: Settings }): ReactElement {
  const texts = useTexts(SETTINGS_TEXTS)
  const { label, hint } = texts.items[limit.path]
  const [text, setText] = useState(() => shown(limit.read(now), limit.unit))
  const error = useRefusals((refusals) => refusals[limit.path])
  const sign = signOf(limit.unit)
  function save(): void {
    const result = parsed(text, limit.unit, limit.least, limit.most)
    if (result.is === 'refused') refuse(limit.path, result.why)
    else void changeLimit(limit, now, result.value)
  }
  return (
    <FieldRow label={label} hint={hint} onSave={save}>
      <TextField
        label={sign === '' ? label : texts.inUnit(label, sign)}
        hideLabel
        inputMode="decimal"
        value={text}
        onValue={setText}
        onBlur={save}
        {...(sign !== '' && { unit: sign })}
        error={error}
        disabled={now.capture === 'none' && (limit.path === 'captureKeep' || limit.path === 'captureLimitBytes')}
      />
    </FieldRow>
  )
}

interface FieldRowProps {
  readonly label: string
  readonly hint?: string | undefined
  readonly onSave: () => void
  readonly children: ReactNode
}

function FieldRow({ label, hint, onSave, children }: FieldRowProps): ReactElement {
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    onSave()
  }
  return (
    <form className={styles.limit} onSubmit={onSubmit}>
      <div className={styles.words}>
        <span className={styles.rowTitle} aria-hidden="true">
          {label}
        </span>
        <span className={styles.hint}>{hint}</span>
      </div>
      <div className={styles.number}>{children}</div>
    </form>
  )
}

function OwnControl({ path, settings: now }: { readonly path: OwnPath; readonly settings: Settings }): ReactElement {
  const texts = useTexts(SETTINGS_TEXTS)
  const { label, hint } = texts.items[path]
  switch (path) {
    case 'shortcuts':
      return <ShortcutEditor own={now.shortcuts} hint={hint} />
    case 'allowedOrigins':
      return <Origins key={now.allowedOrigins.join()} settings={now} />
    case 'attempts.mostUsd':
      return <MostUsd key={now.attempts.mostUsd} settings={now} />
    case 'network.proxy':
      return <NetworkPanel part="proxy" />
    case 'network.caFile':
      return <NetworkPanel part="ca" />
    case 'network.check':
      return <CheckForm />
    case 'export':
      return <ExportForm />
    case 'import':
      return <ImportForm />
    case 'backups':
      return <Backups />
    case 'catalog.priceList':
      return <PriceList key={now.catalog.priceList} settings={now} />
    case 'updates.status':
      return <UpdatePanel settings={now} />
    case 'updates.feed':
      return <FeedForm key={now.updates.feed} settings={now} />
    case 'dataFolder':
      return <DataFolder />
    case 'version':
      return <Version />
    case 'doctor':
      return <Doctor />
    case 'cache':
    case 'keys':
      return (
        <Row>
          <Words label={label} hint={hint} />
          <a className={styles.link} href={hashOf(path === 'cache' ? 'cache' : 'providers')}>
            {path === 'cache' ? texts.openCache : texts.openProviders}
          </a>
        </Row>
      )
  }
}

function MostUsd({ settings: now }: { readonly settings: Settings }): ReactElement {
  const texts = useTexts(SETTINGS_TEXTS)
  const { label, hint } = texts.items['attempts.mostUsd']
  const [text, setText] = useState(() => String(now.attempts.mostUsd ?? ''))
  const error = useRefusals((refusals) => refusals['attempts.mostUsd'])
  const save = (): void => void changeMostUsd(now, text)
  return (
    <FieldRow label={label} hint={hint} onSave={save}>
      <TextField label={label} hideLabel inputMode="decimal" placeholder={texts.noLimit} value={text} onValue={setText} onBlur={save} unit="$" error={error} />
    </FieldRow>
  )
}

function Origins({ settings: now }: { readonly settings: Settings }): ReactElement {
  const texts = useTexts(SETTINGS_TEXTS)
  const { label, hint } = texts.items.allowedOrigins
  const [text, setText] = useState(() => now.allowedOrigins.join('\n'))
  const error = useRefusals((refusals) => refusals.allowedOrigins)
  return (
    <div className={styles.row}>
      <label className={styles.origins}>
        <Words label={label} hint={hint} />
        <textarea
          rows={Math.max(2, text.split('\n').length)}
          value={text}
          spellCheck={false}
          aria-invalid={error !== undefined}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => void changeOrigins(text)}
        />
        {error !== undefined && (
          <span className={styles.refused} role="alert">
            {error}
          </span>
        )}
      </label>
    </div>
  )
}
