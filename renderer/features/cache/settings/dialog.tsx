import { type ReactElement, useState } from 'react'
import type { LocalModelSummary } from '../../../../shared/local-models.ts'
import type { Settings } from '../../../../shared/settings.ts'
import { useMirrored } from '../../../client/mirror.ts'
import { clientKeys, localModels, settings } from '../../../client/mirrors.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { changeSettings } from '../actions.ts'
import styles from '../cache.module.css'
import type { Option, Options } from '../texts.ts'
import { getModel } from './actions.ts'
import { LocalModels, ModelConsent } from './local-models.tsx'
import { OwnNames } from './own-names.tsx'
import type { ForClient } from './scopes.ts'
import { CACHE_SETTINGS_TEXTS } from './texts.ts'

type CacheSettings = Settings['cache']

/** Who uses the response cache, what it keeps and how it gives it, and what is merged. Each change holds at once. */
export function SettingsDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactElement {
  const texts = useTexts(CACHE_SETTINGS_TEXTS)
  const now = useMirrored(settings)
  return (
    <Dialog open={open} onClose={onClose} title={texts.title} description={texts.lead}>
      {now !== undefined && <Form now={now} />}
    </Dialog>
  )
}

function Form({ now }: { readonly now: Settings }): ReactElement {
  const texts = useTexts(CACHE_SETTINGS_TEXTS)
  const { cache, merging } = now
  const set = (changed: Partial<CacheSettings>): void => void changeSettings({ cache: { ...cache, ...changed } })
  const merge = (changed: Partial<Settings['merging']>): void => void changeSettings({ merging: { ...merging, ...changed } })
  return (
    <div className={styles.settings}>
      <Group title={texts.whoTitle}>
        <Choice label={texts.requests} value={cache.use} onValue={(use) => set({ use })} options={choicesOf(texts.use)} />
        <Clients cache={cache} onChange={(changed) => set({ clients: changed })} />
        <OwnNames />
        <Choice label={texts.share} value={cache.share} onValue={(share) => set({ share })} options={choicesOf(texts.shares)} />
      </Group>
      <Group title={texts.keptTitle}>
        <p className={styles.dim}>{texts.neverKept}</p>
        <Choice label={texts.temperature} value={cache.temperature} onValue={(temperature) => set({ temperature })} options={choicesOf(texts.temperatures)} />
        <Choice label={texts.seed} bar value={cache.seed} onValue={(seed) => set({ seed })} options={choicesOf(texts.seeds)} />
        <Choice label={texts.tools} value={cache.tools} onValue={(tools) => set({ tools })} options={choicesOf(texts.toolsKept)} />
        <div className={styles.numbers}>
          <NumberField
            label={texts.life}
            unit="h"
            scale={3_600}
            least={1}
            most={31_536_000}
            value={cache.ttlSeconds}
            onSave={(ttlSeconds) => set({ ttlSeconds })}
          />
          <NumberField
            label={texts.mostEntries}
            unit=""
            scale={1}
            least={1}
            most={200_000}
            value={cache.mostEntries}
            onSave={(mostEntries) => set({ mostEntries })}
          />
          <NumberField
            label={texts.mostBytes}
            unit="MB"
            scale={1_048_576}
            least={65_536}
            most={17_179_869_184}
            value={cache.mostBytes}
            onSave={(mostBytes) => set({ mostBytes })}
          />
        </div>
      </Group>
      <Group title={texts.paceTitle}>
        <Choice label={texts.pace} hideLabel value={cache.pace} onValue={(pace) => set({ pace })} options={choicesOf(texts.paces)} />
        {cache.pace === 'typed' && (
          <div className={styles.numbers}>
            <NumberField
              label={texts.typed}
              unit=""
              scale={1}
              least={10}
              most={100_000}
              value={cache.typedCharactersPerSecond}
              onSave={(typedCharactersPerSecond) => set({ typedCharactersPerSecond })}
            />
          </div>
        )}
      </Group>
      <Group title={texts.mergeTitle}>
        <Choice label={texts.merge} value={merging.when} onValue={(when) => merge({ when })} options={choicesOf(texts.merges)} />
        <div className={styles.numbers}>
          <NumberField
            label={texts.rejoin}
            unit="s"
            scale={1_000}
            least={0}
            most={600_000}
            value={merging.rejoinMs}
            onSave={(rejoinMs) => merge({ rejoinMs })}
          />
          <NumberField
            label={texts.keepRunning}
            unit="s"
            scale={1_000}
            least={0}
            most={600_000}
            value={merging.keepRunningMs}
            onSave={(keepRunningMs) => merge({ keepRunningMs })}
          />
        </div>
      </Group>
      <Group title={texts.wordsTitle}>
        <EmbedderChoice value={cache.embedder} onChange={(embedder) => set({ embedder })} />
        <Choice label={texts.by} value={cache.semanticModel} onValue={(semanticModel) => set({ semanticModel })} options={choicesOf(texts.models)} />
      </Group>
      <Group title={texts.errorsTitle}>
        <div className={styles.numbers}>
          <NumberField
            label={texts.errorRate}
            unit="%"
            scale={0.01}
            least={0.0001}
            most={0.2}
            value={cache.targetErrorRate}
            onSave={(targetErrorRate) => set({ targetErrorRate })}
          />
          <NumberField
            label={texts.checks}
            unit=""
            scale={1}
            least={0}
            most={1_000_000}
            value={cache.checkOneIn}
            onSave={(checkOneIn) => set({ checkOneIn })}
          />
        </div>
        <p className={styles.dim}>{texts.checksNote}</p>
      </Group>
    </div>
  )
}

