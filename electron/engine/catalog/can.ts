import type { Need } from '../../../shared/chat.ts'
import type { ModelFacts } from '../../../shared/models.ts'

/** What an endpoint is told to lack is not in the set; what nobody told of is. undefined: nobody told anything. */
export function canOf(facts: ModelFacts | undefined): ReadonlySet<Need> | undefined {
  if (facts === undefined) return undefined
  const { abilities, inputModalities, outputModalities } = facts
  if (inputModalities === undefined && Object.keys(abilities).length === 0) return undefined
  // sources that tell what comes out tell all that goes in; the others know text and pictures alone
  const toldOfSound = outputModalities !== undefined
  const lacks: readonly (readonly [Need, boolean])[] = [
    ['tools', abilities.tools === false],
    ['vision', inputModalities !== undefined && !inputModalities.includes('image')],
    ['json-schema', abilities['json-schema'] === false],
    ['reasoning', abilities.reasoning === false],
    ['audio', toldOfSound && inputModalities !== undefined && !inputModalities.includes('audio')],
    // a document may go as pictures or as text, so no list of modalities rules it out
    ['documents', false],
  ]
  return new Set(lacks.flatMap(([need, isMissing]) => (isMissing ? [] : [need])))
}
