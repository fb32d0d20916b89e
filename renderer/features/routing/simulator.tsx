import { Play } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { SimulatedPlan, SimulatedPrice } from '../../../shared/api/routing.ts'
import { useTexts } from '../../i18n/texts.ts'
import { words } from '../../messages/words.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatCount, formatMoney } from '../../ui/figures.ts'
import { Section } from '../../ui/page.tsx'
import { Chip, Notice } from '../../ui/status.tsx'
import { simulate } from './actions.ts'
import styles from './routing.module.css'
import { Lines, Select } from './select.tsx'
import { useSimulation } from './store.ts'
import { ROUTING_TEXTS } from './texts.ts'

const DIALECTS = [
  ['openai-chat', 'OpenAI chat completions'],
  ['openai-responses', 'OpenAI responses'],
  ['anthropic-messages', 'Anthropic messages'],
  ['gemini', 'Gemini'],
  ['cohere-v2', 'Cohere v2'],
  ['ollama-chat', 'Ollama chat'],
  ['openai-completions', 'OpenAI completions'],
  ['ollama-generate', 'Ollama generate'],
] as const
type Dialect = (typeof DIALECTS)[number][0]

const FIRST = JSON.stringify({ model: 'openai/gpt-5-mini', messages: [{ role: 'user', content: 'Hello!' }] }, null, 2)

/** What would be done with a request, under what is on the screen. */
export function Simulator(): ReactElement {
  const texts = useTexts(ROUTING_TEXTS).simulator
  const [dialect, setDialect] = useState<Dialect>('openai-chat')
  const [body, setBody] = useState(FIRST)
  const [model, setModel] = useState('')
  const plan = useSimulation((state) => state.plan)
  const run = (): void => void simulate(dialect, body, dialect === 'gemini' ? model : '')
  return (
    <>
      <p className={styles.faint}>{texts.lead}</p>
      <div className={styles.grid}>
        <Select label={texts.dialect} value={dialect} onValue={setDialect} options={DIALECTS} />
        {dialect === 'gemini' && <TextField label={texts.geminiModel} mono value={model} onValue={setModel} />}
      </div>
      <Lines label={texts.body} mono rows={10} value={body} onValue={setBody} />
      <div>
        <Button variant="primary" icon={<Play aria-hidden size={16} />} disabled={plan.is === 'asking'} onClick={run}>
          {plan.is === 'asking' ? texts.running : texts.run}
        </Button>
      </div>
      {plan.is === 'failed' && (
        <Notice tone="bad">
          {texts.failed}: {plan.message}
        </Notice>
      )}
      {plan.is === 'answered' && <Plan plan={plan.value} />}
    </>
  )
}

function Plan({ plan }: { readonly plan: SimulatedPlan }): ReactElement {
  const all = useTexts(ROUTING_TEXTS)
  const texts = all.simulator
  const price = ({ inputCost, mostCost, inputTokens, estimated }: SimulatedPrice): string => {
    const tokens = formatCount(inputTokens)
    const cost = inputCost === undefined || mostCost === undefined ? texts.unknownPrice : texts.price(formatMoney(inputCost), formatMoney(mostCost))
    return `${cost} · ${estimated ? texts.estimated(tokens) : texts.counted(tokens)}`
  }
  const { baseline } = plan
  return (
    <div role="status" className={styles.plan}>
      <p>{texts.decidedBy(words(plan.decidedBy))}</p>
      <p className={styles.faint}>{baseline === undefined ? texts.noBaseline : texts.baseline(baseline.endpoint, price(baseline))}</p>
      {plan.trail.length > 0 && (
        <Section title={texts.trail}>
          <ol className={styles.steps}>
            {plan.trail.map(words).map((step, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step may be said twice, and none ever moves
              <li key={`${place} ${step}`}>{step}</li>
            ))}
          </ol>
        </Section>
      )}
      <Section title={texts.candidates}>
        {plan.candidates.length === 0 && <p className={styles.faint}>{texts.none}</p>}
        <ol className={styles.steps}>
          {plan.candidates.map((candidate) => (
            <li key={`${candidate.endpoint} ${candidate.credential ?? ''}`}>
              <code>{candidate.endpoint}</code>{' '}
              {candidate.after !== undefined && <Chip>{texts.after(candidate.after.map((cause) => all.fallbacks.causes[cause]).join(', '))}</Chip>}
              <span className={styles.why}>{`${words(candidate.why)} · ${price(candidate)}`}</span>
            </li>
          ))}
        </ol>
      </Section>
      {plan.passedOver.length > 0 && (
        <Section title={texts.passedOver}>
          <ul className={styles.steps}>
            {plan.passedOver.map(({ endpoint, why }) => (
              <li key={`${endpoint} ${words(why)}`}>
                <code>{endpoint}</code> <span className={styles.why}>{words(why)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  )
}
