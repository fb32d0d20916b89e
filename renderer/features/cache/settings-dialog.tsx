import { type ReactElement, useState } from 'react'
import type { Settings } from '../../../shared/settings.ts'
import { useMirrored } from '../../client/mirror.ts'
import { clientKeys, settings } from '../../client/mirrors.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice, TextField } from '../../ui/field.tsx'
import { changeSettings } from './actions.ts'
import styles from './cache.module.css'

type CacheSettings = Settings['cache']
type ForClient = CacheSettings['clients'][string]

/** Who uses the response cache, what it keeps and how it gives it, and what is merged. Each change holds at once. */
export function SettingsDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactElement {
  const now = useMirrored(settings)
  return (
    <Dialog open={open} onClose={onClose} title="Response cache" description="Whole answers given again. Changes hold from the next request on.">
      {now !== undefined && <Form now={now} />}
    </Dialog>
  )
}

function Form({ now }: { readonly now: Settings }): ReactElement {
  const { cache, merging } = now
  const set = (changed: Partial<CacheSettings>): void => void changeSettings({ cache: { ...cache, ...changed } })
  const merge = (changed: Partial<Settings['merging']>): void => void changeSettings({ merging: { ...merging, ...changed } })
  return (
    <div className={styles.settings}>
      <Group title="Who uses it">
        <Choice
          label="Requests"
          value={cache.use}
          onValue={(use) => set({ use })}
          options={[
            { value: 'asked', title: 'Those that ask', note: 'By the header X-OpenRouter-Cache: true.' },
            { value: 'everyone', title: 'All', note: 'But for those that say X-OpenRouter-Cache: false or Cache-Control: no-store.' },
          ]}
        />
        <Clients cache={cache} onChange={(changed) => set({ clients: changed })} />
        <Choice
          label="Answers are given"
          value={cache.share}
          onValue={(share) => set({ share })}
          options={[
            { value: 'client', title: 'To the client key that asked first', note: 'No tool learns what another has asked.' },
            { value: 'everyone', title: 'To every client key' },
          ]}
        />
      </Group>
      <Group title="What is kept">
        <p className={styles.dim}>Never: answers that failed, were refused, filtered, cut off or left in the middle.</p>
        <Choice
          label="Temperature"
          value={cache.temperature}
          onValue={(temperature) => set({ temperature })}
          options={[
            { value: 'any', title: 'Any', note: 'An answer that would come out differently each time is given again as it was.' },
            { value: 'zero', title: '0 alone' },
          ]}
        />
        <Choice
          label="Requests with a seed"
          bar
          value={cache.seed}
          onValue={(seed) => set({ seed })}
          options={[
            { value: 'any', title: 'Keep' },
            { value: 'none', title: 'Leave out' },
          ]}
        />
        <Choice
          label="Requests with tools"
          value={cache.tools}
          onValue={(tools) => set({ tools })}
          options={[
            { value: 'never', title: 'Leave out' },
            { value: 'no-calls', title: 'Answers without a call', note: 'A call made again might do again what it did.' },
            { value: 'all', title: 'All answers' },
          ]}
        />
        <div className={styles.numbers}>
          <NumberField label="Life" unit="h" scale={3_600} least={1} most={31_536_000} value={cache.ttlSeconds} onSave={(ttlSeconds) => set({ ttlSeconds })} />
          <NumberField
            label="Answers at most"
            unit=""
            scale={1}
            least={1}
            most={200_000}
            value={cache.mostEntries}
            onSave={(mostEntries) => set({ mostEntries })}
          />
          <NumberField
            label="Size at most"
            unit="MB"
            scale={1_048_576}
            least={65_536}
            most={17_179_869_184}
            value={cache.mostBytes}
            onSave={(mostBytes) => set({ mostBytes })}
          />
        </div>
      </Group>
      <Group title="How a hit is streamed">
        <Choice
          label="Pace"
          hideLabel
          value={cache.pace}
          onValue={(pace) => set({ pace })}
          options={[
            { value: 'at-once', title: 'At once' },
            { value: 'recorded', title: 'As long as it took', note: 'A minute at most.' },
            { value: 'typed', title: 'Like typing' },
          ]}
        />
        {cache.pace === 'typed' && (
          <div className={styles.numbers}>
            <NumberField
              label="Characters a second"
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
      <Group title="Equal requests at the same time">
        <Choice
          label="Become one call of the provider"
          value={merging.when}
          onValue={(when) => merge({ when })}
          options={[
            { value: 'temperature-0', title: 'At temperature 0', note: 'And those that use the response cache.' },
            { value: 'always', title: 'Always' },
            { value: 'never', title: 'Never' },
          ]}
        />
        <div className={styles.numbers}>
          <NumberField
            label="Rejoin within"
            unit="s"
            scale={1_000}
            least={0}
            most={600_000}
            value={merging.rejoinMs}
            onSave={(rejoinMs) => merge({ rejoinMs })}
          />
          <NumberField
            label="Run on when left"
            unit="s"
            scale={1_000}
            least={0}
            most={600_000}
            value={merging.keepRunningMs}
            onSave={(keepRunningMs) => merge({ keepRunningMs })}
          />
        </div>
      </Group>
      <Group title="Questions in other words">
        <EmbedderChoice value={cache.embedder} onChange={(embedder) => set({ embedder })} />
        <Choice
          label="Answered by"
          value={cache.semanticModel}
          onValue={(semanticModel) => set({ semanticModel })}
          options={[
            { value: 'exact', title: 'The very same model' },
            { value: 'family', title: 'Any snapshot of it', note: 'Such as gpt-4o-2024-08-06 for gpt-4o; never another size or version.' },
          ]}
        />
      </Group>
      <Group title="Errors">
        <div className={styles.numbers}>
          <NumberField
            label="Wrong semantic hits borne"
            unit="%"
            scale={0.01}
            least={0.0001}
            most={0.2}
            value={cache.targetErrorRate}
            onSave={(targetErrorRate) => set({ targetErrorRate })}
          />
          <NumberField
            label="Ask again one hit in"
            unit=""
            scale={1}
            least={0}
            most={1_000_000}
            value={cache.checkOneIn}
            onSave={(checkOneIn) => set({ checkOneIn })}
          />
        </div>
        <p className={styles.dim}>A hit that is asked again costs what the call costs; 0 for never.</p>
      </Group>
    </div>
  )
}

type EmbedderKind = 'words' | 'all-minilm-l6-v2' | 'bge-small-en-v1.5' | 'own'

/** What proposes candidates; the gates decide in any case. */
function EmbedderChoice({ value, onChange }: { readonly value: string; readonly onChange: (embedder: string) => void }): ReactElement {
  const saved: EmbedderKind = value === '' ? 'words' : value === 'all-minilm-l6-v2' || value === 'bge-small-en-v1.5' ? value : 'own'
  const [chosen, setChosen] = useState<EmbedderKind>(saved)
  const [model, setModel] = useState(saved === 'own' ? value : '')
  function choose(kind: EmbedderKind): void {
    setChosen(kind)
    if (kind !== 'own') onChange(kind === 'words' ? '' : kind)
  }
  return (
    <>
      <Choice
        label="Found by"
        value={chosen}
        onValue={choose}
        options={[
          { value: 'words', title: 'Their words', note: 'Built in, in a millisecond or two.' },
          {
            value: 'all-minilm-l6-v2',
            title: 'MiniLM on this machine',
            note: 'About 24 MB, loaded from huggingface.co once and checked. Choosing it allows that.',
          },
          { value: 'bge-small-en-v1.5', title: 'BGE small on this machine', note: 'About 35 MB, loaded and checked in the same way.' },
          {
            value: 'own',
            title: 'An embedding model of yours',
            note: 'Any provider’s, such as openai/text-embedding-3-small. Each question is sent to it once, and paid for.',
          },
        ]}
      />
      {(chosen === 'all-minilm-l6-v2' || chosen === 'bge-small-en-v1.5') && (
        <p className={styles.dim}>
          Needs the package <code>@huggingface/transformers</code> in the folder <code>embedders</code> of the data folder. Without it, words alone are used and
          the log says so.
        </p>
      )}
      {chosen === 'own' && (
        <TextField
          label="Model"
          mono
          placeholder="openai/text-embedding-3-small"
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

const FOR_CLIENT: readonly { readonly value: ForClient | 'default'; readonly title: string }[] = [
  { value: 'default', title: 'As above' },
  { value: 'off', title: 'Never' },
  { value: 'asked', title: 'When it asks' },
  { value: 'exact', title: 'Exact' },
  { value: 'semantic', title: 'Exact and semantic' },
]

function Clients({ cache, onChange }: { readonly cache: CacheSettings; readonly onChange: (clients: CacheSettings['clients']) => void }): ReactElement | null {
  const known = useMirrored(clientKeys)
  if (known === undefined) return null
  const keys = [...known.map(({ id, name }) => ({ id, name })), { id: 'environment', name: 'Environment key' }, { id: 'demo', name: 'Demo key' }]
  return (
    <div className={styles.clients}>
      <span className={styles.clientsTitle}>Client keys that differ</span>
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
            {FOR_CLIENT.map(({ value, title }) => (
              <option key={value} value={value}>
                {title}
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
  const [text, setText] = useState(() => shown(value / scale))
  const [error, setError] = useState<string | undefined>(undefined)
  function save(): void {
    const said = Number(text.replace(',', '.'))
    const next = scale < 1 ? said * scale : Math.round(said * scale)
    const fits = text.trim() !== '' && next >= least && next <= most
    setError(fits ? undefined : `From ${shown(least / scale)} to ${shown(most / scale)}.`)
    if (fits && next !== value) onSave(next)
  }
  return <TextField label={label} inputMode="decimal" value={text} onValue={setText} onBlur={save} {...(unit !== '' && { unit })} error={error} />
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)))
}
