import type { Task, Tier } from '../../shared/auto.ts'
import type { AUTO_REASONS, Hardness } from '../../shared/messages/auto.ts'
import type { InOtherWords } from '../../shared/messages/message.ts'
import { AUTO_TEXTS } from '../features/routing/auto/texts.ts'
import { plural } from '../i18n/texts.ts'
import { ABILITY, dollars, number, quoted } from './german-terms.ts'

const HARDNESS: Readonly<Record<Hardness, string>> = {
  easy: 'leicht',
  'rather-easy': 'eher leicht',
  usual: 'von üblicher Schwierigkeit',
  'rather-hard': 'eher schwer',
  hard: 'schwer',
}

const percent = (share: number): string => `${Math.round(100 * share)} %`
const task = (of: Task): string => AUTO_TEXTS.de.tasks[of] ?? of
const tierName = (of: Tier): string => AUTO_TEXTS.de.tiers[of] ?? of

/** Why automatic routing chose a model and not others; in German. */
export const AUTO_REASONS_DE: InOtherWords<typeof AUTO_REASONS> = {
  'stays-with-conversation': () => 'bleibt beim Gespräch',
  'only-one': () => 'das einzige, das es kann',
  'best-of-all': () => 'das beste von denen, die es können',
  'cheapest-with': ({ percent: share }) => `das billigste mit ${share} % der Qualität des besten`,
  'cheapest-of-use': () => 'das billigste brauchbare, da seine Antwort geprüft wird',
  'of-tier': ({ tier, because }, say) => `${tierName(tier)} (${say(because)})`,
  'by-auto': ({ before, line }, say) => (before === undefined ? `automatisch: ${say(line)}` : `${say(before)}, dann automatisch: ${say(line)}`),
  'auto-line': ({ task: kind, hardness, chosen, unsure, runnerUp, best }, say) => {
    const parts = [
      `${task(kind)}, ${HARDNESS[hardness]}: ${chosen.model}, ${say(chosen.why)} (${percent(chosen.quality)} erwartet, etwa ${dollars(chosen.cost)})`,
      ...(unsure === undefined ? [] : [`unsicher (${say(unsure)}), darum eine Stufe höher`]),
      ...(runnerUp === undefined ? [] : [`danach käme ${runnerUp.model} (${percent(runnerUp.quality)}, ${dollars(runnerUp.cost)})`]),
      ...(best === undefined ? [] : [`das beste, ${best.model}, hätte ${percent(best.quality)} für ${dollars(best.cost)}`]),
    ]
    return `${parts.join('; ')}.`
  },
  'unlike-training': () => 'der Prompt gleicht nichts, woran gelernt wurde',
  'task-unclear': () => 'es ist nicht klar, welche Art Aufgabe das ist',

  'set-by-you': () => 'von Ihnen gesetzt',
  family: ({ family }) => `Familie: ${FAMILIES[family] ?? family}`,
  'size-in-name': ({ billions }) => `${number(billions)} Milliarden Parameter, nach seinem Namen`,
  'word-in-name': () => 'nach einem Wort in seinem Namen',
  'by-its-price': () => 'nach seinem Preis',
  'nothing-known': () => 'es ist nichts darüber bekannt',

  'not-of-pair': () => 'keines der beiden dieses Paars',
  'not-of-alias': () => 'keines dieses Alias',
  'not-allowed': () => 'nicht unter den erlaubten Modellen',
  excluded: () => 'ausgeschlossen',
  'not-answering': () => 'antwortet zurzeit nicht',
  'stays-on-machine': () => 'die Daten müssen auf diesem Rechner bleiben',
  'host-keeps-data': () => 'sein Betreiber behält vielleicht Daten',
  'leaves-regions': ({ regions }) => `die Daten verließen ${regions.join(', ')}`,
  'does-not-fit': ({ tokens }) => `das Gespräch passt nicht hinein (${number(tokens)} Token)`,
  'writes-less': () => 'kann keine so lange Antwort schreiben',
  'not-known-to': ({ need }) => `nicht bekannt, ob es das kann: ${ABILITY[need] ?? need}`,
  'fewer-tools': ({ most, asked }) => `nimmt ${number(most)} Werkzeuge, nicht ${number(asked)}`,
  'budget-left': () => 'mehr, als das Budget noch hat',

  'not-good-enough': ({ why }, say) => `nicht gut genug: ${quoted(why, say(why))}`,
  'was-judge': () => 'es beurteilte eine andere Antwort',
  'was-sample': () => 'es wurde gefragt, um zu sehen, ob das Modell sicher ist',
  'broke-off': ({ said }, say) => `sie brach ab: ${quoted(said, say(said))}`,
  declines: () => 'sie weigert sich zu antworten',
  'is-empty': () => 'sie ist leer',
  'calls-unknown-tool': ({ tool }) => `sie ruft ein Werkzeug auf, das es nicht gibt, ${tool}`,
  'arguments-no-object': ({ tool }) => `die Argumente für ${tool} sind kein JSON-Objekt`,
  'arguments-lack': ({ tool, field }) => `den Argumenten für ${tool} fehlt ${field}`,
  'no-json-object': () => 'sie ist kein JSON-Objekt',
  'samples-agree': ({ agreeing, asked }) => `${agreeing} von ${asked} weiteren Antworten stimmen mit ihr überein`,

  'retrained-with': ({ judgements }) => `${number(judgements)} ${plural(judgements, { one: 'Urteil', other: 'Urteile' })}`,
}

/** Names that are words; the others are the makers' own. */
const FAMILIES: Readonly<Record<string, string>> = {
  'GPT mini, fifth generation or reasoning': 'GPT mini, fünfte Generation oder nachdenkend',
  'GPT-5 and o-series': 'GPT-5 und o-Reihe',
  'Claude Opus and Sonnet, fourth generation on': 'Claude Opus und Sonnet, ab der vierten Generation',
  'Claude Haiku, fourth generation on': 'Claude Haiku, ab der vierten Generation',
  'Gemini Pro, 2.5 on': 'Gemini Pro, ab 2.5',
  'Gemini Flash-Lite, 2.5 on': 'Gemini Flash-Lite, ab 2.5',
  'Gemini Flash, 2.5 on': 'Gemini Flash, ab 2.5',
  'Grok mini and fast': 'Grok mini und fast',
  'Grok 4 on': 'Grok ab 4',
  'DeepSeek distillations': 'DeepSeek-Destillate',
  'DeepSeek reasoning': 'DeepSeek, nachdenkend',
  'large open models of 2025-26': 'große offene Modelle von 2025/26',
  'large models of smaller houses': 'große Modelle kleinerer Häuser',
  'medium models of smaller houses': 'mittlere Modelle kleinerer Häuser',
}
