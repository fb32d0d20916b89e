import { FolderOpen, RotateCw, Settings as SettingsIcon } from 'lucide-react'
import { type FormEvent, type ReactElement, type ReactNode, useState } from 'react'
import type { Settings } from '../../../shared/settings.ts'
import { useMirror, useMirrored } from '../../client/mirror.ts'
import { connectStatus, settings } from '../../client/mirrors.ts'
import { chooseTheme } from '../../frame/theme.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { Choice, TextField, Toggle } from '../../ui/field.tsx'
import { Page, Panel, Section } from '../../ui/page.tsx'
import { change, changeLimit, refuse, revealDataFolder } from './actions.ts'
import { ATTEMPTS, CAPTURE, KEEP_RESPONSES, type Limit, TIMEOUTS } from './limits.ts'
import styles from './settings.module.css'
import { useRefusals } from './store.ts'
import { parsed, shown } from './units.ts'

const LEAD = 'Changes hold from the next request on. Everything here is kept in one file in the data folder; keys never are.'

export function SettingsView(): ReactElement {
  const state = useMirror(settings)
  if (state.is === 'loading') {
    return (
      <Page title="Settings" lead={LEAD}>
        <Skeleton rows={10} label="Loading settings" />
      </Page>
    )
  }
  if (state.is === 'failed') {
    return (
      <Page title="Settings" lead={LEAD}>
        <EmptyState icon={<SettingsIcon />} title="Settings could not be loaded" tone="bad">
          <p>{state.failure.message}</p>
          <Button icon={<RotateCw aria-hidden />} onClick={() => void settings.refresh()}>
            Try again
          </Button>
        </EmptyState>
      </Page>
    )
  }
  return (
    <Page title="Settings" lead={LEAD}>
      <Sections settings={state.value} />
    </Page>
  )
}

function Sections({ settings: now }: { readonly settings: Settings }): ReactElement {
  return (
    <>
      <Section title="Appearance">
        <Panel>
          <Row>
            <span className={styles.rowTitle}>Theme</span>
            <Choice
              label="Theme"
              hideLabel
              bar
              value={now.theme}
              onValue={chooseTheme}
              options={[
                { value: 'system', title: 'System' },
                { value: 'light', title: 'Light' },
                { value: 'dark', title: 'Dark' },
              ]}
            />
          </Row>
        </Panel>
      </Section>
      <Section title="What Traffic keeps">
        <Panel>
          <Row>
            <Choice
              label="Requests and answers"
              value={now.capture}
              onValue={(capture) => void change({ capture })}
              options={[
                { value: 'all', title: 'All', note: 'Every request can be opened and read again. Stays on this machine.' },
                { value: 'errors', title: 'Failed ones', note: 'Enough to find out what went wrong.' },
                { value: 'none', title: 'None', note: 'Only the row: time, model, tokens, cost, outcome.' },
              ]}
            />
          </Row>
          {CAPTURE.map((limit) => (
            <LimitRow key={limit.path} limit={limit} settings={now} disabled={now.capture === 'none'} />
          ))}
        </Panel>
      </Section>
      <Section title="Responses that clients go on from">
        <Panel>
          <Row>
            <Toggle
              label="Store responses"
              hint="Clients of OpenAI's Responses go on from an earlier answer by its id. Off: they have to send the whole conversation, and those that do not are told so."
              checked={now.responses.store}
              onChecked={(store) => void change({ responses: { ...now.responses, store } })}
            />
          </Row>
          <LimitRow limit={KEEP_RESPONSES} settings={now} />
        </Panel>
      </Section>
      <Section title="Timeouts">
        <Panel>
          {TIMEOUTS.map((limit) => (
            <LimitRow key={limit.path} limit={limit} settings={now} />
          ))}
        </Panel>
      </Section>
      <Section title="Failover and limits">
        <Panel>
          {ATTEMPTS.map((limit) => (
            <LimitRow key={limit.path} limit={limit} settings={now} />
          ))}
        </Panel>
      </Section>
      <Section title="Prompt cache">
        <Panel>
          <Row>
            <Choice
              label="Mark prompts for Claude whose client has not"
              value={now.promptCache.anthropic}
              onValue={(anthropic) => void change({ promptCache: { ...now.promptCache, anthropic } })}
              options={[
                { value: 'off', title: 'Never', note: 'Clients that set marks of their own keep them in any case.' },
                {
                  value: 'safe',
                  title: 'Where another turn is likely',
                  note: 'Later turns and prompts with tools. Writing costs a quarter more, reading a tenth.',
                },
                { value: 'aggressive', title: 'Wherever it is long enough' },
              ]}
            />
          </Row>
          <Row>
            <Choice
              label="Mark prompts for GPT-5.6 and later whose client has not"
              value={now.promptCache.openai}
              onValue={(openai) => void change({ promptCache: { ...now.promptCache, openai } })}
              options={[
                { value: 'off', title: 'Never', note: 'OpenAI keeps the newest message of each request by itself.' },
                {
                  value: 'safe',
                  title: 'Behind the system prompt, where another turn is likely',
                  note: 'So that other conversations read it too.',
                },
                { value: 'aggressive', title: 'Behind system prompt and question, wherever it is long enough' },
              ]}
            />
          </Row>
        </Panel>
      </Section>
      <Section title="Demo">
        <Panel>
          <Row>
            <Toggle
              label="Demo key"
              hint="A public key that opens the simulated demo models and nothing else. Off: only your own client keys are let in."
              checked={now.demoKey}
              onChecked={(demoKey) => void change({ demoKey })}
            />
          </Row>
        </Panel>
      </Section>
      <Section title="Debugging">
        <Panel>
          <Row>
            <Toggle
              label="Check streams"
              hint="Holds every translated stream to its dialect's grammar. A breach goes into the log and changes no answer."
              checked={now.debug.checkStreams}
              onChecked={(checkStreams) => void change({ debug: { ...now.debug, checkStreams } })}
            />
          </Row>
        </Panel>
      </Section>
      <About />
    </>
  )
}

