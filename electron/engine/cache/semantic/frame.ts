/** What kind of answer is asked for. Two questions with different frames are different questions whatever else they share. */
export type Frame =
  | 'how-to'
  | 'how-many'
  | 'how-much'
  | 'how-long'
  | 'how-old'
  | 'how-far'
  | 'how-often'
  | 'how'
  | 'why'
  | 'what'
  | 'what-if'
  | 'who'
  | 'when'
  | 'where'
  | 'yes-no'
  | 'meaning'
  | 'difference'
  | 'task'

const AUXILIARY = /^(?:am|is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must|ought)\b(?! you (?:tell|give|explain))/
const OPENINGS: readonly (readonly [RegExp, Frame])[] = [
  [/\bwhat (?:if|would happen if|will happen if|happens if|happens when|would happen|will happen)\b/, 'what-if'],
  [/\bhow to\b/, 'how-to'],
  [/\bhow (?:many|number of)\b/, 'how-many'],
  [/\bhow much\b/, 'how-much'],
  [/\bhow long\b/, 'how-long'],
  [/\b(?:how old|what age)\b/, 'how-old'],
  [/\bhow (?:far|tall|high|deep|wide|big|large|heavy|fast)\b/, 'how-far'],
  [/\bhow (?:often|frequently)\b/, 'how-often'],
  [/\bmeaning of\b/, 'meaning'],
  [/\bdifferences? between\b/, 'difference'],
  [/\bwhy\b/, 'why'],
  [/\b(?:who|whom|whose)\b/, 'who'],
  [/\b(?:when|what time|what date|what day)\b/, 'when'],
  [/\bwhere\b/, 'where'],
  [/\b(?:what|which)\b/, 'what'],
  [/\bhow\b/, 'how'],
]

/** The frames of a text's questions, in order, without repetition. A text without a question word is a task ("Write ...") or a topic ("Symptoms of flu?"). */
export function framesOf(reworded: string): readonly Frame[] {
  const frames: Frame[] = []
  for (const sentence of reworded.toLowerCase().split(/(?<=[?!.])\s+/)) {
    const frame = frameOf(sentence.trim(), sentence.trimEnd().endsWith('?'))
    if (frame !== undefined && !frames.includes(frame)) frames.push(frame)
  }
  return frames.length === 0 ? ['task'] : frames
}

function frameOf(sentence: string, isQuestion: boolean): Frame | undefined {
  if (AUXILIARY.test(sentence)) return 'yes-no'
  let found: { readonly at: number; readonly frame: Frame } | undefined
  for (const [pattern, frame] of OPENINGS) {
    const at = sentence.search(pattern)
    if (at >= 0 && (found === undefined || at < found.at)) found = { at, frame }
  }
  // "What are the main differences between": that is what is asked, whatever opens it
  if (found?.frame === 'what' && /\bdifferences? between\b/.test(sentence)) return 'difference'
  // "who", "when" and "where" inside a sentence mostly join its parts; they ask at its beginning or in a question without another word for it
  if (found !== undefined && (found.at < 3 || isQuestion || found.frame === 'how-to' || found.frame === 'meaning' || found.frame === 'difference'))
    return found.frame
  return undefined
}