/** The values of a setting in the order in which its texts stand. */
function choicesOf<Value extends string>(options: Options<Value>): readonly (Option & { readonly value: Value })[] {
  return (Object.entries(options) as [Value, Option][]).map(([value, option]) => ({ value, ...option }))
}

const LOCAL = ['all-minilm-l6-v2', 'bge-small-en-v1.5'] as const
type EmbedderKind = 'words' | (typeof LOCAL)[number] | 'own'

const EXAMPLE_MODEL = 'openai/text-embedding-3-small'

/** What proposes candidates; the gates decide in any case. A model that is not here is asked for first, and chosen by the engine once it has come. */
function EmbedderChoice({ value, onChange }: { readonly value: string; readonly onChange: (embedder: string) => void }): ReactElement {
  const texts = useTexts(CACHE_SETTINGS_TEXTS)
  const models = useMirrored(localModels)
  const saved: EmbedderKind = value === '' ? 'words' : (LOCAL.find((id) => id === value) ?? 'own')
  /** The field for a model of one's own is open before there is anything to save. */
  const [opensOwn, setOpensOwn] = useState(false)
  const [model, setModel] = useState(saved === 'own' ? value : '')
  const [asksFor, setAsksFor] = useState<LocalModelSummary | undefined>(undefined)
  const chosen = opensOwn ? 'own' : saved
  function choose(kind: EmbedderKind): void {
    setOpensOwn(kind === 'own')
    if (kind === 'words') onChange('')
    if (kind === 'words' || kind === 'own') return
    const found = models?.find(({ id }) => id === kind)
    if (found?.state.is === 'ready') onChange(kind)
    else if (found !== undefined && found.state.is !== 'loading') setAsksFor(found)
  }
  return (
    <>
      <Choice label={texts.found} value={chosen} onValue={choose} options={choicesOf(texts.embedders)} />
      <LocalModels models={models ?? []} chosen={value} onGet={setAsksFor} />
      <ModelConsent
        model={asksFor}
        onRefuse={() => setAsksFor(undefined)}
        onAgree={(agreed) => {
          setAsksFor(undefined)
          void getModel(agreed)
        }}
      />
      {chosen === 'own' && (
        <TextField
          label={texts.embedder}
          mono
          placeholder={EXAMPLE_MODEL}
          value={model}
          onValue={setModel}
          onBlur={() => model.trim() !== '' && model.trim() !== value && onChange(model.trim())}
        />
      )}
    </>
  )
}

function Group({ title, children }: { readonly title: string; readonly children: React.ReactNode }): ReactElement {
  return (
    <section className={styles.group} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

const FOR_CLIENT = ['default', 'off', 'asked', 'exact', 'semantic'] as const satisfies readonly (ForClient | 'default')[]

function Clients({ cache, onChange }: { readonly cache: CacheSettings; readonly onChange: (clients: CacheSettings['clients']) => void }): ReactElement | null {
  const texts = useTexts(CACHE_SETTINGS_TEXTS)
  const known = useMirrored(clientKeys)
  if (known === undefined) return null
  const keys = [...known.map(({ id, name }) => ({ id, name })), { id: 'environment', name: texts.environmentKey }, { id: 'demo', name: texts.demoKey }]
  return (
    <div className={styles.clients}>
      <span className={styles.clientsTitle}>{texts.clients}</span>
      {keys.map(({ id, name }) => (
        <label key={id} className={styles.client}>
          <span>{name}</span>
          <select
            className={styles.select}
            value={cache.clients[id] ?? 'default'}
            onChange={(event) => {
              const { [id]: _before, ...others } = cache.clients
              const chosen = event.target.value as ForClient | 'default'
              onChange(chosen === 'default' ? others : { ...others, [id]: chosen })
            }}
          >
            {FOR_CLIENT.map((each) => (
              <option key={each} value={each}>
                {texts.forClient[each]}
              </option>
            ))}
          </select>
        </label>
      ))}
    </div>
  )
}

interface NumberFieldProps {
  readonly label: string
  readonly unit: string
  /** How many of the engine's units one of the shown ones is. */
  readonly scale: number
  /** In the engine's unit. */
  readonly least: number
  readonly most: number
  readonly value: number
  readonly onSave: (value: number) => void
}

/** Mounted anew when the value changes elsewhere, so that the field never shows an old one. */
function NumberField(props: NumberFieldProps): ReactElement {
  return <NumberInput key={props.value} {...props} />
}

function NumberInput({ label, unit, scale, least, most, value, onSave }: NumberFieldProps): ReactElement {
  const texts = useTexts(CACHE_SETTINGS_TEXTS)
  const [text, setText] = useState(() => shown(value / scale))
  const [error, setError] = useState<string | undefined>(undefined)
  function save(): void {
    const said = Number(text.replace(',', '.'))
    const next = scale < 1 ? said * scale : Math.round(said * scale)
    const fits = text.trim() !== '' && next >= least && next <= most
    setError(fits ? undefined : texts.range(shown(least / scale), shown(most / scale)))
    if (fits && next !== value) onSave(next)
  }
  return <TextField label={label} inputMode="decimal" value={text} onValue={setText} onBlur={save} {...(unit !== '' && { unit })} error={error} />
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)))
}
