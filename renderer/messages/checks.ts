import type { CHECK_MESSAGES } from '../../shared/messages/checks.ts'
import type { InOtherWords } from '../../shared/messages/message.ts'
import { quoted } from './german-terms.ts'

/** What checks of answers found; in German. */
export const CHECK_MESSAGES_DE: InOtherWords<typeof CHECK_MESSAGES> = {
  contains: ({ text, passed }) => (passed ? `Sie enthält „${text}“.` : `Nein: Sie enthält „${text}“ nicht.`),
  equals: ({ passed }) => (passed ? 'Sie ist der erwartete Text.' : 'Nein: Sie ist nicht der erwartete Text.'),
  matches: ({ pattern, passed }) => (passed ? `Sie passt auf /${pattern}/.` : `Nein: Sie passt nicht auf /${pattern}/.`),
  'answer-is-no-json': () => 'Sie ist kein gültiges JSON.',
  'fits-schema': () => 'Sie passt zum Schema.',
  'breaks-schema': ({ at, problem }, say) => `${at === '' ? 'Das Ganze' : at}: ${say(problem)}`,
  'judge-gave-no-reason': () => 'Das urteilende Modell nannte keinen Grund.',
  'judge-gave-no-verdict': () => 'Das urteilende Modell gab kein Urteil.',
  'judge-failed': ({ said }, say) => `Das urteilende Modell versagte: ${quoted(said, say(said))}`,
  'not-judged': () => 'Angehalten, bevor geurteilt war.',

  'pattern-refused': ({ told }) => `RE2 nimmt dieses Muster nicht (Rückverweise und Umschau gehören nicht dazu): „${told}“`,
  'schema-not-json': () => 'Das Schema ist kein gültiges JSON.',
  'schema-unusable': ({ told }) => `Dieses Schema lässt sich nicht prüfen: „${told}“`,
}
