import { Popover } from '@base-ui/react/popover'
import { SlidersHorizontal } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { DeclaredTool, RunParameters } from '../../../shared/api/playground.ts'
import { EFFORTS, type Effort } from '../../../shared/chat.ts'
import { useKeyHint } from '../../frame/shortcuts/use-key-hint.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field, TextField, Toggle } from '../../ui/field.tsx'
import { applyToAll, changeSettings, linkPane } from './desk-actions.ts'
import { readTools } from './read-tools.ts'
import styles from './settings-popover.module.css'
import { type Pane, settingsOf, useDesk } from './store.ts'
import { texts } from './texts.ts'
import { WarmNotice } from './warm-notice.tsx'

/** A pane's system prompt and parameters: its own, or those it shares with all linked panes. */
export function SettingsPopover({ pane, letter }: { readonly pane: Pane; readonly letter: string }): ReactElement {
  const t = useTexts(texts).settings
  const withKey = useKeyHint()
  return (
    <Popover.Root>
      <Popover.Trigger
        render={
          <IconButton small label={withKey(t.open(letter), 'parameters')} data-settings="">
            <SlidersHorizontal aria-hidden />
          </IconButton>
        }
      />
      <Popover.Portal>
        <Popover.Positioner className={styles.positioner} align="end" sideOffset={4} collisionPadding={8}>
          <Popover.Popup className={styles.popup} aria-label={t.title(letter)}>
            <WarmNotice pane={pane.id} leaving="system" />
            <Form pane={pane} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Form({ pane }: { readonly pane: Pane }): ReactElement {
  const t = useTexts(texts).settings
  const desk = useDesk()
  const { system, parameters } = settingsOf(pane, desk)
  const linked = pane.own === undefined
  const set = (changed: { readonly [K in keyof RunParameters]?: RunParameters[K] | undefined }) =>
    changeSettings(pane.id, (settings) => ({ ...settings, parameters: without({ ...settings.parameters, ...changed }) }))
  return (
    <>
      <Toggle label={t.linked} hint={linked ? t.linkedHint : t.unlinkedHint} checked={linked} onChecked={(on) => linkPane(pane.id, on)} />
      {!linked && (
        <Button small onClick={() => applyToAll(pane.id)}>
          {t.applyToAll}
        </Button>
      )}
      <Field label={t.system}>
        {(wiring) => (
          <textarea
            {...wiring}
            className={styles.area}
            rows={3}
            value={system}
            onChange={(event) => changeSettings(pane.id, (settings) => ({ ...settings, system: event.target.value }))}
          />
        )}
      </Field>
      <div className={styles.numbers}>
        <NumberField label={t.temperature} value={parameters.temperature} least={0} most={2} step={0.1} onNumber={(temperature) => set({ temperature })} />
        <NumberField label={t.topP} value={parameters.topP} least={0} most={1} step={0.05} onNumber={(topP) => set({ topP })} />
        <NumberField
          label={t.maxTokens}
          value={parameters.maxOutputTokens}
          least={1}
          most={1_000_000}
          onNumber={(maxOutputTokens) => set({ maxOutputTokens })}
        />
        <NumberField label={t.seed} value={parameters.seed} least={0} most={Number.MAX_SAFE_INTEGER} onNumber={(seed) => set({ seed })} />
        <Field label={t.effort}>
          {(wiring) => (
            <select
              {...wiring}
              className={styles.select}
              value={parameters.effort ?? ''}
              onChange={(event) => set({ effort: event.target.value === '' ? undefined : (event.target.value as Effort) })}
            >
              <option value="">{t.modelDefault}</option>
              {EFFORTS.map((effort) => (
                <option key={effort}>{effort}</option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Tools tools={parameters.tools} onTools={(tools) => set({ tools })} />
    </>
  )
}

/** A parameter that is not set is the model's own, and is not sent. */
function without(parameters: { readonly [K in keyof RunParameters]?: RunParameters[K] | undefined }): RunParameters {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined)) as RunParameters
}

interface NumberFieldProps {
  readonly label: string
  readonly value: number | undefined
  readonly least: number
  readonly most: number
  readonly step?: number
  readonly onNumber: (value: number | undefined) => void
}

/** Keeps what is typed while it is no number in range, and says so. */
function NumberField({ label, value, least, most, step = 1, onNumber }: NumberFieldProps): ReactElement {
  const t = useTexts(texts).settings
  const [typed, setTyped] = useState(value === undefined ? '' : String(value))
  const numberIn = (text: string): number | undefined | 'wrong' => {
    if (text.trim() === '') return undefined
    const number = Number(text)
    return Number.isFinite(number) && number >= least && number <= most && (step < 1 || Number.isInteger(number)) ? number : 'wrong'
  }
  return (
    <TextField
      label={label}
      inputMode="decimal"
      placeholder={t.modelDefault}
      value={numberIn(typed) === value ? typed : numberIn(typed) === 'wrong' ? typed : value === undefined ? '' : String(value)}
      error={numberIn(typed) === 'wrong' ? t.between(least, most) : undefined}
      onValue={(text) => {
        setTyped(text)
        const next = numberIn(text)
        if (next !== 'wrong') onNumber(next)
      }}
    />
  )
}

interface ToolsProps {
  readonly tools: readonly DeclaredTool[] | undefined
  readonly onTools: (tools: DeclaredTool[] | undefined) => void
}

/** Functions the model may call, as JSON: a list in OpenAI's, Anthropic's or our own plain form. */
function Tools({ tools, onTools }: ToolsProps): ReactElement {
  const t = useTexts(texts).settings
  const [typed, setTyped] = useState(tools === undefined ? '' : JSON.stringify(tools, null, 2))
  const [error, setError] = useState<string>()
  return (
    <Field label={t.tools} hint={t.toolsHint} error={error}>
      {(wiring) => (
        <textarea
          {...wiring}
          className={styles.area}
          data-mono=""
          rows={3}
          spellCheck={false}
          value={typed}
          placeholder={'[{"name": "get_weather", "parameters": {"type": "object"}}]'}
          onChange={(event) => {
            setTyped(event.target.value)
            const read = readTools(event.target.value)
            setError(read.is === 'wrong' ? t.toolsWrong[read.why] : undefined)
            if (read.is === 'ok') onTools(read.tools)
          }}
        />
      )}
    </Field>
  )
}