function Row({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={styles.row}>{children}</div>
}

/** Mounted anew when the value changes elsewhere, so that the field never shows an old one. */
function LimitRow({
  limit,
  settings: now,
  disabled = false,
}: {
  readonly limit: Limit
  readonly settings: Settings
  readonly disabled?: boolean
}): ReactElement {
  return <LimitField key={limit.read(now)} limit={limit} settings={now} disabled={disabled} />
}

function LimitField({ limit, settings: now, disabled }: { readonly limit: Limit; readonly settings: Settings; readonly disabled: boolean }): ReactElement {
  const [text, setText] = useState(() => shown(limit.read(now), limit.unit))
  const error = useRefusals((refusals) => refusals[limit.path])
  function save(): void {
    const result = parsed(text, limit.unit, limit.least, limit.most)
    if (result.is === 'refused') refuse(limit.path, result.why)
    else void changeLimit(limit, now, result.value)
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    save()
  }
  return (
    <form className={styles.limit} onSubmit={onSubmit}>
      <div className={styles.words}>
        <span className={styles.rowTitle} aria-hidden="true">
          {limit.label}
        </span>
        <span className={styles.hint}>{limit.hint}</span>
      </div>
      <div className={styles.number}>
        <TextField
          label={limit.unit.sign === '' ? limit.label : `${limit.label}, in ${limit.unit.sign}`}
          hideLabel
          inputMode="decimal"
          value={text}
          onValue={setText}
          onBlur={save}
          {...(limit.unit.sign !== '' && { unit: limit.unit.sign })}
          error={error}
          disabled={disabled}
        />
      </div>
    </form>
  )
}

function About(): ReactElement {
  const status = useMirrored(connectStatus)
  const canReveal = window.switchyardNative !== undefined
  return (
    <Section title="About">
      <Panel>
        <div className={styles.row}>
          <div className={styles.words}>
            <span className={styles.rowTitle}>Data folder</span>
            <code className={styles.path}>{status?.dataDir ?? '…'}</code>
          </div>
          {status !== undefined && <CopyButton text={status.dataDir} label="Copy the path" />}
          {canReveal && (
            <Button small icon={<FolderOpen aria-hidden />} onClick={() => void revealDataFolder()}>
              Show
            </Button>
          )}
        </div>
        <div className={styles.row}>
          <span className={styles.rowTitle}>Version</span>
          <span className={styles.version}>{status === undefined ? '…' : `${status.version}, ${status.mode === 'desktop' ? 'desktop' : 'headless'}`}</span>
        </div>
      </Panel>
    </Section>
  )
}
